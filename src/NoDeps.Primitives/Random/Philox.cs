using System;
using System.Runtime.Intrinsics.X86;

namespace NoDeps.Primitives;

/// <summary>
/// Random numbers by counting: Philox4x32-10 of Salmon, Moraes, Dror and Shaw, "Parallel random numbers: as easy as
/// 1, 2, 3" (SC 2011). A block of four 32-bit numbers is a function of a 64-bit key and a 128-bit counter, and of
/// nothing else, so that every stream, and every place in it, can be had at once and from any thread.
/// </summary>
/// <remarks>
/// The key is the seed; the upper half of the counter is the stream and the lower half counts blocks: 2^64 streams of
/// 2^66 numbers for each seed. A generator is a value: a copy goes on from the same place, independently.
/// </remarks>
public unsafe struct Philox
{
    internal const uint Multiplier0 = 0xD2511F53;
    internal const uint Multiplier1 = 0xCD9E8D57;
    internal const uint Weyl0 = 0x9E3779B9;
    internal const uint Weyl1 = 0xBB67AE85;
    internal const int Rounds = 10;
    // Eight blocks: with vectors they take no longer than one does without.
    private const int BufferedBlocks = 8;
    private const int Buffered = 4 * BufferedBlocks;

    private readonly ulong seed;
    private readonly ulong stream;
    // The block after those in the buffer.
    private ulong block;
    private int used;
    private fixed uint buffer[Buffered];

    /// <summary>A generator at the start of stream <paramref name="stream"/> of <paramref name="seed"/>.</summary>
    public Philox(ulong seed, ulong stream)
    {
        this.seed = seed;
        this.stream = stream;
        block = 0;
        used = Buffered;
    }

    /// <summary>
    /// The block itself: replaces the counter (<paramref name="x0"/> its lowest 32 bits) by the four random numbers
    /// that belong to it and to the key.
    /// </summary>
    public static void Block(ref uint x0, ref uint x1, ref uint x2, ref uint x3, uint key0, uint key1)
    {
        uint a = x0;
        uint b = x1;
        uint c = x2;
        uint d = x3;
        for (int round = 0; round < Rounds; round++)
        {
            ulong product0 = (ulong)Multiplier0 * a;
            ulong product1 = (ulong)Multiplier1 * c;
            a = (uint)(product1 >> 32) ^ b ^ key0;
            b = (uint)product1;
            c = (uint)(product0 >> 32) ^ d ^ key1;
            d = (uint)product0;
            key0 += Weyl0;
            key1 += Weyl1;
        }
        x0 = a;
        x1 = b;
        x2 = c;
        x3 = d;
    }

    /// <summary>
    /// Goes to the first number of block <paramref name="block"/> of the stream: its number 4 · block.
    /// </summary>
    public void Seek(ulong block)
    {
        this.block = block;
        used = Buffered;
    }

    /// <summary>The next number, each of 2^32 as likely.</summary>
    public uint NextUInt32()
    {
        if (used == Buffered) Refill();
        return buffer[used++];
    }

    /// <summary>The next number, each of 2^64 as likely: two of 32 bits, the lower half first.</summary>
    public ulong NextUInt64()
    {
        uint low = NextUInt32();
        return ((ulong)NextUInt32() << 32) | low;
    }

    /// <summary>A number in [0, 1): k / 2^24 for each k below 2^24 as likely, from one 32-bit number.</summary>
    public float NextSingle() => (NextUInt32() >> 8) * (1.0f / (1 << 24));

    /// <summary>A number in [0, 1): k / 2^53 for each k below 2^53 as likely, from two 32-bit numbers.</summary>
    public double NextDouble() => (NextUInt64() >> 11) * (1.0 / (1UL << 53));

