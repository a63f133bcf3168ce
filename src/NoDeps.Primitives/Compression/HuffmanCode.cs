namespace NoDeps.Primitives;

/// <summary>
/// Prefix codes for <see cref="Deflate"/>: lengths from how often each symbol occurs, then the codes that RFC 1951
/// section 3.2.2 gives these lengths.
/// </summary>
public static unsafe class HuffmanCode
{
    private const int SymbolBits = 9;

    /// <summary>
    /// Code lengths of at most <paramref name="most"/> bits, 0 for a symbol that does not occur. At least two symbols get
    /// a code, so that it is complete.
    /// </summary>
    /// <param name="counts">How often each symbol occurs: in all less than 2^23.</param>
    /// <param name="symbols">How many symbols there are: 2 to 288, at most 2^<paramref name="most"/>.</param>
    /// <param name="most">Longest code, at most 15 bits.</param>
    /// <param name="lengths">Takes the lengths.</param>
    /// <param name="sorted">Scratch memory, an entry for each symbol.</param>
    /// <remarks>
    /// The shortest code without a limit is that of A. Moffat and J. Katajainen, "In-Place Calculation of
    /// Minimum-Redundancy Codes", WADS 1995. Codes that are too long are then cut, and as many shorter ones made longer as
    /// the code needs to be a prefix code again.
    /// </remarks>
    public static void Lengths(uint* counts, int symbols, int most, byte* lengths, uint* sorted)
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
        int* ofLength = stackalloc int[16];
        for (int i = 0; i < used; i++) nodes[i] = sorted[i] >> SymbolBits;
        for (int i = 0; i < 16; i++) ofLength[i] = 0;
        CountLengths(nodes, used, most, ofLength);
        MakeFit(ofLength, most);

        // The rarest symbols have the longest codes.
        int next = 0;
        for (int length = most; length > 0; length--)
            for (int i = ofLength[length]; i > 0; i--)
                lengths[sorted[next++] & ((1u << SymbolBits) - 1)] = (byte)length;
    }

    /// <summary>Ascending, by shell sort (gaps after M. Ciura, 2001).</summary>
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
    /// How many codes have each length, those that are too long counted as the longest. The weights are there in ascending
    /// order; the inner nodes of the tree take their places: first as weights, then as links to their parents, then as
    /// depths.
    /// </summary>
    private static void CountLengths(uint* nodes, int count, int most, int* ofLength)
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

        // At each depth, what is no inner node is a leaf.
        int available = 1;
        int inner = count - 2;
        for (uint depth = 0; available > 0; depth++)
        {
            int innerHere = 0;
            for (; inner >= 0 && nodes[inner] == depth; inner--) innerHere++;
            ofLength[depth < (uint)most ? (int)depth : most] += available - innerHere;
            available = 2 * innerHere;
        }
    }

    /// <summary>
    /// While there are more codes than fit: a code of the longest length goes, and comes back beside one that is a bit
    /// shorter than it could be and gets that bit.
    /// </summary>
    private static void MakeFit(int* ofLength, int most)
    {
        int space = -1 << most;
        for (int length = 1; length <= most; length++) space += ofLength[length] << (most - length);
        for (; space > 0; space--)
        {
            int length = most - 1;
            while (ofLength[length] == 0) length--;
            ofLength[length]--;
            ofLength[length + 1] += 2;
            ofLength[most]--;
        }
    }

    /// <summary>
    /// The codes of given lengths (RFC 1951 section 3.2.2), bits reversed, as the stream wants them, and their length from
    /// bit 16 on; 0 for a symbol without a code.
    /// </summary>
    /// <param name="lengths">At most 15 each, none more than a prefix code can have.</param>
    /// <param name="symbols">How many symbols there are.</param>
    /// <param name="codes">Takes the codes.</param>
    public static void Codes(byte* lengths, int symbols, uint* codes)
    {
        int* ofLength = stackalloc int[16];
        uint* next = stackalloc uint[16];
        for (int i = 0; i < 16; i++) ofLength[i] = 0;
        for (int i = 0; i < symbols; i++) ofLength[lengths[i]]++;
        ofLength[0] = 0;
        next[0] = 0;
        for (int length = 1; length < 16; length++) next[length] = (next[length - 1] + (uint)ofLength[length - 1]) << 1;
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
