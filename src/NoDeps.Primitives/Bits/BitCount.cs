namespace NoDeps.Primitives;

/// <summary>
/// How many bits of a number are 1, by addition sideways: counts in lanes of 1 bit become counts in lanes of 2, 4 and 8
/// bits; the multiplication by 1 in every byte then adds all bytes up in the highest. Source: Knuth, "The Art of
/// Computer Programming", volume 4A, 7.1.3, (62).
/// </summary>
public static class BitCount
{
    private const uint EveryBit32 = 0x55555555;
    private const uint EveryPair32 = 0x33333333;
    private const uint EveryFour32 = 0x0F0F0F0F;
    private const uint Ones32 = 0x01010101;
    private const ulong Twice = 0x0000000100000001;
    private const ulong EveryBit = EveryBit32 * Twice;
    private const ulong EveryPair = EveryPair32 * Twice;
    private const ulong EveryFour = EveryFour32 * Twice;
    private const ulong Ones = Ones32 * Twice;

    /// <summary>From 0 to 64.</summary>
    public static int Of(ulong value) => (int)(SumsFrom(BytesFrom(FoursFrom(PairsOf(value)))) >> 56);

    /// <summary>In each lane of two bits how many of its bits are 1: of ab, 2a + b − a = a + b.</summary>
    public static ulong PairsOf(ulong value) => value - ((value >> 1) & EveryBit);

    /// <summary>Counts of four bits each, from those of two.</summary>
    public static ulong FoursFrom(ulong pairs) => (pairs & EveryPair) + ((pairs >> 2) & EveryPair);

    /// <summary>
    /// Counts of eight bits each, from those of four. From here on a count fits half its lane, so that the masking may
    /// wait until the addition is done.
    /// </summary>
    public static ulong BytesFrom(ulong fours) => (fours + (fours >> 4)) & EveryFour;

    /// <summary>In each byte the sum of it and all lower ones; the highest has the sum of all eight.</summary>
    public static ulong SumsFrom(ulong bytes) => bytes * Ones;

    /// <summary>From 0 to 32.</summary>
    public static int Of(uint value)
    {
        // As above, step by step.
        uint pairs = value - ((value >> 1) & EveryBit32);
        uint fours = (pairs & EveryPair32) + ((pairs >> 2) & EveryPair32);
        uint bytes = (fours + (fours >> 4)) & EveryFour32;
        return (int)((bytes * Ones32) >> 24);
    }
}
