using System;
using System.Runtime.CompilerServices;
using NoDeps.Platform;
using NoDeps.Primitives;

namespace NoDeps.Cli;

/// <summary>A line of input, and the buffer for its result.</summary>
internal ref struct LabLine
{
    /// <summary>The return value of a primitive for an invalid line; <see cref="Wanted"/> describes a valid one.</summary>
    public const int Wrong = -1;

    /// <summary>Room for any result shorter than a line: a double with 1100 digits after the point.</summary>
    public const int ResultBytes = 1536;

    /// <summary>The line, followed by a NUL byte in writable memory.</summary>
    public ReadOnlySpan<byte> Text;

    /// <summary>Receives the result.</summary>
    public Span<byte> Result;

    /// <summary>For results as long as the line: all of it except what <see cref="Result"/> holds at the end.</summary>
    public OutputStream Out;

    /// <summary>The number on the command line.</summary>
    public long Argument;

    /// <summary>Describes a valid line.</summary>
    public ReadOnlySpan<byte> Wanted;

    /// <summary>An integer, decimal, or hexadecimal after 0x.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public bool TryUnsigned(out ulong value)
    {
        Wanted = "expected an integer from 0 to 2^64 - 1"u8;
        bool hex = Text.Length > 2 && Text[0] == '0' && (Text[1] | 0x20) == 'x';
        if (hex) return TryHex(Text.Slice(2), out value);
        return IntegerParse.Unsigned(Text, out value, out int consumed) && consumed == Text.Length;
    }

    /// <summary>Hexadecimal digits, limited in number.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public bool TryBits(int most, out ulong value)
    {
        Wanted = most == 8 ? "expected 1 to 8 hexadecimal digits"u8 : "expected 1 to 16 hexadecimal digits"u8;
        value = 0;
        return Text.Length <= most && TryHex(Text, out value);
    }

    private static bool TryHex(ReadOnlySpan<byte> text, out ulong value) =>
        IntegerParse.Hex(text, out value, out int consumed) && consumed == text.Length;

    /// <summary>Decimal text, parsed by either form.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public bool TryFloat(bool exact, out float value)
    {
        Wanted = "expected a number"u8;
        bool parsed = exact ? FloatParseScalar.Single(Text, out value, out int consumed)
            : FloatParse.Single(Text, out value, out consumed);
        return parsed && consumed == Text.Length;
    }

    /// <summary>The same for a double.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public bool TryDouble(bool exact, out double value)
    {
        Wanted = "expected a number"u8;
        bool parsed = exact ? FloatParseScalar.Double(Text, out value, out int consumed)
            : FloatParse.Double(Text, out value, out consumed);
        return parsed && consumed == Text.Length;
    }

    /// <summary>A decimal result.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public readonly int Integer(long value) => IntegerFormat.Signed(Result, value);

    /// <summary>A fixed number of hexadecimal digits.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public readonly int Hex(ulong value, int digits) => IntegerFormat.Hex(Result, value, digits);
}
