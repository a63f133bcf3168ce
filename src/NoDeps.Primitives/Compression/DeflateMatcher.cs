using System;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace NoDeps.Primitives;

/// <summary>
/// Splits data into literals and matches for <see cref="Deflate"/> (LZ77: J. Ziv and A. Lempel, 1977). Matching is
/// greedy, and the only candidate is the last position where the next four bytes had the same hash; there are no
/// chains. A second candidate would make images 1 % and text 5 % smaller but take half as long again, because which
/// candidate matches is unpredictable. The hash table is as large as fits in L1.
/// </summary>
internal static unsafe class DeflateMatcher
{
    private const uint Window = 32768;
    private const uint HashFactor = 0x9E37_79B1; // 2^32 divided by the golden ratio

    /// <summary>The number of positions that a match enters into the hash table after its first one.</summary>
    private const int InsertedPerMatch = 3;

    /// <summary>
    /// Log2 of the number of consecutive misses after which one more byte per miss is emitted without a lookup.
    /// </summary>
    private const int MissesPerSkipLog2 = 3;
    private const int MaxSkipped = 3;

    /// <summary>Clears the hash table.</summary>
    public static void Reset(DeflateTables* tables)
    {
        for (int i = 0; i < 1 << DeflateTables.HashBits; i++) tables->Positions[i] = 0;
    }

    /// <summary>
    /// Fills <see cref="DeflateTables.Tokens"/> and the symbol counts, starting at position <paramref name="at"/>.
    /// </summary>
    /// <returns>The position after the last token; <paramref name="tokens"/> is the number of tokens.</returns>
    public static int Tokenize(DeflateTables* tables, byte* start, int at, int end, out int tokens)
    {
        int limit = end - 4;
        int count = 0, misses = 0;
        for (; at < end && count < DeflateTables.MaxTokens; count++)
        {
            if (at <= limit)
            {
                uint word = Unsafe.ReadUnaligned<uint>(start + at);
                ushort* slot = Slot(tables, word);
                uint distance = (ushort)(at - *slot);
                *slot = (ushort)at;
                // Compare the words first: whether the distance is valid is just as unpredictable, but rarely matters
                // once the words agree. The candidate never precedes the start of the input: its distance is at most
                // the current position, or below 2^16 if the position is beyond that.
                byte* match = start + at - distance;
                if (Unsafe.ReadUnaligned<uint>(match) == word && distance - 1 < Window)
                {
                    misses = 0;
                    int length = MatchLength(match, start + at, end - at);
                    tables->Tokens[count] = (distance << 16) | (uint)length;
                    tables->LiteralCounts[LengthSymbol(length)]++;
                    tables->DistanceCounts[DistanceSymbol(distance)]++;
                    if (at <= limit - InsertedPerMatch)
                    {
                        for (int i = 1; i <= InsertedPerMatch; i++)
                            *Slot(tables, Unsafe.ReadUnaligned<uint>(start + at + i)) = (ushort)(at + i);
                    }
                    at += length;
                    continue;
                }
                // The longer the run of misses, the more bytes are emitted without a lookup.
                for (int skipped = Math.Min(misses++ >> MissesPerSkipLog2, MaxSkipped); skipped > 0; skipped--)
                {
                    if (at == limit || count == DeflateTables.MaxTokens - 1) break;
                    EmitLiteral(tables, start[at++], count++);
                }
            }
            EmitLiteral(tables, start[at++], count);
        }
        tokens = count;
        return at;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void EmitLiteral(DeflateTables* tables, byte literal, int count)
    {
        tables->Tokens[count] = literal;
        tables->LiteralCounts[literal]++;
    }

    /// <summary>The hash table entry of a word: its last position. Multiplicative hashing after D. E. Knuth.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ushort* Slot(DeflateTables* tables, uint word) =>
        tables->Positions + (word * HashFactor >> (32 - DeflateTables.HashBits));

    /// <summary>
    /// The number of matching bytes, at most 258, given that the first four match and <paramref name="left"/> bytes are
    /// left.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int MatchLength(byte* a, byte* b, int left)
    {
        int max = left < DeflateTables.MaxMatchLength ? left : DeflateTables.MaxMatchLength;
        int length = 4;
        if (Avx2.IsSupported && max >= length + 32)
        {
            // Most matches end within one vector and so need no loop, whose exit would be unpredictable.
            Vector256<byte> same = Avx2.CompareEqual(Avx.LoadVector256(a + length), Avx.LoadVector256(b + length));
            uint different = ~(uint)Avx2.MoveMask(same);
            if (different != 0) return length + BitOperations.TrailingZeroCount(different);
            length += 32;
        }
        for (; length + 8 <= max; length += 8)
        {
            ulong different = Unsafe.ReadUnaligned<ulong>(a + length) ^ Unsafe.ReadUnaligned<ulong>(b + length);
            if (different != 0) return length + (BitOperations.TrailingZeroCount(different) >> 3);
        }
        while (length < max && a[length] == b[length]) length++;
        return length;
    }

    /// <summary>The symbol of a match length from 3 to 258, RFC 1951, section 3.2.5.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int LengthSymbol(int length)
    {
        uint x = (uint)length - 3;
        if (x < 8) return 257 + (int)x;
        if (length == DeflateTables.MaxMatchLength) return 285;
        int log = BitOperations.Log2(x);
        return 257 + 4 * (log - 1) + (int)((x >> (log - 2)) & 3);
    }

    /// <summary>The symbol of a distance from 1 to 32768.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int DistanceSymbol(uint distance)
    {
        uint x = distance - 1;
        if (x < 4) return (int)x;
        int log = BitOperations.Log2(x);
        return 2 * log + (int)((x >> (log - 1)) & 1);
    }

    /// <summary>The number of extra bits after a length symbol.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int LengthExtra(int symbol) => symbol < 265 || symbol == 285 ? 0 : (symbol - 261) >> 2;

    /// <summary>The number of extra bits after a distance symbol.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int DistanceExtra(int symbol) => symbol < 4 ? 0 : (symbol >> 1) - 1;
}
