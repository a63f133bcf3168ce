using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace NoDeps.Primitives;

/// <summary>
/// The first 128 bits of the powers of ten from 10^−342 to 10^342: 10^q = (t + δ) · 2^(e − 127). The entry t, in
/// [2^127, 2^128), is truncated, never rounded up; 0 ≤ δ &lt; 1 is the part cut off; e = ⌊q · log2 10⌋ is the result of
/// <see cref="BinaryExponent"/>. δ = 0 exactly for q from 0 to 55, where 5^q has at most 128 bits. No entry ends in 64 ones,
/// so t + 1, the entry rounded up, has the same upper half.
/// </summary>
/// <remarks>
/// <para>
/// The powers needed are 10^−342 (19 digits at half of the smallest subnormal number) to 10^308 for decimal to binary64,
/// 10^−292 to 10^326 for the shortest decimal of a binary64, and 10^−292 to 10^340 for its first 17 digits. Sources: Lemire,
/// "Number parsing at a gigabyte per second" (2021); Giulietti, "The Schubfach way to render doubles" (2020).
/// </para>
/// <para>
/// The table is 11 kB, so it is computed exactly at its first use, in about ten microseconds, rather than stored in the
/// binary. Threads that race here write the same values.
/// </para>
/// </remarks>
public static unsafe class PowersOfTen
{
    /// <summary>The exponent q of the first entry.</summary>
    public const int MinExponent = -342;

    /// <summary>The exponent q of the last entry.</summary>
    public const int MaxExponent = 342;

    /// <summary>The entries from q = 0 to this are exact: δ = 0.</summary>
    public const int MaxExact = 55;

    /// <summary>The number of entry halves: upper and lower, in ascending order of q.</summary>
    private const int Halves = 2 * (MaxExponent - MinExponent + 1);

    private struct Table
    {
        public fixed ulong Half[Halves];
    }

    private static Table s_table;
    private static volatile bool s_isReady;

    /// <summary>
    /// e = ⌊<paramref name="q"/> · log2 10⌋, so that 2^e ≤ 10^q &lt; 2^(e + 1), for q from −642 to 642.
    /// </summary>
    public static int BinaryExponent(int q) => (q * 217706) >> 16;

    /// <summary>The upper 64 bits of the entry for 10^<paramref name="q"/>; the highest bit is 1.</summary>
    public static ulong High(int q) => Entry(q);

    /// <summary>The lower 64 bits of the entry for 10^<paramref name="q"/>.</summary>
    public static ulong Low(int q) => Unsafe.Add(ref Entry(q), 1);

    /// <summary>The entry for 10^<paramref name="q"/>: <see cref="High"/>, followed by <see cref="Low"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ref ulong Entry(int q)
    {
        Prepare();
        return ref ReadyEntry(q);
    }

    /// <summary>True once the table has been computed; <see cref="ReadyEntry"/> requires it.</summary>
    internal static bool IsReady => s_isReady;

    /// <summary>Computes the table unless that has been done.</summary>
    internal static void Prepare()
    {
        if (!s_isReady) Compute();
    }

    /// <summary>
    /// As <see cref="Entry"/>, but requires <see cref="IsReady"/> instead of checking, which would add a call to the
    /// fast path.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static ref ulong ReadyEntry(int q) =>
        ref Unsafe.AddByteOffset(ref s_table.Half[0], (nint)(q - MinExponent) * (2 * sizeof(ulong)));

    private static Span<ulong> Entries => MemoryMarshal.CreateSpan(ref s_table.Half[0], Halves);

    /// <summary>
    /// Computes all entries. 5^q has the same leading bits as 10^q: multiply by 5 upward from 1, divide by 5 downward
    /// from a power of two.
    /// </summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Compute()
    {
        // 5^342 has 795 bits, and 2^1023 / 5^342 still has 229. The two zero limbs below the number are shifted in when
        // an entry needs them.
        const int Limbs = 16, Padding = 2;
        ulong* buffer = stackalloc ulong[Padding + Limbs];
        for (int i = 0; i < Padding + Limbs; i++) buffer[i] = 0;
        ulong* number = buffer + Padding;
        number[0] = 1;
        for (int q = 0; q <= MaxExponent; q++)
        {
            Store(q, number + Limbs - 1);
            ulong carry = 0;
            for (int i = 0; i < Limbs; i++)
            {
                ulong high = Math.BigMul(number[i], 5, out ulong low);
                number[i] = low + carry;
                carry = high + (number[i] < low ? 1UL : 0);
            }
        }
        for (int i = 0; i < Limbs; i++) number[i] = 0;
        number[Limbs - 1] = 1UL << 63;
        for (int q = -1; q >= MinExponent; q--)
        {
            ulong remainder = 0;
            for (int i = Limbs - 1; i >= 0; i--)
            {
                // 2^64 = 5 · 0x3333333333333333 + 1.
                ulong rest = number[i] % 5 + remainder, carry = rest >= 5 ? 1UL : 0;
                number[i] = remainder * 0x3333333333333333 + number[i] / 5 + carry;
                remainder = rest - 5 * carry;
            }
            Store(q, number + Limbs - 1);
        }
        s_isReady = true;
    }

    /// <summary>
    /// Stores the first 128 bits of a nonzero number whose highest nonzero limb is at <paramref name="top"/> or below.
    /// </summary>
    private static void Store(int q, ulong* top)
    {
        while (*top == 0) top--;
        int shift = LeadingZeros.Count(*top);
        Entries[2 * (q - MinExponent)] = Combine(top[0], top[-1], shift);
        Entries[2 * (q - MinExponent) + 1] = Combine(top[-1], top[-2], shift);
    }

    private static ulong Combine(ulong high, ulong low, int shift) =>
        shift == 0 ? high : high << shift | low >> (64 - shift);
}
