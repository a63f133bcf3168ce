using System;
using NoDeps.Primitives;

namespace NoDeps.Formats;

/// <summary>Parses the labels and pixels of a CSV text measured by <see cref="Csv.Measure"/>.</summary>
public unsafe ref struct CsvPixels
{
    private readonly byte* _end;
    private readonly byte _separator;
    /// <summary>The largest allowed number: 255, or 1 if pixels are decimals.</summary>
    private readonly int _limit;
    private byte* _at;
    /// <summary>The start of the last field read.</summary>
    private byte* _field;
    private int _column;
    /// <summary>The bitwise OR of all integers so far: above 1 if any of them is.</summary>
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
    /// Reads all numbers. Pixels are integers from 0 to 255 or, if any has a decimal point, numbers that are all from 0 to 1
    /// and are multiplied by 255. Labels are integers from 0 to 255. A fault contains the line and, in its text, the column,
    /// both counted from 1; the output is then undefined.
    /// </summary>
    /// <param name="text">The whole text.</param>
    /// <param name="shape">Its shape, from <see cref="Csv.Measure"/>.</param>
    /// <param name="labels">Receives <see cref="CsvShape.Rows"/> bytes.</param>
    /// <param name="pixels">Receives <see cref="CsvShape.PixelBytes"/> bytes.</param>
    /// <param name="scale">How the numbers were converted to pixels.</param>
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
            if (!read) return Wrong(shape, row, start, "not a label\n"u8 + "labels are integers from 0 to 255"u8);
            labels[row] = (byte)(int)label;
            if (!Row(pixels + row * count, count))
                return Wrong(shape, row, start, _limit == 255
                    ? "not a pixel\n"u8 + "pixels must be integers from 0 to 255, or all decimals from 0 to 1"u8
                    : "out of range for decimal pixels\n"u8 + "all must be from 0 to 1"u8);
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
            // Fast path: one to three digits and a separator. Everything else, and the last field of a line, takes the slow path.
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

    /// <summary>Reads a number, with optional spaces and quotes around it, and the separator or line ending after it.</summary>
    private bool Field(bool last, out double value)
    {
        const int MaxLength = 400;
        value = 0;
        byte* p = _field = _at;
        while (p < _end && *p == ' ') p++;
        bool quoted = p < _end && *p == '"';
        if (quoted) p++;
        var text = new ReadOnlySpan<byte>(p, (int)Math.Min(MaxLength, _end - p));
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
