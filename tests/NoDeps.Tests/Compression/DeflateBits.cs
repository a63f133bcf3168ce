namespace NoDeps.Tests.Compression;

/// <summary>A stream of bits, lowest first; codes highest first, as RFC 1951 section 3.1.1 packs them.</summary>
internal sealed class DeflateBits
{
    private readonly List<byte> _bytes = [];
    private int _used = 8;

    public DeflateBits Put(int value, int count)
    {
        for (int i = 0; i < count; i++)
        {
            if (_used == 8) { _bytes.Add(0); _used = 0; }
            _bytes[^1] |= (byte)((value >> i & 1) << _used++);
        }
        return this;
    }

    public DeflateBits Code(int code, int count)
    {
        for (int i = count - 1; i >= 0; i--) Put(code >> i & 1, 1);
        return this;
    }

    public DeflateBits Fixed(int symbol) =>
        symbol < 144 ? Code(0x30 + symbol, 8)
        : symbol < 256 ? Code(0x190 + symbol - 144, 9)
        : symbol < 280 ? Code(symbol - 256, 7)
        : Code(0xC0 + symbol - 280, 8);

    /// <summary>A match in the fixed code.</summary>
    public DeflateBits Match(int length, int distance)
    {
        // RFC 1951 section 3.2.5: after the first eight lengths (four distances), four (two) symbols for each power of 2.
        int symbol = 257, extra = 0, first = 3;
        while (first + (1 << extra) <= length)
        {
            first += 1 << extra;
            if (++symbol > 264 && symbol % 4 == 1) extra++;
        }
        if (length == 258) (symbol, extra, first) = (285, 0, 258);
        Fixed(symbol).Put(length - first, extra);
        symbol = extra = 0;
        first = 1;
        while (first + (1 << extra) <= distance)
        {
            first += 1 << extra;
            if (++symbol > 3 && symbol % 2 == 0) extra++;
        }
        return Code(symbol, 5).Put(distance - first, extra);
    }

    public DeflateBits Align() { _used = 8; return this; }

    public DeflateBits Text(string text) { foreach (char c in text) Put(c, 8); return this; }

    public byte[] ToArray() => [.. _bytes];

    /// <summary>RFC 1951 section 3.2.2: shorter codes first, those of a length by symbol.</summary>
    public static int CodeOf(int[] symbols, int[] lengths, int k)
    {
        int code = 0;
        for (int other = 0; other < lengths.Length; other++)
            if (lengths[other] < lengths[k] || (lengths[other] == lengths[k] && symbols[other] < symbols[k]))
                code += 1 << (lengths[k] - lengths[other]);
        return code;
    }

    /// <summary>A block header that sends each code length, 0 to 15, as a code of four bits.</summary>
    public static DeflateBits Dynamic(int literals, int distances, int[] symbols, int[] lengths, int[] distanceLengths,
        DeflateBits? before = null)
    {
        DeflateBits bits = (before ?? new DeflateBits()).Put(1, 1).Put(2, 2).Put(literals - 257, 5).Put(distances - 1, 5).Put(15, 4);
        int[] order = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15];
        foreach (int symbol in order) bits.Put(symbol < 16 ? 4 : 0, 3);
        int[] all = new int[literals + distances];
        for (int i = 0; i < symbols.Length; i++) all[symbols[i]] = lengths[i];
        distanceLengths.CopyTo(all, literals);
        foreach (int length in all) bits.Code(length, 4);
        return bits;
    }
}
