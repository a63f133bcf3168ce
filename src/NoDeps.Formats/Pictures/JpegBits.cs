using System.Buffers.Binary;
using System.Runtime.CompilerServices;

namespace NoDeps.Formats;

/// <summary>
/// Reads the entropy-coded data of a scan: removes the zero after each FF byte, stops at a marker, and goes on with zero
/// bits there, which <see cref="IsOverrun"/> tells. The next bit is the highest of <see cref="Bits"/>.
/// </summary>
internal unsafe struct JpegBits
{
    private const ulong Ones = 0x0101010101010101, Highs = 0x8080808080808080;

    /// <summary>The next byte of the file.</summary>
    public byte* At;
    /// <summary>One past the last byte of the file.</summary>
    public byte* Limit;
    /// <summary>Bits read ahead, the next one highest; those below <see cref="Count"/> are zero or repeat what comes next.</summary>
    public ulong Bits;
    /// <summary>How many of the bits are there to use.</summary>
    public int Count;
    /// <summary>How many zero bits were appended since the data ended.</summary>
    public int Missing;
    /// <summary>True after a code that is in no table, or a run past the end of its block.</summary>
    public bool IsBroken;

    /// <summary>True when more bits were used than there are.</summary>
    public readonly bool IsOverrun => Count < Missing;

    /// <summary>Forgets what was read ahead and goes on at a place.</summary>
    public void Start(byte* at)
    {
        At = at;
        Bits = 0;
        Count = Missing = 0;
    }

    /// <summary>Sees to it that 48 bits are there.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Refill()
    {
        if (Count < 48) RefillAlways();
    }

    /// <summary>Takes as many bytes as there is room for.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void RefillAlways()
    {
        if (Limit - At >= 8)
        {
            ulong next = BinaryPrimitives.ReverseEndianness(Unsafe.ReadUnaligned<ulong>(At));
            // No byte is FF: none of the complement is zero.
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
    /// <see cref="Refill"/> for a loop that keeps <see cref="Bits"/> and <see cref="Count"/> in variables of its own, to 32
    /// bits at least: as many as a code and its number have.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Refill(JpegBits* home, ref ulong bits, ref int count)
    {
        if (count >= 32) return;
        byte* at = home->At;
        if (home->Limit - at >= 8)
        {
            ulong next = BinaryPrimitives.ReverseEndianness(Unsafe.ReadUnaligned<ulong>(at));
            if (((~next - Ones) & next & Highs) == 0)
            {
                bits |= next >> count;
                int bytes = (63 - count) >> 3;
                home->At = at + bytes;
                count += bytes * 8;
                return;
            }
        }
        home->Bits = bits;
        home->Count = count;
        home->RefillSlowly();
        bits = home->Bits;
        count = home->Count;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void RefillSlowly()
    {
        while (Count <= 56)
        {
            int value = NextByte();
            if (value < 0)
            {
                // Nothing but zeros from here on; what is below Count was never set beyond the end of the data.
                Missing += 64 - Count;
                Count = 64;
                return;
            }
            Bits |= (ulong)value << (56 - Count);
            Count += 8;
        }
    }

    /// <summary>One byte of data; −1 at a marker and at the end of the file, which stay where they are.</summary>
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

    /// <summary>Uses up bits; there must be as many.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Drop(int bits)
    {
        Bits <<= bits;
        Count -= bits;
    }

    /// <summary>One bit.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int ReadBit()
    {
        if (Count == 0) RefillAlways();
        int bit = (int)(Bits >> 63);
        Drop(1);
        return bit;
    }

    /// <summary>A number of 1 to 16 bits, without sign; there must be as many.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int Take(int bits)
    {
        int value = (int)(Bits >> (64 - bits));
        Drop(bits);
        return value;
    }

    /// <summary>
    /// A number of 1 to 16 bits with the sign of T.81 figure F.12: a first bit of 0 means that 2^bits − 1 is to be
    /// subtracted. There must be as many bits.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int TakeSigned(int bits)
    {
        int isPositive = (int)((long)Bits >> 63);
        int value = (int)(Bits >> (64 - bits));
        Drop(bits);
        return value + (((-1 << bits) + 1) & ~isPositive);
    }

    /// <summary>A symbol; 16 bits must be there. 0, and <see cref="IsBroken"/> is set, where no code fits.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int TakeSymbol(JpegHuffman* table)
    {
        int entry = table->Look[(int)(Bits >> (64 - JpegHuffman.LookBits))];
        if (entry == 0) entry = JpegHuffman.FindLong(table, (int)(Bits >> 48));
        if (entry == 0) IsBroken = true;
        Drop(entry >> 8);
        return entry & 0xFF;
    }
}
