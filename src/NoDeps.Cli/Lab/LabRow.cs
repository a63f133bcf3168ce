using System;

namespace NoDeps.Cli;

/// <summary>A primitive of <c>nodeps lab</c>.</summary>
internal readonly ref struct LabRow
{
    /// <summary>Its name on the command line.</summary>
    public readonly ReadOnlySpan<byte> Name;

    /// <summary><c>N</c>, <c>[N]</c> if it may be omitted, or nothing.</summary>
    public readonly ReadOnlySpan<byte> Argument;

    /// <summary>The largest N.</summary>
    public readonly long Max;

    /// <summary>Its help text.</summary>
    public readonly ReadOnlySpan<byte> Help;

    /// <summary>Its variants, the default first.</summary>
    public readonly ReadOnlySpan<byte> Variants;

    public LabRow(ReadOnlySpan<byte> name, ReadOnlySpan<byte> help, ReadOnlySpan<byte> variants, ReadOnlySpan<byte> argument = default,
        long max = 0)
    {
        Name = name;
        Help = help;
        Variants = variants;
        Argument = argument;
        Max = max;
    }

    private static ReadOnlySpan<byte> Widths => "auto scalar avx2 avx512"u8;

    private static ReadOnlySpan<byte> Exactness => "words exact"u8;

    private static ReadOnlySpan<byte> Bits => "hardware debruijn"u8;

    /// <summary>The row of a primitive.</summary>
    public static LabRow Of(LabPrimitive primitive) => primitive switch
    {
        LabPrimitive.StringLength => new("strlen"u8, "bytes before the first NUL byte"u8, "auto bytewise swar avx2 avx512"u8),
        LabPrimitive.IndexOf => new("index-of"u8, "position of the first byte N, or -1"u8, Widths, "N"u8, byte.MaxValue),
        LabPrimitive.Compare => new("compare"u8, "where the two halves of the line first differ, or their length"u8, Widths),
        LabPrimitive.Copy => new("copy"u8, "the line with all but its last N bytes copied N bytes further"u8, Widths, "N"u8, long.MaxValue),
        LabPrimitive.Fill => new("fill"u8, "the line with its first byte repeated from position N on"u8, Widths, "N"u8, long.MaxValue),
        LabPrimitive.Utf8 => new("utf8"u8, "length of the longest valid UTF-8 prefix"u8, "auto scalar avx2"u8),
        LabPrimitive.Utf8Decode => new("utf8-decode"u8, "UTF-8 to code points in hexadecimal"u8, default),
        LabPrimitive.Utf8Encode => new("utf8-encode"u8, "a code point in hexadecimal to UTF-8"u8, default),
        LabPrimitive.TrailingZeros => new("ctz"u8, "trailing zeros of a number of N bits, 32 or 64 (default)"u8, Bits, "[N]"u8, 64),
        LabPrimitive.LeadingZeros => new("clz"u8, "leading zeros"u8, Bits, "[N]"u8, 64),
        LabPrimitive.BitCount => new("popcount"u8, "number of bits that are 1"u8, "hardware arithmetic"u8, "[N]"u8, 64),
        LabPrimitive.Log2 => new("log2"u8, "position of the highest bit that is 1"u8, Bits, "[N]"u8, 64),
        LabPrimitive.FormatInteger => new("format-integer"u8, "64 bits in hexadecimal to a signed decimal integer"u8, "words simple"u8),
        LabPrimitive.ParseInteger => new("parse-integer"u8, "the inverse of format-integer"u8, "words simple"u8),
        LabPrimitive.FormatDouble => new("format-double"u8, "64 bits in hexadecimal to the shortest decimal that parses to the same bits"u8,
            Exactness),
        LabPrimitive.FormatFloat => new("format-float"u8, "the same for 32 bits"u8, Exactness),
        LabPrimitive.FormatFixed => new("format-fixed"u8, "64 bits to a decimal with N digits after the point"u8, Exactness,
            "N"u8, NumberLab.MaxDigits),
        LabPrimitive.FormatScientific => new("format-scientific"u8, "64 bits to scientific notation with N digits after the first"u8,
            Exactness, "N"u8, NumberLab.MaxDigits),
        LabPrimitive.FormatGeneral => new("format-general"u8, "64 bits to N significant digits"u8, Exactness, "N"u8, NumberLab.MaxDigits),
        LabPrimitive.ParseDouble => new("parse-double"u8, "a decimal to 64 bits in hexadecimal"u8, Exactness),
        LabPrimitive.ParseFloat => new("parse-float"u8, "a decimal to 32 bits in hexadecimal"u8, Exactness),
        LabPrimitive.Crc32 => new("crc32"u8, "CRC-32 of the line"u8, "auto bitwise slice8 clmul avx512"u8),
        LabPrimitive.Adler32 => new("adler32"u8, "Adler-32 of the line"u8, "auto scalar avx2"u8),
        LabPrimitive.Exp => new("exp"u8, "exp of a float"u8, Widths),
        LabPrimitive.Log => new("log"u8, "natural logarithm of a float"u8, Widths),
        LabPrimitive.Tanh => new("tanh"u8, "tanh of a float"u8, Widths),
        LabPrimitive.Sigmoid => new("sigmoid"u8, "1 / (1 + exp(-x)) of a float"u8, Widths),
        LabPrimitive.Random => new("random"u8, "64 random numbers of seed N, from the block of four whose number the line gives"u8, Widths,
            "N"u8, long.MaxValue),
        LabPrimitive.Gzip => new("gzip"u8, "compresses all of the input"u8, "fast stored"u8),
        LabPrimitive.Gunzip => new("gunzip"u8, "decompresses all of the input"u8, default),
        LabPrimitive.Inflate => new("inflate"u8, "decompresses all of the input, a raw DEFLATE stream"u8, "fast scalar"u8),
        LabPrimitive.Sweep => new("sweep"u8, "reads no input: checks every Nth float and random doubles in all conversions and functions"u8,
            default, "N"u8, SweepLab.MaxStride),
        _ => default,
    };
}
