using FsCheck;
using FsCheck.Xunit;
using NoDeps.Primitives;
using Xunit;

namespace NoDeps.Tests.Primitives;

/// <summary>Philox against its authors' published vectors, and what is made of its numbers.</summary>
public sealed class PhiloxTests
{
    // The known-answer file of the authors' library Random123.
    [Theory]
    [InlineData(0, 0, 0, 0, 0, 0, 0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8)]
    [InlineData(0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff,
        0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd)]
    [InlineData(0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344, 0xa4093822, 0x299f31d0,
        0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1)]
    public void PublishedVectors(
        uint c0, uint c1, uint c2, uint c3, uint k0, uint k1, uint r0, uint r1, uint r2, uint r3)
    {
        Philox.Block(ref c0, ref c1, ref c2, ref c3, k0, k1);
        Assert.Equal((r0, r1, r2, r3), (c0, c1, c2, c3));
    }

    [Property(MaxTest = 2000)]
    public void AGeneratorReadsTheBlocksOfItsStreamInOrder(
        DoNotSize<ulong> seed, DoNotSize<ulong> stream, DoNotSize<ulong> block)
    {
        var random = new Philox(seed.Item, stream.Item);
        random.Seek(block.Item);
        for (ulong i = 0; i < 3; i++)
        {
            ulong number = unchecked(block.Item + i);
            uint c0 = (uint)number, c1 = (uint)(number >> 32);
            uint c2 = (uint)stream.Item, c3 = (uint)(stream.Item >> 32);
            Philox.Block(ref c0, ref c1, ref c2, ref c3, (uint)seed.Item, (uint)(seed.Item >> 32));
            foreach (uint expected in new[] { c0, c1, c2, c3 }) Assert.Equal(expected, random.NextUInt32());
        }
    }

    [Fact]
    public void TheFirstNumbersOfSeedZeroAreThePublishedBlock()
    {
        var random = new Philox(0, 0);
        Assert.Equal(0xe169c58d6627e8d5, random.NextUInt64());
        Assert.Equal(0x9b00dbd8bc57ac4c, random.NextUInt64());
    }

    [Property(MaxTest = 2000)]
    public void FractionsAreTheUpperBits(DoNotSize<ulong> seed)
    {
        var bits = new Philox(seed.Item, 1);
        var floats = new Philox(seed.Item, 1);
        var doubles = new Philox(seed.Item, 1);
        for (int i = 0; i < 4; i++)
        {
            float value = floats.NextSingle();
            Assert.InRange(value, 0f, 1f - 1f / (1 << 24));
            Assert.Equal(bits.NextUInt32() >> 8, value * (1 << 24));
        }
        Assert.InRange(doubles.NextDouble(), 0, 1 - 1.0 / (1UL << 53));
    }

    [Property(MaxTest = 2000)]
    public void BoundsHold(DoNotSize<ulong> seed, DoNotSize<uint> bound, byte shift)
    {
        uint below = Math.Max(1, bound.Item >> (shift & 31));
        var random = new Philox(seed.Item, 2);
        for (int i = 0; i < 20; i++) Assert.True(random.NextBelow(below) < below);
    }

    [Theory]
    [InlineData(2), InlineData(3), InlineData(10), InlineData(1000)]
    public void BoundedNumbersAreUniform(int bound)
    {
        const int PerCell = 1000;
        var random = new Philox(20260101, 3);
        int[] counts = new int[bound];
        for (int i = 0; i < PerCell * bound; i++) counts[random.NextBelow((uint)bound)]++;
        Assert.InRange(ChiSquare(counts, PerCell), 0, bound - 1 + 5 * Math.Sqrt(2 * bound));
    }

    [Fact]
    public void AWideBoundIsNotBiased()
    {
        // Without rejection, of three values around a bound of 3/4 · 2^32 one would be twice as likely as the others.
        const uint Bound = 3u << 30;
        var random = new Philox(7, 4);
        int[] counts = new int[3];
        for (int i = 0; i < 30000; i++) counts[random.NextBelow(Bound) % 3]++;
        Assert.InRange(ChiSquare(counts, 10000), 0, 20);
    }

    [Property(MaxTest = 500)]
    public void APermutationHoldsEveryNumberOnce(DoNotSize<ulong> seed, byte length)
    {
        int[] items = new int[length];
        new Philox(seed.Item, 5).Permutation(items);
        Assert.Equal(Enumerable.Range(0, length), items.Order());
    }

    [Fact]
    public void AllOrdersOfFourAreAsLikely()
    {
        const int PerOrder = 1000;
        var random = new Philox(99, 6);
        var counts = new Dictionary<string, int>();
        int[] items = new int[4];
        for (int i = 0; i < 24 * PerOrder; i++)
        {
            random.Permutation(items);
            string order = string.Concat(items);
            counts[order] = counts.GetValueOrDefault(order) + 1;
        }
        Assert.Equal(24, counts.Count);
        Assert.InRange(ChiSquare([.. counts.Values], PerOrder), 0, 60);
    }

    [Fact]
    public void ACopyGoesOnByItself()
    {
        var random = new Philox(1, 1);
        random.NextUInt32();
        Philox copy = random;
        uint[] first = [random.NextUInt32(), random.NextUInt32(), random.NextUInt32(), random.NextUInt32()];
        uint[] second = [copy.NextUInt32(), copy.NextUInt32(), copy.NextUInt32(), copy.NextUInt32()];
        Assert.Equal(first, second);
    }

    private static double ChiSquare(int[] counts, double expected) =>
        counts.Sum(c => (c - expected) * (c - expected) / expected);
}
