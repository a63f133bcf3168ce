namespace NoDeps.Primitives;

/// <summary>
/// Prefix codes for <see cref="Deflate"/>: code lengths from symbol counts, and the canonical codes of RFC 1951,
/// section 3.2.2, from code lengths.
/// </summary>
public static unsafe class HuffmanCode
{
    private const int SymbolBits = 9;

    /// <summary>
    /// Computes code lengths of at most <paramref name="maxBits"/> bits; 0 for a symbol that does not occur. At least
    /// two symbols get a code, so that the code is complete.
    /// </summary>
    /// <param name="counts">The number of occurrences of each symbol; their sum is below 2^23.</param>
    /// <param name="symbols">The number of symbols: 2 to 288, at most 2^<paramref name="maxBits"/>.</param>
    /// <param name="maxBits">The maximum code length, at most 15 bits.</param>
    /// <param name="lengths">Receives the code lengths.</param>
    /// <param name="sorted">Scratch memory, one entry per symbol.</param>
    /// <remarks>
    /// An optimal code without a length limit comes from A. Moffat and J. Katajainen, "In-Place Calculation of
    /// Minimum-Redundancy Codes", WADS 1995. Codes that are too long are then truncated, and shorter ones lengthened
    /// until the lengths are those of a prefix code again.
    /// </remarks>
    public static void ComputeLengths(uint* counts, int symbols, int maxBits, byte* lengths, uint* sorted)
    {
        int used = 0;
        for (int i = 0; i < symbols; i++)
        {
            lengths[i] = 0;
            if (counts[i] != 0) sorted[used++] = (counts[i] << SymbolBits) | (uint)i;
        }
        for (int i = 0; used < 2; i++)
            if (counts[i] == 0) sorted[used++] = (1 << SymbolBits) | (uint)i;
        Sort(sorted, used);

        uint* nodes = stackalloc uint[288];
        int* countOfLength = stackalloc int[16];
        for (int i = 0; i < used; i++) nodes[i] = sorted[i] >> SymbolBits;
        for (int i = 0; i < 16; i++) countOfLength[i] = 0;
        CountLengths(nodes, used, maxBits, countOfLength);
        LimitLengths(countOfLength, maxBits);

        // The rarest symbols get the longest codes.
        int next = 0;
        for (int length = maxBits; length > 0; length--)
            for (int i = countOfLength[length]; i > 0; i--)
                lengths[sorted[next++] & ((1u << SymbolBits) - 1)] = (byte)length;
    }

    /// <summary>Sorts in ascending order: Shellsort with the gaps of M. Ciura, 2001.</summary>
    private static void Sort(uint* keys, int count)
    {
        for (int gap = 132; gap > 0; gap = gap == 132 ? 57 : gap == 57 ? 23 : gap == 23 ? 10 : gap == 10 ? 4 : gap == 4 ? 1 : 0)
            for (int i = gap; i < count; i++)
            {
                uint key = keys[i];
                int at = i;
                for (; at >= gap && keys[at - gap] > key; at -= gap) keys[at] = keys[at - gap];
                keys[at] = key;
            }
    }

    /// <summary>
    /// Counts the codes of each length; codes that are too long count as the longest. On entry <paramref name="nodes"/>
    /// holds the weights in ascending order. The internal nodes of the tree replace weights that are no longer needed:
    /// each entry is first a weight, then the index of the parent, then the depth.
    /// </summary>
    private static void CountLengths(uint* nodes, int count, int maxBits, int* countOfLength)
    {
        int leaf = 0;
        int root = 0;
        for (int next = 0; next < count - 1; next++)
        {
            uint weight = 0;
            for (int child = 0; child < 2; child++)
            {
                if (leaf >= count || (root < next && nodes[root] < nodes[leaf]))
                {
                    weight += nodes[root];
                    nodes[root++] = (uint)next;
                }
                else
                {
                    weight += nodes[leaf++];
                }
            }
            nodes[next] = weight;
        }
        nodes[count - 2] = 0;
        for (int i = count - 3; i >= 0; i--) nodes[i] = nodes[nodes[i]] + 1;

        // At each depth, the nodes that are not internal are leaves.
        int available = 1;
        int lastInternal = count - 2;
        for (uint depth = 0; available > 0; depth++)
        {
            int internalHere = 0;
            for (; lastInternal >= 0 && nodes[lastInternal] == depth; lastInternal--) internalHere++;
            countOfLength[depth < (uint)maxBits ? (int)depth : maxBits] += available - internalHere;
            available = 2 * internalHere;
        }
    }

    /// <summary>
    /// Lengthens codes until the lengths satisfy the Kraft equality. Truncating codes has made the sum of 2^−length
    /// exceed 1 by <c>excess</c> units of 2^−<paramref name="maxBits"/>. Each step takes the longest code below the
    /// limit and makes it one bit longer, which frees a sibling of the same length, and moves a code of maximum length
    /// there. Both together reduce the sum by one unit.
    /// </summary>
    private static void LimitLengths(int* countOfLength, int maxBits)
    {
        int excess = -1 << maxBits;
        for (int length = 1; length <= maxBits; length++) excess += countOfLength[length] << (maxBits - length);
        for (; excess > 0; excess--)
        {
            int length = maxBits - 1;
            while (countOfLength[length] == 0) length--;
            countOfLength[length]--;
            countOfLength[length + 1] += 2;
            countOfLength[maxBits]--;
        }
    }

    /// <summary>
    /// The canonical codes of the given lengths (RFC 1951, section 3.2.2), bit-reversed, as the stream needs them, with
    /// the length from bit 16 up; 0 for a symbol without a code.
    /// </summary>
    /// <param name="lengths">Code lengths of at most 15 bits that a prefix code can have.</param>
    /// <param name="symbols">The number of symbols.</param>
    /// <param name="codes">Receives the codes.</param>
    public static void ComputeCodes(byte* lengths, int symbols, uint* codes)
    {
        int* countOfLength = stackalloc int[16];
        uint* next = stackalloc uint[16];
        for (int i = 0; i < 16; i++) countOfLength[i] = 0;
        for (int i = 0; i < symbols; i++) countOfLength[lengths[i]]++;
        countOfLength[0] = 0;
        next[0] = 0;
        for (int length = 1; length < 16; length++) next[length] = (next[length - 1] + (uint)countOfLength[length - 1]) << 1;
        for (int i = 0; i < symbols; i++)
        {
            int length = lengths[i];
            codes[i] = length == 0 ? 0 : Reversed(next[length]++, length) | ((uint)length << 16);
        }
    }

    private static uint Reversed(uint code, int length)
    {
        uint reversed = 0;
        for (; length > 0; length--, code >>= 1) reversed = (reversed << 1) | (code & 1);
        return reversed;
    }
}
