namespace NoDeps.Primitives;

/// <summary>
/// The length of a string that ends with a zero byte, eight bytes a step (SIMD within a register). Source: scratch,
/// 2.1. Words are loaded at multiples of eight only, so that no load reaches into a page that the string does not
/// touch; the bytes around the string that share its first and last word are read and ignored.
/// </summary>
public static unsafe class StringLengthSwar
{
    /// <summary>1 in every byte.</summary>
    public const ulong Ones = 0x0101010101010101;
    private const ulong Highs = 0x8080808080808080;

    /// <inheritdoc cref="StringLength.Of"/>
    public static nint Of(byte* text)
    {
        int before = (int)((nuint)text & 7);
        ulong* at = (ulong*)(text - before);
        ulong notOurs = (1UL << (8 * before)) - 1;
        ulong zeros = ZeroBytes(*at | notOurs);
        while (zeros == 0) zeros = ZeroBytes(*++at);
        return (nint)((byte*)at - text) + (TrailingZeros.Count(zeros) >> 3);
    }

    /// <summary>
    /// The high bit of every zero byte. Subtracting 1 borrows into a byte's high bit where the byte is 0 (or above 0x80,
    /// which ~word excludes). A borrow that goes on into the next byte can set a false bit there, but only above a true
    /// one, and the lowest is all that counts: the first byte is the lowest, as x86-64 and arm64 are little-endian.
    /// </summary>
    public static ulong ZeroBytes(ulong word) => (word - Ones) & ~word & Highs;
}
