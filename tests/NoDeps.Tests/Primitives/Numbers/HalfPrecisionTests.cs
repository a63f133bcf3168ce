using FsCheck.Xunit;
using NoDeps.Primitives;
using Xunit;

namespace NoDeps.Tests.Primitives.Numbers;

/// <summary>Half precision and bfloat16 against .NET's.</summary>
public sealed class HalfPrecisionTests
{
    [Fact]
    public void EveryHalfIsWhatDotNetSays()
    {
        for (int bits = 0; bits <= ushort.MaxValue; bits++)
        {
            float expected = (float)BitConverter.UInt16BitsToHalf((ushort)bits), found = HalfPrecision.ToSingle((ushort)bits);
            Assert.True(BitConverter.SingleToUInt32Bits(expected) == BitConverter.SingleToUInt32Bits(found), $"{bits:x4}");
            if (!float.IsNaN(found)) Assert.Equal(bits, HalfPrecision.FromSingle(found));
        }
    }

    [Fact]
    public void EveryBrainFloatIsTheUpperHalfAndComesBack()
    {
        for (int bits = 0; bits <= ushort.MaxValue; bits++)
        {
            float value = BrainFloat.ToSingle((ushort)bits);
            Assert.Equal((uint)bits << 16, BitConverter.SingleToUInt32Bits(value));
            Assert.Equal(float.IsNaN(value) ? bits | 0x40 : bits, BrainFloat.FromSingle(value));
        }
    }

    [Property(MaxTest = 20000)]
    public void SinglesRoundAsDotNetDoes(uint bits)
    {
        AssertRounds(bits);
        // Around the halves, where numbers are equally near to two of them.
        uint near = BitConverter.SingleToUInt32Bits(HalfPrecision.ToSingle((ushort)bits));
        for (uint last = 0x0FFE; last <= 0x1002; last++) AssertRounds(near ^ last);
        for (uint last = 0x1FFE; last <= 0x2002; last++) AssertRounds(near ^ last);
    }

    /// <summary>All signs, exponents and upper fraction bits, with what decides the rounding.</summary>
    [Fact]
    public void ASweepOfSingles()
    {
        for (uint high = 0; high < 1 << 20; high++)
            foreach (uint low in (ReadOnlySpan<uint>)[0, 1, 0x7FF, 0x800, 0x801, 0xFFF]) AssertRounds(high << 12 | low);
    }

    [Property(MaxTest = 20000)]
    public void SinglesRoundToTheNearestBrainFloat(uint bits)
    {
        float value = BitConverter.UInt32BitsToSingle(bits);
        ushort found = BrainFloat.FromSingle(value);
        if (float.IsNaN(value))
        {
            Assert.True(float.IsNaN(BrainFloat.ToSingle(found)));
            return;
        }
        // Distances as integers: the numbers of one sign are in the order of their bits.
        long distance = Math.Abs((long)bits - ((long)found << 16));
        Assert.InRange(distance, 0, 0x8000);
        if (distance == 0x8000) Assert.Equal(0, found & 1);
    }

    private static void AssertRounds(uint bits)
    {
        float value = BitConverter.UInt32BitsToSingle(bits);
        ushort expected = BitConverter.HalfToUInt16Bits((Half)value), found = HalfPrecision.FromSingle(value);
        if (expected != found) Assert.Fail($"{bits:x8}: expected {expected:x4}, found {found:x4}");
    }
}
