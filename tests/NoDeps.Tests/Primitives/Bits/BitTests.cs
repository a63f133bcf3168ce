using System.Numerics;
using FsCheck;
using FsCheck.Xunit;
using NoDeps.Primitives;
using Xunit;

namespace NoDeps.Tests.Primitives;

/// <summary>Zeros, ones and the highest 1, by arithmetic and by instruction, against BitOperations.</summary>
public sealed class BitTests
{
    [Property(MaxTest = 10000)]
    public void RandomNumbersOfEveryLength(DoNotSize<ulong> value, byte shift)
    {
        Same(value.Item);
        Same(value.Item << (shift & 63));
        Same(value.Item >> (shift & 63));
    }

    [Fact]
    public void ZeroPowersAndTheirNeighbors()
    {
        Same(0);
        Same(ulong.MaxValue);
        for (int i = 0; i < 64; i++)
        {
            ulong power = 1UL << i;
            Same(power);
            Same(power - 1);
            Same(power + 1);
            Same(0 - power);
            for (int j = 0; j < i; j++) Same(power | 1UL << j);
        }
    }

    [Fact]
    public void EveryNumberOfSixteenBitsAtEachEnd()
    {
        for (ulong value = 0; value < 65536; value++)
        {
            Same(value);
            Same(value << 48);
            Same(value << 16);
        }
    }

    // The number and its lower half, as 32 bits.
    private static void Same(ulong value)
    {
        uint half = (uint)value;
        Assert.Equal(BitOperations.TrailingZeroCount(value), TrailingZeros.Count(value));
        Assert.Equal(BitOperations.TrailingZeroCount(half), TrailingZeros.Count(half));
        Assert.Equal(BitOperations.TrailingZeroCount(value), TrailingZerosHardware.Count(value));
        Assert.Equal(BitOperations.TrailingZeroCount(half), TrailingZerosHardware.Count(half));
        Assert.Equal(BitOperations.LeadingZeroCount(value), LeadingZeros.Count(value));
        Assert.Equal(BitOperations.LeadingZeroCount(half), LeadingZeros.Count(half));
        Assert.Equal(BitOperations.LeadingZeroCount(value), LeadingZerosHardware.Count(value));
        Assert.Equal(BitOperations.LeadingZeroCount(half), LeadingZerosHardware.Count(half));
        Assert.Equal(BitOperations.PopCount(value), BitCount.Of(value));
        Assert.Equal(BitOperations.PopCount(half), BitCount.Of(half));
        Assert.Equal(BitOperations.PopCount(value), BitCountHardware.Of(value));
        Assert.Equal(BitOperations.PopCount(half), BitCountHardware.Of(half));
        Assert.Equal(BitOperations.Log2(value), Log2.Floor(value));
        Assert.Equal(BitOperations.Log2(half), Log2.Floor(half));
        Assert.Equal(BitOperations.Log2(value), Log2Hardware.Floor(value));
        Assert.Equal(BitOperations.Log2(half), Log2Hardware.Floor(half));
    }
}
