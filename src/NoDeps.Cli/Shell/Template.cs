using System;
using System.Runtime.CompilerServices;
using NoDeps.Formats;
using NoDeps.Platform;
using NoDeps.Primitives;

namespace NoDeps.Cli;

/// <summary>
/// Writes a text with gaps: each call writes the text before the next '$', and then its value in place of that '$';
/// <see cref="End"/> writes the rest.
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
    /// <param name="to">Receives the text.</param>
    /// <param name="text">A literal, since it must not move in memory.</param>
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

    /// <summary>A name from outside the program: control characters, which a terminal would obey, appear as \xNN.</summary>
    public void Name(ReadOnlySpan<byte> value)
    {
        Utf8Writer writer = new(_value);
        FaultText.WriteEscaped(ref writer, value);
        Text(writer.Written);
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

    /// <summary>Right-aligned in a number of columns.</summary>
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

    /// <summary>With thousands separators.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public void Grouped(long value)
    {
        Utf8Writer writer = new(_value);
        writer.Grouped(value);
        Text(writer.Written);
    }

    /// <summary>With a fixed number of decimals.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public void Fixed(double value, int decimals)
    {
        Utf8Writer writer = new(_value);
        writer.Fixed(value, decimals);
        Text(writer.Written);
    }

    /// <summary>With the fewest digits that identify it.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public void Shortest(double value) => Text(new ReadOnlySpan<byte>(_value, 0, FloatFormat.Shortest(_value, value)));

    /// <summary>Eight hexadecimal digits.</summary>
    public void Hex(uint value) => Hex(value, 8);

    /// <summary>At least this many hexadecimal digits.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public void Hex(ulong value, int digits)
    {
        Utf8Writer writer = new(_value);
        writer.Hex(value, digits);
        Text(writer.Written);
    }

    /// <summary>A character, repeated.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public void Repeat(byte character, int count)
    {
        Utf8Writer writer = new(_value);
        writer.Repeat(character, count);
        Text(writer.Written);
    }

    /// <summary>A number and its noun: two gaps, "1 thread" or "2 threads".</summary>
    public void Count(long value, ReadOnlySpan<byte> ofOne, ReadOnlySpan<byte> ofMany)
    {
        Integer(value);
        Text(value == 1 ? ofOne : ofMany);
    }

    /// <summary>The text before the next gap or, after the last one, the rest.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public void End()
    {
        byte* gap = _at;
        while (gap < _end && *gap != Gap) gap++;
        _to.Write(new ReadOnlySpan<byte>(_at, (int)(gap - _at)));
        _at = gap + 1;
    }
}
