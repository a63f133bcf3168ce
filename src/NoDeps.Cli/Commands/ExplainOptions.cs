using System;

namespace NoDeps.Cli;

/// <summary>The options of <c>nodeps explain</c>.</summary>
internal ref struct ExplainOptions
{
    public const int None = -1, TrailingZeros = 0, LeadingZeros = 1, BitCount = 2, StringLength = 3, Float = 4, Double = 5,
        Inflate = 6, Convolution = 7;

    /// <summary>One of the constants.</summary>
    public int Subject = None;
    /// <summary>The arguments of the subject.</summary>
    public ReadOnlySpan<byte> First, Second;
    public bool All;

    public ExplainOptions()
    {
    }

    /// <summary>Declares the options.</summary>
    public static void Describe(ref OptionVisitor visitor, scoped ref ExplainOptions options)
    {
        ref int subject = ref options.Subject;
        visitor.Subjects("SUBJECT"u8, "Subjects"u8);
        visitor.Subject("ctz"u8, "N"u8, TrailingZeros, ref subject, "trailing zeros of a number, by de Bruijn multiplication"u8);
        visitor.Subject("clz"u8, "N"u8, LeadingZeros, ref subject, "leading zeros"u8);
        visitor.Subject("popcount"u8, "N"u8, BitCount, ref subject, "number of bits that are 1, by parallel summation"u8);
        visitor.Subject("strlen"u8, "TEXT"u8, StringLength, ref subject, "the end of a string, found eight bytes at a time"u8);
        visitor.Subject("float"u8, "X"u8, Float, ref subject,
            "bits, exact value, neighbors and rounding interval of a number, and the shortest digits inside the interval"u8);
        visitor.Subject("double"u8, "X"u8, Double, ref subject, "the same in 64 bits"u8);
        visitor.Subject("inflate"u8, "FILE"u8, Inflate, ref subject,
            "blocks, codes and symbols of a gzip file or a raw DEFLATE stream"u8);
        visitor.Subject("conv"u8, "[STRIDE] [PAD]"u8, Convolution, ref subject,
            "a convolution window by window, and the matrix of im2col"u8);
        visitor.SubjectArgument(ref options.First);
        visitor.SubjectArgument(ref options.Second);
        visitor.AppliesIf(subject is None or Inflate or Convolution);
        visitor.Flag("all"u8, ref options.All, "show all symbols of inflate or all windows of conv, not only the first few"u8);
    }
}
