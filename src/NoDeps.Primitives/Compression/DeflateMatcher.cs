using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace NoDeps.Primitives;

/// <summary>
/// Cuts data into literals and matches for <see cref="Deflate"/>: at each byte the match at the last place where a hash of
/// the next four bytes was the same (J. Ziv and A. Lempel, 1977; greedy, without chains). A second place would shorten
/// images by 1 % and text by 5 %, and take half as long again: no processor foresees which place has the match.
/// </summary>
internal static unsafe class DeflateMatcher
{
    private const uint Window = 32768;
    private const uint HashFactor = 0x9E37_79B1; // 2^32 divided by the golden ratio

    /// <summary>Inside a longer match, only this many positions from its start can be found later.</summary>
    private const int MostInserted = 8;

    /// <summary>Forgets all positions.</summary>
    public static void Reset(DeflateTables* tables)
    {
        // Farther back than the window from any position.
        for (int i = 0; i < 1 << DeflateTables.HashBits; i++) tables->Positions[i] = -(int)Window - 1;
    }

    /// <summary>
    /// Fills <see cref="DeflateTables.Tokens"/> and the counts of the symbols from position <paramref name="at"/> on.
    /// </summary>
    /// <returns>The position behind the last token; <paramref name="tokens"/> is their number.</returns>
    public static int Run(DeflateTables* tables, byte* start, int at, int end, out int tokens)
    {
        // The word after the last that is looked up is read too.
        int limit = end - 5;
        int count = 0;
        for (; at < end && count < DeflateTables.MostTokens; count++)
        {
            if (at <= limit)
            {
                uint word = Unsafe.ReadUnaligned<uint>(start + at);
                int* bucket = Bucket(tables, word);
                // Where the next one will look, should this one find nothing: most of the table is not in the first cache.
                if (Sse.IsSupported) Sse.Prefetch0(Bucket(tables, Unsafe.ReadUnaligned<uint>(start + at + 1)));
                int last = *bucket;
                *bucket = at;
                uint distance = (uint)(at - last);
                if (distance <= Window && Unsafe.ReadUnaligned<uint>(start + last) == word)
                {
                    int length = Length(start + last, start + at, end - at);
                    tables->Tokens[count] = (distance << 16) | (uint)length;
                    tables->LiteralCounts[LengthSymbol(length)]++;
                    tables->DistanceCounts[DistanceSymbol(distance)]++;
                    int inserted = length < MostInserted ? length : MostInserted;
                    if (inserted > limit - at) inserted = limit - at;
                    for (int i = 1; i < inserted; i++)
                        *Bucket(tables, Unsafe.ReadUnaligned<uint>(start + at + i)) = at + i;
                    at += length;
                    continue;
                }
            }
            byte literal = start[at++];
            tables->Tokens[count] = literal;
            tables->LiteralCounts[literal]++;
        }
        tokens = count;
        return at;
    }

    /// <summary>The last position of a word with the same hash, multiplicative after D. E. Knuth.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int* Bucket(DeflateTables* tables, uint word) =>
        tables->Positions + (word * HashFactor >> (32 - DeflateTables.HashBits));

    /// <summary>How many bytes agree, at most 258, given that four do and that <paramref name="left"/> are there.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int Length(byte* a, byte* b, int left)
    {
        int most = left < DeflateTables.MostLength ? left : DeflateTables.MostLength;
        int length = 4;
        for (; length + 8 <= most; length += 8)
        {
            ulong different = Unsafe.ReadUnaligned<ulong>(a + length) ^ Unsafe.ReadUnaligned<ulong>(b + length);
            if (different != 0) return length + (BitOperations.TrailingZeroCount(different) >> 3);
        }
        while (length < most && a[length] == b[length]) length++;
        return length;
    }

    /// <summary>The symbol of a length from 3 to 258, RFC 1951 section 3.2.5.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int LengthSymbol(int length)
    {
        uint x = (uint)length - 3;
        if (x < 8) return 257 + (int)x;
        if (length == DeflateTables.MostLength) return 285;
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
