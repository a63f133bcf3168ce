using System;
using NoDeps.Primitives;

namespace NoDeps.Formats;

/// <summary>The labels and pixels of a CSV text that <see cref="Csv.Measure"/> has passed.</summary>
public unsafe ref struct CsvPixels
{
    private readonly byte* _end;
    private readonly byte _separator;
    /// <summary>The largest number of the scale, 255 or 1, and what a number is multiplied with.</summary>
    private readonly int _limit;
    private byte* _at;
    /// <summary>Where the field last read begins.</summary>
    private byte* _field;
    private int _column;
    /// <summary>All whole numbers so far, by OR: above 1 where one of them is.</summary>
    private uint _bits;
    private bool _hasPoint;
    private bool _needsUnit;

    private CsvPixels(byte* text, scoped in CsvShape shape, int limit)
    {
        this = default;
        _at = text + shape.Start;
        _end = text + shape.End;
        _separator = shape.Separator;
        _limit = limit;
    }

    /// <summary>
    /// Reads all numbers. Pixels are whole numbers from 0 to 255, or, where one has a decimal point, numbers that are all
    /// from 0 to 1 and become multiples of 1/255. Labels are whole numbers from 0 to 255. A fault has a line and, in its
    /// text, the column, from 1; what was written before is then worth nothing.
    /// </summary>
    /// <param name="text">The whole text.</param>
    /// <param name="shape">What <see cref="Csv.Measure"/> says of it.</param>
    /// <param name="labels">Room for <see cref="CsvShape.Rows"/> bytes.</param>
    /// <param name="pixels">Room for <see cref="CsvShape.PixelBytes"/> bytes.</param>
    /// <param name="scale">How the numbers became pixels.</param>
    public static Fault Parse(byte* text, scoped in CsvShape shape, byte* labels, byte* pixels, out PixelScale scale)
    {
        scale = PixelScale.AsIs;
        var whole = new CsvPixels(text, shape, 255);
        Fault fault = whole.All(shape, labels, pixels);
        bool unit = whole._needsUnit || fault.IsNone && whole._hasPoint && whole._bits <= 1;
        if (!unit) return fault;
        scale = PixelScale.Times255;
        var scaled = new CsvPixels(text, shape, 1);
        return scaled.All(shape, labels, pixels);
    }

    private Fault All(scoped in CsvShape shape, byte* labels, byte* pixels)
    {
        int count = shape.Columns - 1;
        for (long row = 0; row < shape.Rows; row++)
        {
            byte* start = _at;
            _column = 0;
            bool read = Field(false, out double label) && label >= 0 && label <= 255 && label == (int)label;
            if (!read) return Wrong(shape, row, start, "not a label\n"u8 + "labels are whole numbers from 0 to 255"u8);
            labels[row] = (byte)(int)label;
            if (!Row(pixels + row * count, count))
                return Wrong(shape, row, start, _limit == 255
                    ? "not a pixel\n"u8 + "pixels are whole numbers from 0 to 255, or all of them decimals from 0 to 1"u8
                    : "not a pixel where others are decimals\n"u8 + "then all must be from 0 to 1"u8);
        }
        return Fault.None;
    }

    private bool Row(byte* to, int count)
    {
        byte* p = _at, end = _end - 4;
        byte separator = _separator;
        uint limit = (uint)_limit, factor = 255 / limit, bits = _bits;
        for (int i = 0; i < count; i++)
        {
            // One to three digits and a separator; everything else, and the last field of a line, goes the long way.
            if (p <= end)
            {
                uint value = (uint)p[0] - '0', next = (uint)p[1] - '0';
                byte* after = p + 1;
                if (value <= 9 && next <= 9)
                {
                    value = value * 10 + next;
                    next = (uint)p[2] - '0';
                    after = p + 2;
                    if (next <= 9)
                    {
                        value = value * 10 + next;
                        after = p + 3;
                    }
                }
                if (value <= limit && *after == separator && i < count - 1)
                {
                    bits |= value;
                    to[i] = (byte)(value * factor);
                    p = after + 1;
                    continue;
                }
            }
            _at = p;
            _bits = bits;
            _column = i + 1;
            if (!Field(i == count - 1, out double number) || !Store(number, to + i)) return false;
            p = _at;
            bits = _bits;
        }
        _at = p;
        _bits = bits;
        return true;
    }

    private bool Store(double number, byte* to)
    {
        if (!(number >= 0 && number <= _limit)) return false;
        if (_limit == 1)
        {
            *to = (byte)(int)(number * 255 + 0.5);
            return true;
        }
        if (number != (int)number)
        {
            _needsUnit = number <= 1 && _bits <= 1;
            return false;
        }
        _bits |= (uint)(int)number;
        *to = (byte)(int)number;
        return true;
    }

    /// <summary>A number, with spaces and quotes around it, and the separator or line end after it.</summary>
    private bool Field(bool last, out double value)
    {
        const int MostLength = 400;
        value = 0;
        byte* p = _field = _at;
        while (p < _end && *p == ' ') p++;
        bool quoted = p < _end && *p == '"';
        if (quoted) p++;
        var text = new ReadOnlySpan<byte>(p, (int)Math.Min(MostLength, _end - p));
        if (!FloatParse.Double(text, out value, out int consumed)) return false;
        for (int i = 0; i < consumed; i++) _hasPoint |= p[i] == '.';
        p += consumed;
        if (quoted && (p == _end || *p++ != '"')) return false;
        while (p < _end && *p == ' ') p++;
        if (!last)
        {
            if (p == _end || *p != _separator) return false;
            _at = p + 1;
            return true;
        }
        if (p < _end && *p == '\r') p++;
        if (p < _end && *p++ != '\n') return false;
        _at = p;
        return true;
    }

    private readonly Fault Wrong(scoped in CsvShape shape, long row, byte* start, ReadOnlySpan<byte> what)
    {
        var line = new CsvLine(start, _end);
        long columns = line.Count(_separator), number = shape.LineOf(row);
        if (columns != shape.Columns) return Csv.WrongColumns(number, shape.Columns, columns);
        var text = new Utf8Writer(stackalloc byte[300]);
        text.Text("column "u8);
        text.Integer(_column + 1);
        text.Text(": "u8);
        text.Text(what);
        byte* end = _field;
        while (end < _end && end - _field < 40 && *end != _separator && *end != '\n' && *end != '\r') end++;
        return Csv.At(number, text.Written).WithQuote(new ReadOnlySpan<byte>(_field, (int)(end - _field)));
    }
}
