using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace NoDeps.Primitives;

/// <summary>
/// The length of a string that ends with a zero byte, in the fastest form that the processor has. Most strings are
/// short: the first 32 bytes cost neither a call nor saved registers, and only after some hundred a call through the
/// table is worth what it costs.
/// </summary>
public static unsafe class StringLength
{
    private const int Page = 4096;
    private const int Width = 32;

    /// <summary>
    /// How many bytes lie before the first zero byte at or after <paramref name="text"/>: what IndexOf((byte)0) returns.
    /// Bytes around the string may be read, but never of a page in which it has no byte.
    /// </summary>
    public static nint Of(byte* text)
    {
        if (Avx2.IsSupported && ((nuint)text & (Page - 1)) <= Page - Width)
        {
            uint zeros = (uint)Avx2.MoveMask(Avx2.CompareEqual(Avx.LoadVector256(text), Vector256<byte>.Zero));
            if (zeros != 0) return BitOperations.TrailingZeroCount(zeros);
        }
        return Far(text);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static nint Far(byte* text) =>
        Avx512BW.IsSupported ? StringLengthAvx512.Of(text)
        : Avx2.IsSupported ? StringLengthAvx2.Of(text, PrimitiveTable.Wide.StringLength)
        : StringLengthSwar.Of(text);
}
