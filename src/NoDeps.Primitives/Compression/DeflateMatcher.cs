using System;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace NoDeps.Primitives;

/// <summary>
/// Cuts data into literals and matches for <see cref="Deflate"/>: at each byte the match at the last place where a hash of
/// the next four bytes was the same (J. Ziv and A. Lempel, 1977; greedy, without chains). A second place would shorten
/// images by 1 % and text by 5 %, and take half as long again: which place has the match is unpredictable. The table
/// is as large as fits the first cache.
/// </summary>
internal static unsafe class DeflateMatcher
{
    private const uint Window = 32768;
    private const uint HashFactor = 0x9E37_79B1; // 2^32 divided by the golden ratio

    /// <summary>Inside a match, this many positions after its start can be found later.</summary>
    private const int Inserted = 3;

    /// <summary>Log2 of how many bytes in a row without a match make one more that is not looked up.</summary>
    private const int MissesASkip = 3;
    private const int MaxSkipped = 3;

    /// <summary>Forgets all positions.</summary>
    public static void Reset(DeflateTables* tables)
    {
        for (int i = 0; i < 1 << DeflateTables.HashBits; i++) tables->Positions[i] = 0;
    }

    /// <summary>
    /// Fills <see cref="DeflateTables.Tokens"/> and the counts of the symbols from position <paramref name="at"/> on.
    /// </summary>
    /// <returns>The position behind the last token; <paramref name="tokens"/> is their number.</returns>
    public static int Run(DeflateTables* tables, byte* start, int at, int end, out int tokens)
    {
        int limit = end - 4;
        int count = 0, misses = 0;
        for (; at < end && count < DeflateTables.MaxTokens; count++)
        {
            if (at <= limit)
            {
                uint word = Unsafe.ReadUnaligned<uint>(start + at);
                ushort* place = Place(tables, word);
                uint distance = (ushort)(at - *place);
                *place = (ushort)at;
                // The word first: whether the place is near enough is as hard to foresee, and seldom matters then. No place
                // lies before the start: a distance is at most the position, or less than 2^16 where that is more.
                byte* match = start + at - distance;
                if (Unsafe.ReadUnaligned<uint>(match) == word && distance - 1 < Window)
                {
                    misses = 0;
                    int length = Length(match, start + at, end - at);
                    tables->Tokens[count] = (distance << 16) | (uint)length;
                    tables->LiteralCounts[LengthSymbol(length)]++;
                    tables->DistanceCounts[DistanceSymbol(distance)]++;
                    if (at <= limit - Inserted)
                    {
                        for (int i = 1; i <= Inserted; i++)
                            *Place(tables, Unsafe.ReadUnaligned<uint>(start + at + i)) = (ushort)(at + i);
                    }
                    at += length;
                    continue;
                }
                // The longer nothing is found, the more bytes are not looked up.
                for (int skipped = Math.Min(misses++ >> MissesASkip, MaxSkipped); skipped > 0; skipped--)
                {
                    if (at == limit || count == DeflateTables.MaxTokens - 1) break;
                    Literal(tables, start[at++], count++);
                }
            }
            Literal(tables, start[at++], count);
        }
        tokens = count;
        return at;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Literal(DeflateTables* tables, byte literal, int count)
    {
        tables->Tokens[count] = literal;
        tables->LiteralCounts[literal]++;
    }

    /// <summary>The last position of a word with the same hash, multiplicative after D. E. Knuth.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ushort* Place(DeflateTables* tables, uint word) =>
        tables->Positions + (word * HashFactor >> (32 - DeflateTables.HashBits));

    /// <summary>How many bytes agree, at most 258, given that four do and that <paramref name="left"/> are there.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int Length(byte* a, byte* b, int left)
    {
        int max = left < DeflateTables.MaxMatchLength ? left : DeflateTables.MaxMatchLength;
        int length = 4;
        if (Avx2.IsSupported && max >= length + 32)
        {
            // Most lengths need no loop, whose exit would be unpredictable.
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

    /// <summary>The symbol of a length from 3 to 258, RFC 1951 section 3.2.5.</summary>
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

    /// <summary>Extra bits that follow the code of a length symbol.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int LengthExtra(int symbol) => symbol < 265 || symbol == 285 ? 0 : (symbol - 261) >> 2;

    /// <summary>Extra bits that follow the code of a distance symbol.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int DistanceExtra(int symbol) => symbol < 4 ? 0 : (symbol >> 1) - 1;
}
