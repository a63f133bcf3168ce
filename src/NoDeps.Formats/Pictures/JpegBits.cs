using System.Buffers.Binary;
using System.Runtime.CompilerServices;

namespace NoDeps.Formats;

/// <summary>
/// A bit reader for the entropy-coded data of a scan. It removes the zero byte after each FF byte and stops at a marker, after
/// which it supplies zero bits, as <see cref="IsOverrun"/> reports. The next bit is the highest of <see cref="Bits"/>.
/// </summary>
internal unsafe struct JpegBits
{
    private const ulong Ones = 0x0101010101010101, Highs = 0x8080808080808080;

    /// <summary>The next byte of the file.</summary>
    public byte* At;
    /// <summary>One past the last byte of the file.</summary>
    public byte* Limit;
    /// <summary>Bits read ahead, the next one highest; those beyond <see cref="Count"/> are zero or equal the bits that follow.</summary>
    public ulong Bits;
    /// <summary>The number of bits available.</summary>
    public int Count;
    /// <summary>The number of zero bits appended since the end of the data.</summary>
    public int Missing;
    /// <summary>True after an invalid Huffman code, or a run past the end of its block.</summary>
    public bool IsBroken;

    /// <summary>True if more bits were consumed than the data contains.</summary>
    public readonly bool IsOverrun => Count < Missing;

    /// <summary>Discards the bits read ahead and continues at an address.</summary>
    public void Start(byte* at)
    {
        At = at;
        Bits = 0;
        Count = Missing = 0;
    }

    /// <summary>Ensures that at least 48 bits are available.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Refill()
    {
        if (Count < 48) RefillAlways();
    }

    /// <summary>Reads as many bytes as fit.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void RefillAlways()
    {
        if (Limit - At >= 8)
        {
            ulong next = BinaryPrimitives.ReverseEndianness(Unsafe.ReadUnaligned<ulong>(At));
            // No byte is FF if no byte of the complement is zero.
            if (((~next - Ones) & next & Highs) == 0)
            {
                Bits |= next >> Count;
                int bytes = (63 - Count) >> 3;
                At += bytes;
                Count += bytes * 8;
                return;
            }
        }
        RefillSlowly();
    }

    /// <summary>
    /// <see cref="Refill()"/> for a loop that keeps <see cref="Bits"/> and <see cref="Count"/> in registers. Ensures 32 bits,
    /// enough for a code and the number that follows it.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Refill(JpegBits* reader, ref ulong bits, ref int count)
    {
        if (count >= 32) return;
        byte* at = reader->At;
        if (reader->Limit - at >= 8)
        {
            ulong next = BinaryPrimitives.ReverseEndianness(Unsafe.ReadUnaligned<ulong>(at));
            if (((~next - Ones) & next & Highs) == 0)
            {
                bits |= next >> count;
                int bytes = (63 - count) >> 3;
                reader->At = at + bytes;
                count += bytes * 8;
                return;
            }
        }
        reader->Bits = bits;
        reader->Count = count;
        reader->RefillSlowly();
        bits = reader->Bits;
        count = reader->Count;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void RefillSlowly()
    {
        while (Count <= 56)
        {
            int value = NextByte();
            if (value < 0)
            {
                // Zeros from here on: beyond the end of the data, the bits beyond Count were never set.
                Missing += 64 - Count;
                Count = 64;
                return;
            }
            Bits |= (ulong)value << (56 - Count);
            Count += 8;
        }
    }

    /// <summary>Reads a byte of data; returns −1, without advancing, at a marker or at the end of the file.</summary>
    private int NextByte()
    {
        if (At == Limit) return -1;
        if (*At != 0xFF) return *At++;
        byte* after = At + 1;
        while (after < Limit && *after == 0xFF) after++;
        if (after == Limit || *after != 0) return -1;
        At = after + 1;
        return 0xFF;
    }

    /// <summary>Consumes bits, which must be available.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Drop(int bits)
    {
        Bits <<= bits;
        Count -= bits;
    }

    /// <summary>Reads one bit.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int ReadBit()
    {
        if (Count == 0) RefillAlways();
        int bit = (int)(Bits >> 63);
        Drop(1);
        return bit;
    }

    /// <summary>Reads an unsigned number of 1 to 16 bits, which must be available.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int Take(int bits)
    {
        int value = (int)(Bits >> (64 - bits));
        Drop(bits);
        return value;
    }

    /// <summary>
    /// Reads a signed number of 1 to 16 bits, which must be available, as in T.81 figure F.12: if its first bit is 0,
    /// 2^bits − 1 is subtracted.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int TakeSigned(int bits)
    {
        int isPositive = (int)((long)Bits >> 63);
        int value = (int)(Bits >> (64 - bits));
        Drop(bits);
        return value + (((-1 << bits) + 1) & ~isPositive);
    }

    /// <summary>Reads a symbol; 16 bits must be available. An invalid code gives 0 and sets <see cref="IsBroken"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int TakeSymbol(JpegHuffman* table)
    {
        int entry = table->Lookup[(int)(Bits >> (64 - JpegHuffman.LookupBits))];
        if (entry == 0) entry = JpegHuffman.FindLong(table, (int)(Bits >> 48));
        if (entry == 0) IsBroken = true;
        Drop(entry >> 8);
        return entry & 0xFF;
    }
}
