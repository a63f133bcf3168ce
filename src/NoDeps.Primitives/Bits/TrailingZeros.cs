using System;

namespace NoDeps.Primitives;

/// <summary>
/// How many zeros stand below the lowest 1 of a number, by de Bruijn multiplication. x &amp; −x keeps that 1 alone, at
/// position i; the multiplication shifts the sequence up by i; its highest bits are then a word that occurs nowhere
/// else in the sequence, and the table holds the i that belongs to it. Source: scratch, 2.1, whose 64 entries these
/// are.
/// </summary>
public static class TrailingZeros
{
    // DeBruijn.PreferLargest(6) and (5); the tables are those that DeBruijn.FillTable makes.
    /// <summary>The multiplier for 64 bits: B(2, 6), its six zeros highest.</summary>
    public const ulong Sequence64 = 0x0245434CB63AE7BF;
    private const uint Sequence32 = 0x04A359DF;

    /// <summary>Position by the six highest bits of the product with 0x0245434CB63AE7BF.</summary>
    public static ReadOnlySpan<byte> Table64 =>
    [
        0, 1, 2, 18, 3, 10, 19, 39,
        7, 4, 11, 30, 26, 20, 40, 51,
        16, 8, 5, 24, 14, 12, 31, 45,
        36, 27, 21, 33, 47, 41, 52, 57,
        63, 17, 9, 38, 6, 29, 25, 50,
        15, 23, 13, 44, 35, 32, 46, 56,
        62, 37, 28, 49, 22, 43, 34, 55,
        61, 48, 42, 54, 60, 53, 59, 58,
    ];

    /// <summary>Position by the five highest bits of the product with 0x04A359DF.</summary>
    public static ReadOnlySpan<byte> Table32 =>
    [
        0, 1, 2, 11, 3, 6, 12, 21,
        9, 4, 7, 16, 18, 13, 22, 26,
        31, 10, 5, 20, 8, 15, 17, 25,
        30, 19, 14, 24, 29, 23, 28, 27,
    ];

    /// <summary>From 0 to 63; 64 for 0.</summary>
    public static int Count(ulong value) => value == 0 ? 64 : PositionOf(LowestOne(value));

    /// <summary>From 0 to 31; 32 for 0.</summary>
    public static int Count(uint value) => value == 0 ? 32 : PositionOf(value & (0 - value));

    /// <summary>The position of a number's only 1, from 0 to 63; 0 for 0.</summary>
    public static int PositionOf(ulong bit) => Table64[IndexOf(bit * Sequence64)];

    /// <summary>The lowest 1 of a number, alone: all bits above it differ between x and −x. 0 for 0.</summary>
    public static ulong LowestOne(ulong value) => value & (0 - value);

    /// <summary>The place in <see cref="Table64"/> that a product with <see cref="Sequence64"/> tells.</summary>
    public static int IndexOf(ulong product) => (int)(product >> 58);

    /// <summary>The position of a number's only 1, from 0 to 31; 0 for 0.</summary>
    public static int PositionOf(uint bit) => Table32[(int)((bit * Sequence32) >> 27)];
}
