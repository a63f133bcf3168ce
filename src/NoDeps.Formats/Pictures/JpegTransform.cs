using System.Runtime.Intrinsics.X86;

namespace NoDeps.Formats;

/// <summary>
/// The inverse discrete cosine transform of 8 × 8 coefficients by the method of C. Loeffler, A. Ligtenberg and
/// G. Moschytz, "Practical Fast 1-D DCT Algorithms with 11 Multiplications", ICASSP 1989, in fixed point with 13 fraction
/// bits, 2 of which remain between the column and row passes. Factors and rounding are those of libjpeg's "slow" integer
/// transform. Forms: <see cref="JpegTransformScalar"/>, <see cref="JpegTransformAvx2"/>.
/// </summary>
internal static unsafe class JpegTransform
{
    /// <summary>Fraction bits of a factor.</summary>
    public const int FactorBits = 13;
    /// <summary>Fraction bits between the passes.</summary>
    public const int BetweenBits = 2;

    /// <summary>0.298631336.</summary>
    public const int F0298 = 2446;
    /// <summary>0.390180644.</summary>
    public const int F0390 = 3196;
    /// <summary>0.541196100.</summary>
    public const int F0541 = 4433;
    /// <summary>0.765366865.</summary>
    public const int F0765 = 6270;
    /// <summary>0.899976223.</summary>
    public const int F0899 = 7373;
    /// <summary>1.175875602.</summary>
    public const int F1175 = 9633;
    /// <summary>1.501321110.</summary>
    public const int F1501 = 12299;
    /// <summary>1.847759065.</summary>
    public const int F1847 = 15137;
    /// <summary>1.961570560.</summary>
    public const int F1961 = 16069;
    /// <summary>2.053119869.</summary>
    public const int F2053 = 16819;
    /// <summary>2.562915447.</summary>
    public const int F2562 = 20995;
    /// <summary>3.072711026.</summary>
    public const int F3072 = 25172;

    /// <summary>Dequantizes and transforms a block, and writes samples of 0 to 255.</summary>
    /// <param name="block">64 coefficients in natural order.</param>
    /// <param name="quantization">64 quantization steps in natural order.</param>
    /// <param name="to">The address of the first sample.</param>
    /// <param name="stride">Bytes from one row to the next.</param>
    public static void Inverse(short* block, int* quantization, byte* to, nint stride)
    {
        if (Avx2.IsSupported) JpegTransformAvx2.Inverse(block, quantization, to, stride);
        else JpegTransformScalar.Inverse(block, quantization, to, stride);
    }

    /// <summary><see cref="Inverse"/> for a block with only a DC coefficient: all samples are equal.</summary>
    public static void Flat(short dc, int quantization, byte* to, nint stride)
    {
        int value = Clamp(((dc * quantization * (1 << BetweenBits) + 16) >> (BetweenBits + 3)) + 128);
        ulong eight = (uint)value * 0x0101010101010101ul;
        for (int i = 0; i < 8; i++) *(ulong*)(to + i * stride) = eight;
    }

    /// <summary>Clamps to 0 … 255.</summary>
    public static int Clamp(int value) => value < 0 ? 0 : value > 255 ? 255 : value;
}
