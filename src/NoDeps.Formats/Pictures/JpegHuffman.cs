using System.Runtime.CompilerServices;

namespace NoDeps.Formats;

/// <summary>
/// One Huffman table, ITU-T T.81 annex C, made ready for decoding: the next <see cref="LookBits"/> bits find every short
/// code at once; longer ones are found by comparing 16 bits with the end of each length's range.
/// </summary>
internal unsafe struct JpegHuffman
{
    /// <summary>Codes up to this length take one look.</summary>
    public const int LookBits = 9;

    private const int LongestCode = 16;
    private const int MostValues = 256;

    /// <summary>True once a file has defined it.</summary>
    public bool IsDefined;
    /// <summary>Code length × 256 + symbol for each start of a code word; 0 where the code is longer.</summary>
    public fixed ushort Look[1 << LookBits];
    /// <summary>For each length, one past its last code, with zeros appended up to 16 bits.</summary>
    public fixed int End[LongestCode + 2];
    /// <summary>For each length, what to add to a code to find its value's place.</summary>
    public fixed int Shift[LongestCode + 2];
    /// <summary>The symbols in the order of their codes.</summary>
    public fixed byte Values[MostValues];

    /// <summary>
    /// Builds the table from the 16 counts and the values of a DHT segment. False where the counts promise more codes
    /// than their lengths have room for, or a code of ones only.
    /// </summary>
    /// <param name="table">The table to fill.</param>
    /// <param name="counts">How many codes of 1 to 16 bits there are: 16 bytes.</param>
    /// <param name="values">As many symbols as there are codes, at most 256.</param>
    public static bool TryBuild(JpegHuffman* table, byte* counts, byte* values)
    {
        table->IsDefined = false;
        for (int i = 0; i < 1 << LookBits; i++) table->Look[i] = 0;
        for (int i = 0; i < MostValues; i++) table->Values[i] = 0;
        int code = 0, used = 0;
        for (int length = 1; length <= LongestCode; length++, code <<= 1)
        {
            int count = counts[length - 1];
            if (code + count >= 1 << length && count > 0) return false;
            table->Shift[length] = used - code;
            for (int i = 0; i < count; i++, code++, used++)
            {
                table->Values[used] = values[used];
                if (length <= LookBits) FillLook(table, code, length, values[used]);
            }
            table->End[length] = code << (LongestCode - length);
        }
        table->End[LongestCode + 1] = int.MaxValue;
        table->IsDefined = true;
        return true;
    }

    private static void FillLook(JpegHuffman* table, int code, int length, byte value)
    {
        int free = LookBits - length;
        for (int i = 0; i < 1 << free; i++) table->Look[(code << free) + i] = (ushort)((length << 8) | value);
    }

    /// <summary>
    /// The entry (length × 256 + symbol) of the code that <paramref name="next"/> begins with, a longer one than
    /// <see cref="LookBits"/>; 0 where there is no such code.
    /// </summary>
    /// <param name="table">A table that was built.</param>
    /// <param name="next">The next 16 bits.</param>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static int FindLong(JpegHuffman* table, int next)
    {
        int length = LookBits + 1;
        while (next >= table->End[length]) length++;
        if (length > LongestCode) return 0;
        // Below a range's end and above all shorter codes, so inside the range: the place is below the count of values.
        int place = (next >> (LongestCode - length)) + table->Shift[length];
        return (uint)place < MostValues ? (length << 8) | table->Values[place] : 0;
    }
}
