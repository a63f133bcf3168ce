using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace NoDeps.Primitives;

/// <summary>The length of a string that ends with a zero byte, in the fastest form that the processor has.</summary>
public static unsafe class StringLength
{
    /// <summary>
    /// How many bytes lie before the first zero byte at or after <paramref name="text"/>: what IndexOf((byte)0) returns.
    /// Bytes around the string may be read, but never of a page in which it has no byte.
    /// </summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static nint Of(byte* text) =>
        Avx512BW.IsSupported ? StringLengthAvx512.Of(text)
        : Avx2.IsSupported ? StringLengthAvx2.Of(text, true)
        : StringLengthSwar.Of(text);
}
