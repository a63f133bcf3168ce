namespace NoDeps.Primitives;

/// <summary>
/// The number of 1 bits (population count) by sideways addition: counts in fields of 1 bit become counts in fields of
/// 2, 4 and 8 bits; multiplying by 1 in every byte then leaves the sum of all bytes in the highest byte. Source: Knuth,
/// "The Art of Computer Programming", volume 4A, 7.1.3, (62).
/// </summary>
public static class BitCount
{
    private const uint EvenBits32 = 0x55555555;
    private const uint EvenPairs32 = 0x33333333;
    private const uint EvenNibbles32 = 0x0F0F0F0F;
    private const uint Ones32 = 0x01010101;
    private const ulong BothHalves = 0x0000000100000001;
    private const ulong EvenBits = EvenBits32 * BothHalves;
    private const ulong EvenPairs = EvenPairs32 * BothHalves;
    private const ulong EvenNibbles = EvenNibbles32 * BothHalves;
    private const ulong Ones = Ones32 * BothHalves;

    /// <summary>The number of 1 bits, from 0 to 64.</summary>
    public static int Of(ulong value) => (int)(PrefixSums(ByteCounts(NibbleCounts(PairCounts(value)))) >> 56);

    /// <summary>The number of 1 bits in each 2-bit field ab: (2a + b) − a = a + b.</summary>
    public static ulong PairCounts(ulong value) => value - ((value >> 1) & EvenBits);

    /// <summary>The 4-bit counts, from the 2-bit ones.</summary>
    public static ulong NibbleCounts(ulong pairs) => (pairs & EvenPairs) + ((pairs >> 2) & EvenPairs);

    /// <summary>
    /// The 8-bit counts, from the 4-bit ones. From this step on a count fits half its field, so one mask after the
    /// addition is enough.
    /// </summary>
    public static ulong ByteCounts(ulong fours) => (fours + (fours >> 4)) & EvenNibbles;

    /// <summary>In each byte, the sum of it and all lower bytes; the highest byte holds the total.</summary>
    public static ulong PrefixSums(ulong bytes) => bytes * Ones;

    /// <summary>The number of 1 bits, from 0 to 32.</summary>
    public static int Of(uint value)
    {
        // The same steps as for 64 bits.
        uint pairs = value - ((value >> 1) & EvenBits32);
        uint fours = (pairs & EvenPairs32) + ((pairs >> 2) & EvenPairs32);
        uint bytes = (fours + (fours >> 4)) & EvenNibbles32;
        return (int)((bytes * Ones32) >> 24);
    }
}
