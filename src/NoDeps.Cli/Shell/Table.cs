using System;
using System.Runtime.CompilerServices;
using NoDeps.Platform;
using NoDeps.Primitives;

namespace NoDeps.Cli;

/// <summary>
/// Rows of a table, cell by cell; each cell gives the width of its column. Words are left-aligned, numbers
/// right-aligned, and two blanks separate columns. A cell too wide for its column shifts the following ones.
/// </summary>
internal sealed class Table
{
    private const int MaxRowLength = 512;
    private const int MaxNumberLength = 40;
    private const int Gap = 2;

    private readonly OutputStream _to;
    private readonly byte[] _row = new byte[MaxRowLength];
    private int _length;
    private int _column;

    public Table(OutputStream to) => _to = to;

    /// <summary>A left-aligned cell of words.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public void Left(ReadOnlySpan<byte> text, int width)
    {
        Begin(_column);
        Append(text);
        _column += width + Gap;
    }

    /// <summary>A right-aligned cell: a heading above numbers.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public void Right(ReadOnlySpan<byte> text, int width)
    {
        Begin(_column + width - text.Length);
        Append(text);
        _column += width + Gap;
    }

    /// <summary>An integer with thousands separators.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public void Grouped(long value, int width)
    {
        Utf8Writer number = new(stackalloc byte[MaxNumberLength]);
        number.Grouped(value);
        Right(number.Written, width);
    }

    /// <summary>A number with a fixed number of decimals.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public void Fixed(double value, int decimals, int width)
    {
        Utf8Writer number = new(stackalloc byte[MaxNumberLength]);
        number.Fixed(value, decimals);
        Right(number.Written, width);
    }

    /// <summary>A shape, 6x24x24; only the length of a flat vector.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public void Shape(in Network.Shape shape, int width)
    {
        Utf8Writer text = new(stackalloc byte[MaxNumberLength]);
        text.Integer(shape.Channels);
        if (shape.Plane > 1)
        {
            text.Byte((byte)'x');
            text.Integer(shape.Rows);
            text.Byte((byte)'x');
            text.Integer(shape.Columns);
        }
        Right(text.Written, width);
    }

    /// <summary>Ends the row.</summary>
    public void End()
    {
        Append("\n"u8);
        _to.Write(new ReadOnlySpan<byte>(_row, 0, _length));
        _length = _column = 0;
    }

    /// <summary>Blanks up to a column; at least two after the first cell.</summary>
    private void Begin(int column)
    {
        int blanks = column - _length;
        if (blanks < Gap && _length > 0) blanks = Gap;
        for (; blanks > 0 && _length < MaxRowLength - 1; blanks--) _row[_length++] = (byte)' ';
    }

    private void Append(ReadOnlySpan<byte> text)
    {
        int length = Math.Min(text.Length, MaxRowLength - _length);
        text.Slice(0, length).CopyTo(new Span<byte>(_row).Slice(_length));
        _length += length;
    }
}
