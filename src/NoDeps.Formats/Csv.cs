using System;
using NoDeps.Primitives;

namespace NoDeps.Formats;

/// <summary>
/// Images as text: one image per line, its label first, then its pixels, with or without a header line (MNIST in CSV;
/// Kaggle's train.csv). Separators are commas, semicolons or tabs; lines end with LF or CRLF; numbers may be in double
/// quotes.
/// </summary>
public static unsafe class Csv
{
    /// <summary>
    /// Returns true if the beginning of a file looks like CSV: a first line of separated fields without binary data.
    /// </summary>
    public static bool IsLikely(ReadOnlySpan<byte> start)
    {
        start = start.Slice(ByteOrderMarkLength(start));
        bool separated = false;
        for (int i = 0; i < start.Length; i++)
        {
            byte b = start[i];
            if (b is (byte)'\n' or (byte)'\r') return separated;
            separated |= b is (byte)',' or (byte)';' or (byte)'\t';
            bool field = b is (byte)'"' or (byte)'.' or (byte)'-' or (byte)'+' or (byte)'_' or (byte)' ' or >= (byte)'0' and <= (byte)'9'
                || (uint)((b | 0x20) - 'a') < 26 || b is (byte)',' or (byte)';' or (byte)'\t';
            if (!field) return false;
        }
        return separated;
    }

    /// <summary>
    /// Scans the lines to find the number of rows and columns, whether there is a header, and the size of the images. Fields
    /// are parsed later, by <see cref="CsvPixels.Parse"/>. A fault contains a line number.
    /// </summary>
    public static Fault Measure(byte* text, long length, out CsvShape shape)
    {
        shape = default;
        CsvShape found = default;
        found.Start = ByteOrderMarkLength(new ReadOnlySpan<byte>(text, (int)Math.Min(length, 3)));
        found.End = length;
        while (found.End > found.Start && text[found.End - 1] is (byte)'\n' or (byte)'\r' or (byte)' ') found.End--;
        if (found.End == found.Start) return Fault.Of(FaultKind.Data, "the file is empty"u8);
        byte* end = text + found.End;
        var line = new CsvLine(text + found.Start, end);
        found.Separator = line.Separator();
        if (found.Separator == 0)
            return Fault.AtLine(1, "no fields separated by commas, semicolons or tabs\n"u8 + "is this a CSV file?"u8);
        long names = line.Count(found.Separator);
        ReadOnlySpan<byte> first = line.First(found.Separator);
        found.HasHeader = !IsNumber(first);
        if (found.HasHeader)
        {
            if (IsLabelName(line.Last(found.Separator)) && !IsLabelName(first))
                return Fault.AtLine(1, "the labels are in the last column\n"u8 + "they must be in the first"u8);
            if (line.Next == end) return Fault.AtLine(1, "a header without data"u8);
            found.Start = line.Next - text;
            line = new CsvLine(line.Next, end);
        }
        long columns = line.Count(found.Separator);
        if (found.HasHeader && columns != names) return WrongColumns(2, names, columns);
        if (!ImageLayout.TrySquare(columns - 1, out found.Channels, out found.Side)) return NoImage(columns, found.HasHeader ? 2 : 1);
        found.Columns = (int)Math.Min(columns, int.MaxValue);
        if (columns != found.Columns) return Fault.AtLine(found.HasHeader ? 2 : 1, "too many columns"u8);
        Fault fault = CountRows(text, ref found);
        if (fault.IsNone) shape = found;
        return fault;
    }

    /// <summary>Counts rows. Each field has at least one byte, so a line has a minimum length, which bounds the count.</summary>
    private static Fault CountRows(byte* text, scoped ref CsvShape shape)
    {
        byte* end = text + shape.End;
        for (byte* p = text + shape.Start; p < end; shape.Rows++)
        {
            var line = new CsvLine(p, end);
            if (line.Length < 2 * (long)shape.Columns - 1)
            {
                long number = shape.LineOf(shape.Rows), columns = line.Count(shape.Separator);
                if (line.Length == 0) return At(number, "an empty line"u8);
                return columns == shape.Columns ? At(number, "an empty field"u8) : WrongColumns(number, shape.Columns, columns);
            }
            p = line.Next;
        }
        return Fault.None;
    }

    internal static Fault At(long line, ReadOnlySpan<byte> what) => Fault.AtLine((int)Math.Min(line, int.MaxValue), what);

    internal static Fault WrongColumns(long line, long expected, long found)
    {
        var what = new Utf8Writer(stackalloc byte[128]);
        what.Text("expected "u8);
        what.Integer(expected);
        what.Text(" columns, found "u8);
        what.Integer(found);
        return At(line, what.Written);
    }

    private static Fault NoImage(long columns, int line)
    {
        var what = new Utf8Writer(stackalloc byte[192]);
        what.Integer(columns);
        what.Text(" columns cannot be a label and the pixels of a square image"u8);
        bool unlabeled = ImageLayout.TrySquare(columns, out _, out _);
        return At(line, what.Written).WithHint(unlabeled ? "is the first column, with the labels, missing?"u8
            : "expected 1 + side², or 1 + 3 × side²; 785 for images of 28 × 28"u8);
    }

    private static int ByteOrderMarkLength(ReadOnlySpan<byte> text) =>
        text.Length - ByteOrderMark.Skip(text).Length;

    private static bool IsNumber(ReadOnlySpan<byte> field) =>
        FloatParse.Double(field, out _, out int consumed) && consumed == field.Length;

    private static bool IsLabelName(ReadOnlySpan<byte> name) =>
        WordList.IndexOf("label labels class target y Label Class Target Labels LABEL"u8, name) >= 0;
}
