using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace NoDeps.Primitives;

/// <summary>
/// Sixteen decimal digits at once: <see cref="EightDigits.Digits"/> of two numbers, in the halves of a vector, by SSE2.
/// </summary>
public static class SixteenDigitsSse2
{
    /// <summary>True where the processor has SSE2, which every x86-64 one does.</summary>
    public static bool IsSupported => Sse2.X64.IsSupported;

    /// <summary>
    /// The digits, 0 to 9 each, of two numbers below 10^8, each led by zeros, its first digit in the lowest byte: those
    /// of <paramref name="upper"/> are the result.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Of(ulong upper, ulong lower, out ulong lowerDigits) =>
        Halves(Of(upper, lower), out lowerDigits);

    /// <summary>The halves of a vector.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static ulong Halves(Vector128<byte> digits, out ulong lowerDigits)
    {
        lowerDigits = Sse2.X64.ConvertToUInt64(Sse2.UnpackHigh(digits.AsInt64(), digits.AsInt64()).AsUInt64());
        return Sse2.X64.ConvertToUInt64(digits.AsUInt64());
    }

    /// <summary>How many digits there are up to the last that is not 0; one of them is not.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static int Significant(Vector128<byte> digits)
    {
        int zeros = Sse2.MoveMask(Sse2.CompareEqual(digits, Vector128<byte>.Zero));
        return 32 - BitOperations.LeadingZeroCount((uint)(zeros ^ 0xFFFF));
    }

    /// <summary>The same as one vector, the first digit in its lowest byte.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Vector128<byte> Of(ulong upper, ulong lower)
    {
        Vector128<ulong> numbers = Sse2.UnpackLow(
            Sse2.X64.ConvertScalarToVector128UInt64(upper).AsInt64(),
            Sse2.X64.ConvertScalarToVector128UInt64(lower).AsInt64()).AsUInt64();

        // ⌊n / 10^4⌋ for n < 10^8, ⌊n / 100⌋ for n < 10^4, ⌊n / 10⌋ for n < 100; the rest moves to the next part.
        Vector128<ulong> thousands = Sse2.ShiftRightLogical(
            Sse2.Multiply(numbers.AsUInt32(), Vector128.Create(109951163U)), 40);
        Vector128<ulong> rest = Sse2.Subtract(numbers, Sse2.Multiply(thousands.AsUInt32(), Vector128.Create(10000U)));
        Vector128<ushort> fours = Sse2.Or(thousands, Sse2.ShiftLeftLogical(rest, 32)).AsUInt16();

        Vector128<ushort> hundreds = Sse2.ShiftRightLogical(Sse2.MultiplyHigh(fours, Vector128.Create((ushort)10486)), 4);
        Vector128<ushort> ones = Sse2.Subtract(fours, Sse2.MultiplyLow(hundreds, Vector128.Create((ushort)100)));
        Vector128<ushort> twos = Sse2.Or(hundreds, Sse2.ShiftLeftLogical(ones.AsUInt32(), 16).AsUInt16());

        Vector128<ushort> tens = Sse2.MultiplyHigh(twos, Vector128.Create((ushort)6554));
        ones = Sse2.Subtract(twos, Sse2.MultiplyLow(tens, Vector128.Create((ushort)10)));
        return Sse2.Or(tens, Sse2.ShiftLeftLogical(ones, 8)).AsByte();
    }
}
