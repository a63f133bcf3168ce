using System.Runtime.CompilerServices;

namespace NoDeps.Formats;

/// <summary>
/// A Huffman table (ITU-T T.81 annex C) prepared for decoding: the next <see cref="LookupBits"/> bits index a table of the short
/// codes; longer ones are found by comparing 16 bits with the end of each length's range.
/// </summary>
internal unsafe struct JpegHuffman
{
    /// <summary>Codes up to this length take one table lookup.</summary>
    public const int LookupBits = 9;

    private const int MaxCodeLength = 16;
    private const int MaxValues = 256;

    /// <summary>True once a file has defined it.</summary>
    public bool IsDefined;
    /// <summary>Code length × 256 + symbol for each value of the next bits; 0 if the code is longer.</summary>
    public fixed ushort Lookup[1 << LookupBits];
    /// <summary>For each length, one past its last code, left-aligned in 16 bits.</summary>
    public fixed int End[MaxCodeLength + 2];
    /// <summary>For each length, what to add to a code to get the index of its symbol.</summary>
    public fixed int Shift[MaxCodeLength + 2];
    /// <summary>The symbols in the order of their codes.</summary>
    public fixed byte Values[MaxValues];

    /// <summary>
    /// Builds the table from the 16 counts and the values of a DHT segment. Returns false if there are more codes than their
    /// lengths allow, or a code of all ones.
    /// </summary>
    /// <param name="table">The table to fill.</param>
    /// <param name="counts">The numbers of codes of 1 to 16 bits: 16 bytes.</param>
    /// <param name="values">The symbols, one per code, at most 256.</param>
    public static bool TryBuild(JpegHuffman* table, byte* counts, byte* values)
    {
        table->IsDefined = false;
        for (int i = 0; i < 1 << LookupBits; i++) table->Lookup[i] = 0;
        for (int i = 0; i < MaxValues; i++) table->Values[i] = 0;
        int code = 0, used = 0;
        for (int length = 1; length <= MaxCodeLength; length++, code <<= 1)
        {
            int count = counts[length - 1];
            if (code + count >= 1 << length && count > 0) return false;
            table->Shift[length] = used - code;
            for (int i = 0; i < count; i++, code++, used++)
            {
                table->Values[used] = values[used];
                if (length <= LookupBits) FillLook(table, code, length, values[used]);
            }
            table->End[length] = code << (MaxCodeLength - length);
        }
        table->End[MaxCodeLength + 1] = int.MaxValue;
        table->IsDefined = true;
        return true;
    }

    private static void FillLook(JpegHuffman* table, int code, int length, byte value)
    {
        int free = LookupBits - length;
        for (int i = 0; i < 1 << free; i++) table->Lookup[(code << free) + i] = (ushort)((length << 8) | value);
    }

    /// <summary>
    /// The entry (length × 256 + symbol) of the code, longer than <see cref="LookupBits"/>, that <paramref name="next"/> begins
    /// with; 0 if there is no such code.
    /// </summary>
    /// <param name="table">A table that was built.</param>
    /// <param name="next">The next 16 bits.</param>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static int FindLong(JpegHuffman* table, int next)
    {
        int length = LookupBits + 1;
        while (next >= table->End[length]) length++;
        if (length > MaxCodeLength) return 0;
        // Below the end of the range and above all shorter codes, so the index is within the symbols.
        int index = (next >> (MaxCodeLength - length)) + table->Shift[length];
        return (uint)index < MaxValues ? (length << 8) | table->Values[index] : 0;
    }
}
