using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Threading;

namespace NoDeps.Primitives;

/// <summary>
/// <see cref="Crc32"/> with eight tables, eight bytes at a time ("slicing-by-8": M. E. Kounavis and F. L. Berry, "Novel
/// Table Lookup-Based Algorithms for High-Performance CRC Generation", IEEE Transactions on Computers 57, 2008).
/// </summary>
public static unsafe class Crc32Slice8
{
    /// <summary>As <see cref="Crc32.Update"/>.</summary>
    public static uint Update(uint crc, ReadOnlySpan<byte> data)
    {
        crc = ~crc;
        fixed (byte* start = data)
        fixed (uint* table = Table)
        {
            byte* p = start;
            int left = data.Length;
            for (; left >= 8; left -= 8, p += 8)
            {
                uint low = crc ^ Unsafe.ReadUnaligned<uint>(p);
                uint high = Unsafe.ReadUnaligned<uint>(p + 4);
                crc = table[7 * 256 + (low & 0xFF)] ^ table[6 * 256 + ((low >> 8) & 0xFF)]
                    ^ table[5 * 256 + ((low >> 16) & 0xFF)] ^ table[4 * 256 + (low >> 24)]
                    ^ table[3 * 256 + (high & 0xFF)] ^ table[2 * 256 + ((high >> 8) & 0xFF)]
                    ^ table[1 * 256 + ((high >> 16) & 0xFF)] ^ table[high >> 24];
            }
            for (; left > 0; left--) crc = (crc >> 8) ^ table[(byte)crc ^ *p++];
        }
        return ~crc;
    }

    private struct Entries
    {
        public fixed uint Entry[Tables * 256];
    }

    private const int Tables = 8;

    private static Entries s_table;
    private static int s_isReady;

    /// <summary>
    /// The tables: entry 256·k + b is the effect of byte b on the register after k more zero bytes; k = 0 is the
    /// classic table. They are 8 KiB, so they are computed at their first use. Threads that race here write the same
    /// values.
    /// </summary>
    public static ReadOnlySpan<uint> Table
    {
        get
        {
            if (Volatile.Read(ref s_isReady) == 0) Compute();
            return MemoryMarshal.CreateSpan(ref s_table.Entry[0], Tables * 256);
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Compute()
    {
        for (int i = 0; i < Tables * 256; i++)
        {
            // The first table starts from the bytes themselves. Each further one adds a zero byte: eight more steps.
            uint entry = i < 256 ? (uint)i : s_table.Entry[i - 256];
            for (int bit = 0; bit < 8; bit++) entry = (entry >> 1) ^ (Crc32.Polynomial & (0 - (entry & 1)));
            s_table.Entry[i] = entry;
        }
        Volatile.Write(ref s_isReady, 1);
    }
}
