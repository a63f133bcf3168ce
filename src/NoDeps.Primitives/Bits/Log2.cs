namespace NoDeps.Primitives;

/// <summary>
/// The position of the highest 1 bit, by de Bruijn multiplication. Shifts by 1, 2, 4, … copy the highest 1 to all
/// positions below it (Knuth, "The Art of Computer Programming", volume 4A, 7.1.3). Subtracting half of the result,
/// rounded down, leaves the highest 1 alone, and the sequence and tables of <see cref="TrailingZeros"/> give its
/// position.
/// </summary>
public static class Log2
{
    /// <summary>⌊log2 <paramref name="value"/>⌋, from 0 to 63; 0 for 0.</summary>
    public static int Floor(ulong value)
    {
        ulong spread = Spread(value);
        return TrailingZeros.PositionOf(spread - (spread >> 1));
    }

    /// <summary>
    /// The number with all bits below its highest 1 set: 2^(⌊log2 <paramref name="value"/>⌋ + 1) − 1.
    /// </summary>
    public static ulong Spread(ulong value)
    {
        value |= value >> 1;
        value |= value >> 2;
        value |= value >> 4;
        value |= value >> 8;
        value |= value >> 16;
        return value | value >> 32;
    }

    /// <summary>⌊log2 <paramref name="value"/>⌋, from 0 to 31; 0 for 0.</summary>
    public static int Floor(uint value)
    {
        value |= value >> 1;
        value |= value >> 2;
        value |= value >> 4;
        value |= value >> 8;
        value |= value >> 16;
        return TrailingZeros.PositionOf(value - (value >> 1));
    }
}
