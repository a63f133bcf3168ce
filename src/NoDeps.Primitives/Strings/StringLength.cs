using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace NoDeps.Primitives;

/// <summary>The length of a NUL-terminated string. Uses the fastest form that the processor supports.</summary>
public static unsafe class StringLength
{
    /// <summary>
    /// The number of bytes before the first zero byte at or after <paramref name="text"/>, as IndexOf((byte)0). May
    /// read bytes outside the string, but only in pages that contain a byte of it.
    /// </summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static nint Of(byte* text) =>
        Avx512BW.IsSupported ? StringLengthAvx512.Of(text)
        : Avx2.IsSupported ? StringLengthAvx2.Of(text, true)
        : StringLengthSwar.Of(text);
}
