namespace NoDeps.Primitives;

/// <summary>
/// The length of a NUL-terminated string, eight bytes at a time (SIMD within a register). Only aligned words are
/// loaded, so no load reaches a page that contains no byte of the string. The first and the last word may contain bytes
/// outside the string; these are ignored. Source: Condoris, "MNIST from absolute scratch in C" (2025), 2.1.
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
        ulong beforeText = (1UL << (8 * before)) - 1;
        ulong zeros = ZeroBytes(*at | beforeText);
        while (zeros == 0) zeros = ZeroBytes(*++at);
        return (nint)((byte*)at - text) + (TrailingZeros.Count(zeros) >> 3);
    }

    /// <summary>
    /// Sets the high bit of every zero byte. Subtracting 1 from every byte borrows into the high bit of a byte that is
    /// 0; it also leaves the high bit set in a byte above 0x80, which ~word excludes. A borrow out of a zero byte may
    /// produce a false mark in a byte above it, never below. Only the lowest mark counts, and it belongs to the first
    /// zero byte, since x86-64 and arm64 are little-endian.
    /// </summary>
    public static ulong ZeroBytes(ulong word) => (word - Ones) & ~word & Highs;
}
