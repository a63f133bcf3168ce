using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace NoDeps.Primitives;

/// <summary>
/// Sixteen decimal digits at once, with SSSE3: <see cref="EightDigits.Digits"/> of two numbers, in the two halves of a
/// vector.
/// </summary>
/// <remarks>
/// For x in a lane of 2n bits and q = ⌊x / b⌋, x + q · (2^n − b) has q in the upper n bits and the remainder x − b · q
/// in the lower n bits. So the last digit ends up in the lowest byte.
/// </remarks>
public static class SixteenDigitsSsse3
{
    /// <summary>True if the processor has SSSE3, as all x86-64 processors since 2006.</summary>
    public static bool IsSupported => Ssse3.X64.IsSupported;

    /// <summary>
    /// The digits of two numbers below 10^8, as values from 0 to 9 with leading zeros, the first digit in the lowest
    /// byte. Returns those of <paramref name="upper"/>.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Of(ulong upper, ulong lower, out ulong lowerDigits) =>
        Halves(InOrder(Reversed(upper, lower)), out lowerDigits);

    /// <summary>
    /// The same digits as one vector, with the last digit of <paramref name="lower"/> in its lowest byte.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Vector128<byte> Reversed(ulong upper, ulong lower)
    {
        Vector128<ulong> numbers = Sse2.UnpackLow(
            Sse2.X64.ConvertScalarToVector128UInt64(lower).AsInt64(),
            Sse2.X64.ConvertScalarToVector128UInt64(upper).AsInt64()).AsUInt64();

        // ⌊n / 10^4⌋ for n < 10^8, ⌊n / 100⌋ for n < 10^4, ⌊n / 10⌋ for n < 100.
        Vector128<ulong> thousands = Sse2.ShiftRightLogical(
            Sse2.Multiply(numbers.AsUInt32(), Vector128.Create(109951163U)), 40);
        Vector128<ushort> fours = Sse2.Add(numbers,
            Sse2.Multiply(thousands.AsUInt32(), Vector128.Create(unchecked((uint)-10000)))).AsUInt16();

        // The factor 2^16 − 100 does not fit a lane, so add 2^16 · q and subtract 100 · q.
        Vector128<ushort> hundreds = Sse2.ShiftRightLogical(Sse2.MultiplyHigh(fours, Vector128.Create((ushort)10486)), 4);
        Vector128<ushort> twos = Sse2.Subtract(
            Sse2.Add(fours, Sse2.ShiftLeftLogical(hundreds.AsUInt32(), 16).AsUInt16()),
            Sse2.MultiplyLow(hundreds, Vector128.Create((ushort)100)));

        Vector128<ushort> tens = Sse2.MultiplyHigh(twos, Vector128.Create((ushort)6554));
        return Sse2.Add(twos, Sse2.MultiplyLow(tens, Vector128.Create((ushort)(256 - 10)))).AsByte();
    }

    /// <summary>The bytes in reverse order.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Vector128<byte> InOrder(Vector128<byte> reversed) => Ssse3.Shuffle(reversed,
        Vector128.Create(0x08090A0B0C0D0E0FUL, 0x0001020304050607UL).AsByte());

    /// <summary>The two halves of a vector.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static ulong Halves(Vector128<byte> digits, out ulong lowerDigits)
    {
        lowerDigits = Sse2.X64.ConvertToUInt64(Sse2.UnpackHigh(digits.AsInt64(), digits.AsInt64()).AsUInt64());
        return Sse2.X64.ConvertToUInt64(digits.AsUInt64());
    }

    /// <summary>The number of digits up to the last nonzero one; at least one must be nonzero.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static int Significant(Vector128<byte> reversed)
    {
        int zeros = Sse2.MoveMask(Sse2.CompareEqual(reversed, Vector128<byte>.Zero));
        return 16 - BitOperations.TrailingZeroCount(~zeros);
    }
}
