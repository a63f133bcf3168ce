using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace NoDeps.Primitives;

/// <summary>
/// The first 128 bits of the powers of ten, for q from −342 to 342: 10^q = (t + δ) · 2^(e − 127), with t in
/// [2^127, 2^128) the entry, cut off and never rounded up, 0 ≤ δ &lt; 1 what was cut off, and e = ⌊q · log2 10⌋ what
/// <see cref="BinaryExponent"/> gives. δ = 0 for q from 0 to 55, where 5^q has no more than 128 bits, and nowhere else.
/// No entry ends in 64 ones, so that t + 1, the entry rounded up, is the same high half and the low half plus 1.
/// </summary>
/// <remarks>
/// Decimal to binary64 needs 10^−342 (19 digits that stand for the half of the least subnormal number) to 10^308, the
/// shortest decimal of a binary64 10^−292 to 10^326, its first 17 digits 10^−292 to 10^340.
/// Sources: Lemire, "Number parsing at a gigabyte per second" (2021); Giulietti, "The Schubfach way to render
/// doubles" (2020). The table has 11 kB, so it is worked out exactly at its first use (some ten microseconds) rather than
/// carried in the binary. Threads that meet there all write the same numbers.
/// </remarks>
public static unsafe class PowersOfTen
{
    /// <summary>The exponent q of the table's first entry.</summary>
    public const int Smallest = -342;

    /// <summary>The exponent q of the table's last entry.</summary>
    public const int Largest = 342;

    /// <summary>The entries for q from 0 to this are exact: δ = 0.</summary>
    public const int LargestExact = 55;

    /// <summary>Halves of entries: high and low, q ascending.</summary>
    private const int Halves = 2 * (Largest - Smallest + 1);

    private struct Table
    {
        public fixed ulong Half[Halves];
    }

    private static Table s_table;
    private static volatile bool s_isReady;

    /// <summary>
    /// e = ⌊<paramref name="q"/> · log2 10⌋, so that 2^e ≤ 10^q &lt; 2^(e + 1); for q from −642 to 642.
    /// </summary>
    public static int BinaryExponent(int q) => (q * 217706) >> 16;

    /// <summary>Bits 127 to 64 of 10^<paramref name="q"/>'s entry; bit 127 is 1.</summary>
    public static ulong High(int q) => Entry(q);

    /// <summary>Bits 63 to 0 of 10^<paramref name="q"/>'s entry, cut off.</summary>
    public static ulong Low(int q) => Unsafe.Add(ref Entry(q), 1);

    /// <summary>10^<paramref name="q"/>'s entry: <see cref="High"/>, and behind it <see cref="Low"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ref ulong Entry(int q)
    {
        Prepare();
        return ref ReadyEntry(q);
    }

    /// <summary>True once the table is worked out: then <see cref="ReadyEntry"/> may be asked.</summary>
    internal static bool IsReady => s_isReady;

    /// <summary>Works the table out where that has not been done.</summary>
    internal static void Prepare()
    {
        if (!s_isReady) Compute();
    }

    /// <summary><see cref="Entry"/> where <see cref="IsReady"/>: without a look, which would be a call among the rest.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static ref ulong ReadyEntry(int q) =>
        ref Unsafe.AddByteOffset(ref s_table.Half[0], (nint)(q - Smallest) * (2 * sizeof(ulong)));

    private static Span<ulong> Entries => MemoryMarshal.CreateSpan(ref s_table.Half[0], Halves);

    /// <summary>5^q has the same first bits as 10^q: from 1 upwards by multiplying, from a power of two downwards by dividing.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Compute()
    {
        // 5^342 has 795 bits; of 2^1023 / 5^342 229 are left. Two zeros below the number are there to be shifted in.
        const int Limbs = 16, Below = 2;
        ulong* room = stackalloc ulong[Below + Limbs];
        for (int i = 0; i < Below + Limbs; i++) room[i] = 0;
        ulong* number = room + Below;
        number[0] = 1;
        for (int q = 0; q <= Largest; q++)
        {
            Enter(q, number + Limbs - 1);
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
        for (int q = -1; q >= Smallest; q--)
        {
            ulong remainder = 0;
            for (int i = Limbs - 1; i >= 0; i--)
            {
                // 2^64 = 5 · 3333333333333333h + 1.
                ulong rest = number[i] % 5 + remainder, carry = rest >= 5 ? 1UL : 0;
                number[i] = remainder * 0x3333333333333333 + number[i] / 5 + carry;
                remainder = rest - 5 * carry;
            }
            Enter(q, number + Limbs - 1);
        }
        s_isReady = true;
    }

    /// <summary>The first 128 bits of a number that is not 0, whose highest limb is at <paramref name="top"/> or below.</summary>
    private static void Enter(int q, ulong* top)
    {
        while (*top == 0) top--;
        int shift = LeadingZeros.Count(*top);
        Entries[2 * (q - Smallest)] = Joined(top[0], top[-1], shift);
        Entries[2 * (q - Smallest) + 1] = Joined(top[-1], top[-2], shift);
    }

    private static ulong Joined(ulong high, ulong low, int shift) =>
        shift == 0 ? high : high << shift | low >> (64 - shift);
}
