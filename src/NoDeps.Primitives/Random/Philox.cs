using System;
using System.Runtime.Intrinsics.X86;

namespace NoDeps.Primitives;

/// <summary>
/// A counter-based random number generator: Philox4x32-10 of Salmon, Moraes, Dror and Shaw, "Parallel random numbers: as
/// easy as 1, 2, 3" (SC 2011). A block of four 32-bit numbers is a pure function of a 64-bit key and a 128-bit counter, so
/// any position in any stream is directly accessible from any thread.
/// </summary>
/// <remarks>
/// The key is the seed. The upper half of the counter is the stream, the lower half counts blocks: 2^64 streams of 2^66
/// numbers per seed. A generator is a value: a copy continues from the same position, independently.
/// </remarks>
public unsafe struct Philox
{
    internal const uint Multiplier0 = 0xD2511F53;
    internal const uint Multiplier1 = 0xCD9E8D57;
    internal const uint Weyl0 = 0x9E3779B9;
    internal const uint Weyl1 = 0xBB67AE85;
    internal const int Rounds = 10;
    // With vectors, eight blocks take no longer than one takes without.
    private const int BufferedBlocks = 8;
    private const int Buffered = 4 * BufferedBlocks;

    private readonly ulong _seed;
    private readonly ulong _stream;
    // The index of the block after those in the buffer.
    private ulong _block;
    private int _used;
    private fixed uint _buffer[Buffered];

    /// <summary>A generator at the start of stream <paramref name="stream"/> of <paramref name="seed"/>.</summary>
    public Philox(ulong seed, ulong stream)
    {
        _seed = seed;
        _stream = stream;
        _block = 0;
        _used = Buffered;
    }

    /// <summary>
    /// The Philox function: replaces the counter (lowest 32 bits in <paramref name="x0"/>) by the four random numbers
    /// that it and the key determine.
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

    /// <summary>Moves to the first number of block <paramref name="block"/>: number 4 · block of the stream.</summary>
    public void Seek(ulong block)
    {
        _block = block;
        _used = Buffered;
    }

    /// <summary>The next number, uniform over all 2^32 values.</summary>
    public uint NextUInt32()
    {
        if (_used == Buffered) Refill();
        return _buffer[_used++];
    }

    /// <summary>The next number, uniform over all 2^64 values: two 32-bit numbers, the lower half first.</summary>
    public ulong NextUInt64()
    {
        uint low = NextUInt32();
        return ((ulong)NextUInt32() << 32) | low;
    }

    /// <summary>A number in [0, 1), uniform over the multiples of 2^−24, from one 32-bit number.</summary>
    public float NextSingle() => (NextUInt32() >> 8) * (1.0f / (1 << 24));

    /// <summary>A number in [0, 1), uniform over the multiples of 2^−53, from two 32-bit numbers.</summary>
    public double NextDouble() => (NextUInt64() >> 11) * (1.0 / (1UL << 53));

    /// <summary>
    /// A sample of the standard normal distribution, from four 32-bit numbers: √(−2 ln u) · cos 2πv with u in (0, 1]
    /// and v in [0, 1) (Box and Muller, "A note on the generation of random normal deviates", 1958). Its magnitude is
    /// at most 8.6.
    /// </summary>
    public double NextNormal()
    {
        double u = ((NextUInt64() >> 11) + 1) * (1.0 / (1UL << 53));
        return Math.Sqrt(-2 * Logarithm.Natural(u)) * Cosine.Of(6.283185307179586 * NextDouble());
    }

    /// <summary>Writes the next numbers, as repeated <see cref="NextUInt32"/> would, many blocks at a time.</summary>
    public void Fill(Span<uint> to)
    {
        int i = 0;
        while (_used != Buffered && i < to.Length) to[i++] = _buffer[_used++];
        nint blocks;
        fixed (uint* start = to) blocks = FillBlocks(start + i, (to.Length - i) / 4, _seed, _stream, _block);
        _block += (ulong)blocks;
        i += 4 * (int)blocks;
        while (i < to.Length) to[i++] = NextUInt32();
    }

    /// <summary>Writes the next numbers in [0, 1), as repeated <see cref="NextSingle"/> would.</summary>
    public void Fill(Span<float> to)
    {
        fixed (float* start = to)
        {
            Fill(new Span<uint>(start, to.Length));
            for (int i = 0; i < to.Length; i++) start[i] = (int)(((uint*)start)[i] >> 8) * (1.0f / (1 << 24));
        }
    }

    /// <summary>
    /// Writes the next numbers in [0, 1), at most 2^30 − 1 of them, as repeated <see cref="NextDouble"/> would.
    /// </summary>
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
        fixed (uint* start = _buffer) FillBlocks(start, BufferedBlocks, _seed, _stream, _block);
        _block += BufferedBlocks;
        _used = 0;
    }

    // Writes at most that many blocks, with vectors a multiple of 4 or 8, and returns the number written.
    private static nint FillBlocks(uint* to, nint blocks, ulong seed, ulong stream, ulong block)
    {
        if (Avx512F.IsSupported) return PhiloxAvx512.Fill(to, blocks, seed, stream, block);
        if (PrimitiveTable.Avx512.Philox != null) return PrimitiveTable.Avx512.Philox(to, blocks, seed, stream, block);
        return Avx2.IsSupported
            ? PhiloxAvx2.Fill(to, blocks, seed, stream, block)
            : PhiloxScalar.Fill(to, blocks, seed, stream, block);
    }

    /// <summary>
    /// A uniform integer in [0, <paramref name="bound"/>), without bias, for a bound of at least 1: the upper half of a
    /// product, after rejecting the few products that would favor some results (Lemire, "Fast random integer generation
    /// in an interval", 2019, algorithm 5).
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
    /// Shuffles the items; all n! permutations are equally likely (Fisher and Yates; Knuth, volume 2, algorithm P).
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

    /// <summary>Fills <paramref name="items"/> with a random permutation of 0, 1, 2, …</summary>
    public void Permutation(Span<int> items)
    {
        for (int i = 0; i < items.Length; i++) items[i] = i;
        Shuffle(items);
    }
}