    /// <summary>
    /// A number of the normal distribution with mean 0 and standard deviation 1, from four 32-bit numbers: √(−2 ln u)·cos 2πv
    /// with u in (0, 1] and v in [0, 1) (Box and Muller, "A note on the generation of random normal deviates", 1958). At
    /// most 8.6 from 0.
    /// </summary>
    public double NextNormal()
    {
        double u = ((NextUInt64() >> 11) + 1) * (1.0 / (1UL << 53));
        return Math.Sqrt(-2 * Logarithm.Natural(u)) * Cosine.Of(6.283185307179586 * NextDouble());
    }

    /// <summary>The next numbers, those of as many calls of <see cref="NextUInt32"/>, many blocks at a time.</summary>
    public void Fill(Span<uint> to)
    {
        int i = 0;
        while (used != Buffered && i < to.Length) to[i++] = buffer[used++];
        nint blocks;
        fixed (uint* start = to) blocks = FillBlocks(start + i, (to.Length - i) / 4, seed, stream, block);
        block += (ulong)blocks;
        i += 4 * (int)blocks;
        while (i < to.Length) to[i++] = NextUInt32();
    }

    /// <summary>The next numbers in [0, 1), those of as many calls of <see cref="NextSingle"/>.</summary>
    public void Fill(Span<float> to)
    {
        fixed (float* start = to)
        {
            Fill(new Span<uint>(start, to.Length));
            for (int i = 0; i < to.Length; i++) start[i] = (int)(((uint*)start)[i] >> 8) * (1.0f / (1 << 24));
        }
    }

    /// <summary>The next numbers in [0, 1), those of as many calls of <see cref="NextDouble"/>, at most 2^30 − 1.</summary>
    public void Fill(Span<double> to)
    {
        fixed (double* start = to)
        {
            Fill(new Span<uint>(start, 2 * to.Length));
            for (int i = 0; i < to.Length; i++) start[i] = (long)(((ulong*)start)[i] >> 11) * (1.0 / (1UL << 53));
        }
    }

    private void Refill()
    {
        fixed (uint* start = buffer) FillBlocks(start, BufferedBlocks, seed, stream, block);
        block += BufferedBlocks;
        used = 0;
    }

    // At most that many blocks; how many: a multiple of 4 or 8.
    private static nint FillBlocks(uint* to, nint blocks, ulong seed, ulong stream, ulong block)
    {
        if (Avx512F.IsSupported) return PhiloxAvx512.Fill(to, blocks, seed, stream, block);
        if (PrimitiveTable.Wide.Philox != null) return PrimitiveTable.Wide.Philox(to, blocks, seed, stream, block);
        return Avx2.IsSupported ? PhiloxAvx2.Fill(to, blocks, seed, stream, block)
            : PhiloxScalar.Fill(to, blocks, seed, stream, block);
    }

    /// <summary>
    /// A whole number in [0, <paramref name="bound"/>), each exactly as likely: the upper half of a product, with the
    /// few products rejected that would make some results likelier (Lemire, "Fast random integer generation in an
    /// interval", 2019, algorithm 5). The bound is at least 1.
    /// </summary>
    public uint NextBelow(uint bound)
    {
        ulong product = (ulong)NextUInt32() * bound;
        if ((uint)product < bound)
        {
            uint surplus = (0 - bound) % bound;
            while ((uint)product < surplus) product = (ulong)NextUInt32() * bound;
        }
        return (uint)(product >> 32);
    }

    /// <summary>
    /// Puts the items into a random order, each of the n! as likely (Fisher and Yates; Knuth, volume 2, algorithm P).
    /// </summary>
    public void Shuffle(Span<int> items)
    {
        for (int i = items.Length - 1; i > 0; i--)
        {
            int j = (int)NextBelow((uint)i + 1);
            int item = items[i];
            items[i] = items[j];
            items[j] = item;
        }
    }

    /// <summary>Fills <paramref name="items"/> with 0, 1, 2, … in a random order.</summary>
    public void Permutation(Span<int> items)
    {
        for (int i = 0; i < items.Length; i++) items[i] = i;
        Shuffle(items);
    }
}
