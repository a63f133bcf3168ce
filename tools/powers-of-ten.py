#!/usr/bin/env python3
"""Writes src/NoDeps.Primitives/Text/PowersOfTen.cs: the first 128 bits of the powers of ten, by exact integers.

    python3 tools/powers-of-ten.py > src/NoDeps.Primitives/Text/PowersOfTen.cs
"""

SMALLEST, LARGEST = -342, 342
A_LINE = 3

# floor(q * log2(10)) as (q * MULTIPLIER) >> SHIFT, and where that holds.
MULTIPLIER, SHIFT = 217706, 16


def binary_exponent(q):
    """e in 2^e <= 10^q < 2^(e + 1)."""
    return (10 ** q).bit_length() - 1 if q >= 0 else -(10 ** -q - 1).bit_length()


def first_bits(q):
    """floor(10^q * 2^(127 - e)), which has 128 bits."""
    shift = 127 - binary_exponent(q)
    if q < 0:
        return (1 << shift) // 10 ** -q
    return 10 ** q << shift if shift >= 0 else 10 ** q >> -shift


def reach(step):
    """The last q, from 0 on in steps of 1 or -1, for which the multiplication gives the exponent."""
    q = 0
    while (q + step) * MULTIPLIER >> SHIFT == binary_exponent(q + step):
        q += step
    return q


# The last power of ten whose entry leaves nothing out.
EXACT = max(q for q in range(LARGEST + 1) if 5 ** q < 1 << 128)


def main():
    smallest, largest = reach(-1), reach(1)
    assert smallest <= SMALLEST and LARGEST <= largest
    # Rounding up is adding 1 to the lower half, which must not carry.
    assert all(first_bits(q) & (1 << 64) - 1 != (1 << 64) - 1 for q in range(SMALLEST, LARGEST + 1))
    print(f"""using System;

namespace NoDeps.Primitives;

/// <summary>
/// The first 128 bits of the powers of ten, for q from −{-SMALLEST} to {LARGEST}: 10^q = (t + δ) · 2^(e − 127), with t in
/// [2^127, 2^128) the entry, cut off and never rounded up, 0 ≤ δ &lt; 1 what was cut off, and e = ⌊q · log2 10⌋ what
/// <see cref="BinaryExponent"/> gives. δ = 0 for q from 0 to {EXACT}, where 5^q has no more than 128 bits, and nowhere else.
/// No entry ends in 64 ones, so that t + 1, the entry rounded up, is the same high half and the low half plus 1.
/// </summary>
/// <remarks>
/// Decimal to binary64 needs 10^−342 (19 digits that stand for the half of the least subnormal number) to 10^308, the
/// shortest decimal of a binary64 10^−292 to 10^326, its first 17 digits 10^−292 to 10^340.
/// Sources: Lemire, "Number parsing at a gigabyte per second" (2021); Giulietti, "The Schubfach way to render
/// doubles" (2020). tools/powers-of-ten.py computes the table and writes this file.
/// </remarks>
public static class PowersOfTen
{{
    /// <summary>The exponent q of the table's first entry.</summary>
    public const int Smallest = {SMALLEST};

    /// <summary>The exponent q of the table's last entry.</summary>
    public const int Largest = {LARGEST};

    /// <summary>The entries for q from 0 to this are exact: δ = 0.</summary>
    public const int LargestExact = {EXACT};

    /// <summary>
    /// e = ⌊<paramref name="q"/> · log2 10⌋, so that 2^e ≤ 10^q &lt; 2^(e + 1); for q from −{-smallest} to {largest}.
    /// </summary>
    public static int BinaryExponent(int q) => (q * {MULTIPLIER}) >> {SHIFT};

    /// <summary>Bits 127 to 64 of 10^<paramref name="q"/>'s entry; bit 127 is 1.</summary>
    public static ulong High(int q) => Table[2 * (q - Smallest)];

    /// <summary>Bits 63 to 0 of 10^<paramref name="q"/>'s entry, cut off.</summary>
    public static ulong Low(int q) => Table[2 * (q - Smallest) + 1];

    // The high half and the low half of each entry, q ascending.
    private static ReadOnlySpan<ulong> Table =>
    [""")
    for start in range(SMALLEST, LARGEST + 1, A_LINE):
        halves = []
        for q in range(start, min(start + A_LINE, LARGEST + 1)):
            t = first_bits(q)
            halves += [f"0x{t >> 64:016X}", f"0x{t & (1 << 64) - 1:016X}"]
        print("        " + ", ".join(halves) + ",")
    print("""    ];
}""")


if __name__ == "__main__":
    main()
