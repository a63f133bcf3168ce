using System;
using System.Runtime.CompilerServices;
using NoDeps.Formats;
using NoDeps.Platform;
using NoDeps.Primitives;

namespace NoDeps.Cli;

/// <summary>
/// Writes a text with gaps: each call writes what stands before the next '$', and then its value in the place of that
/// '$'; <see cref="End"/> writes the rest.
/// </summary>
internal sealed unsafe class Template
{
    /// <summary>Room for a value: a path whose every byte is escaped for JSON.</summary>
    private const int MaxValueLength = 1 << 15;
    private const byte Gap = (byte)'$';

    private readonly byte[] _value = new byte[MaxValueLength];
    private OutputStream _to;
    private byte* _at;
    private byte* _end;

    /// <summary>Starts a text.</summary>
    /// <param name="to">Where it goes.</param>
    /// <param name="text">A literal, as it must stay where it is in memory.</param>
    public Template Begin(OutputStream to, ReadOnlySpan<byte> text)
    {
        _to = to;
        fixed (byte* start = text) _at = start;
        _end = _at + text.Length;
        return this;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    public void Text(ReadOnlySpan<byte> value)
    {
        End();
        _to.Write(value);
    }

    /// <summary>A text in quotes, as a JSON string.</summary>
    public void Quoted(ReadOnlySpan<byte> value)
    {
        Utf8Writer writer = new(_value);
        JsonText.Write(ref writer, value);
        Text(writer.Written);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    public void Integer(long value)
    {
        Utf8Writer writer = new(_value);
        writer.Integer(value);
        Text(writer.Written);
    }

    /// <summary>Right-aligned in so many columns.</summary>
    public void IntegerPadded(long value, int width)
    {
        Utf8Writer writer = new(_value);
        writer.IntegerPadded(value, width);
        Text(writer.Written);
    }

    /// <summary>From 0 to 2^64 − 1.</summary>
    public void Unsigned(ulong value)
    {
        Utf8Writer writer = new(_value);
        writer.Unsigned(value);
        Text(writer.Written);
    }

    /// <summary>With a comma between groups of three digits.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public void Grouped(long value)
    {
        Utf8Writer writer = new(_value);
        writer.Grouped(value);
        Text(writer.Written);
    }

    /// <summary>With so many digits after the point.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public void Fixed(double value, int decimals)
    {
        Utf8Writer writer = new(_value);
        writer.Fixed(value, decimals);
        Text(writer.Written);
    }

    /// <summary>With as many digits as tell it from other numbers.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public void Shortest(double value) => Text(new ReadOnlySpan<byte>(_value, 0, FloatFormat.Shortest(_value, value)));

    /// <summary>Eight hexadecimal digits.</summary>
    public void Hex(uint value) => Hex(value, 8);

    /// <summary>So many hexadecimal digits, or more.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public void Hex(ulong value, int digits)
    {
        Utf8Writer writer = new(_value);
        writer.Hex(value, digits);
        Text(writer.Written);
    }

    /// <summary>The same character several times.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public void Repeat(byte character, int count)
    {
        Utf8Writer writer = new(_value);
        writer.Repeat(character, count);
        Text(writer.Written);
    }

    /// <summary>A number and what is counted: two gaps, "1 thread" or "2 threads".</summary>
    public void Count(long value, ReadOnlySpan<byte> ofOne, ReadOnlySpan<byte> ofMany)
    {
        Integer(value);
        Text(value == 1 ? ofOne : ofMany);
    }

    /// <summary>What stands before the next gap, or, after the last, what is left.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public void End()
    {
        byte* gap = _at;
        while (gap < _end && *gap != Gap) gap++;
        _to.Write(new ReadOnlySpan<byte>(_at, (int)(gap - _at)));
        _at = gap + 1;
    }
}
