using System.Numerics;
using FsCheck;
using FsCheck.Xunit;
using NoDeps.Primitives;
using Xunit;

namespace NoDeps.Tests.Primitives;

/// <summary>Trailing zeros against BitOperations, and the sequence and the tables they stand on.</summary>
public sealed class TrailingZerosTests
{
    [Property(MaxTest = 10000)]
    public bool CountsAsBitOperationsDo(DoNotSize<ulong> value, byte shift)
    {
        ulong shifted = value.Item << (shift & 63);
        return TrailingZeros.Count(value.Item) == BitOperations.TrailingZeroCount(value.Item)
            && TrailingZeros.Count(shifted) == BitOperations.TrailingZeroCount(shifted)
            && TrailingZeros.Count((uint)shifted) == BitOperations.TrailingZeroCount((uint)shifted);
    }

    [Fact]
    public void EverySingleBitAndZero()
    {
        Assert.Equal(64, TrailingZeros.Count(0UL));
        Assert.Equal(32, TrailingZeros.Count(0U));
        for (int i = 0; i < 64; i++) Assert.Equal(i, TrailingZeros.Count(1UL << i));
        for (int i = 0; i < 32; i++) Assert.Equal(i, TrailingZeros.Count(1U << i));
    }

    [Fact]
    public void ThePapersTableBelongsToTheGreedySequenceReadInReverse()
    {
        Assert.Equal(0x0245434CB63AE7BFUL, DeBruijn.PreferLargest(6));
        byte[] table = new byte[64];
        DeBruijn.FillTable(table, DeBruijn.PreferLargest(6), 6);
        Assert.Equal(TrailingZeros.Table64.ToArray(), table);
    }

    [Fact]
    public void TheTableOfThirtyTwoBelongsToItsSequence()
    {
        Assert.Equal(0x04A359DFUL, DeBruijn.PreferLargest(5));
        byte[] table = new byte[32];
        DeBruijn.FillTable(table, DeBruijn.PreferLargest(5), 5);
        Assert.Equal(TrailingZeros.Table32.ToArray(), table);
    }

    [Fact]
    public void TheSequenceBeginsAsInThePaper()
    {
        // The paper's example, after 00000; it leaves 111111 out, which the rule gives next.
        string appended = string.Concat(Enumerable.Range(0, 64).Select(i => (DeBruijn.PreferLargest(6) >> i) & 1));
        Assert.StartsWith("11111101", appended);
        string[] words = ["000001", "000011", "000111", "001111", "011111", "111111", "111110", "111101"];
        string text = "00000" + appended;
        for (int i = 0; i < words.Length; i++) Assert.Equal(words[i], text.Substring(i, 6));
    }

    [Theory]
    [InlineData(1), InlineData(2), InlineData(3), InlineData(4), InlineData(5), InlineData(6)]
    public void EveryWordOccursOnce(int order)
    {
        int length = 1 << order;
        ulong sequence = DeBruijn.PreferLargest(order);
        var words = new HashSet<ulong>();
        for (int i = 0; i < length; i++)
        {
            ulong word = 0;
            for (int j = 0; j < order; j++) word = (word << 1) | ((sequence >> ((i + j) % length)) & 1);
            words.Add(word);
        }
        Assert.Equal(length, words.Count);
        Assert.Equal(0UL, length == 64 ? 0 : sequence >> length);
    }
}
