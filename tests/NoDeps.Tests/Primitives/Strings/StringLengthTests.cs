using FsCheck;
using FsCheck.Xunit;
using NoDeps.Primitives;
using Xunit;

namespace NoDeps.Tests.Primitives;

/// <summary>
/// Both forms of string length against IndexOf, at every alignment and up to a page that may not be read.
/// </summary>
public sealed unsafe class StringLengthTests
{
    [Property(MaxTest = 3000)]
    public void IsTheIndexOfTheFirstZeroAtEveryAlignment(byte[] content, byte before)
    {
        byte[] text = [.. Enumerable.Repeat(before, 16), .. content, 0, .. content, 0];
        fixed (byte* start = text)
        {
            for (int offset = 0; offset < 16; offset++)
            {
                int expected = text.AsSpan(offset).IndexOf((byte)0);
                Assert.Equal(expected, StringLength.Of(start + offset));
                Assert.Equal(expected, StringLengthSwar.Of(start + offset));
            }
        }
    }

    [Fact]
    public void EndsExactlyAtAPageThatMayNotBeRead()
    {
        using var page = new GuardedMemory();
        page.Bytes.Fill(0xFF);
        page.End[-1] = 0;
        for (int length = 0; length < page.Size; length++)
        {
            Assert.Equal(length, StringLengthSwar.Of(page.End - 1 - length));
            if (length < 300) Assert.Equal(length, StringLength.Of(page.End - 1 - length));
        }
    }

    [Fact]
    public void BeginsExactlyAfterAPageThatMayNotBeRead()
    {
        using var page = new GuardedMemory();
        page.Bytes.Fill(1);
        for (int start = 0; start < 24; start++)
        {
            for (int end = start; end < start + 100; end++)
            {
                page.Start[end] = 0;
                Assert.Equal(end - start, StringLengthSwar.Of(page.Start + start));
                Assert.Equal(end - start, StringLength.Of(page.Start + start));
                page.Start[end] = 1;
            }
        }
    }

    [Fact]
    public void NoByteValuesLookLikeAZeroToTheCarryTrick()
    {
        // Every pair of neighbours, at every place of a word, with the zero right behind.
        using var page = new GuardedMemory();
        page.Bytes.Fill(0x80);
        for (int first = 1; first < 256; first++)
        {
            for (int second = 1; second < 256; second++)
            {
                int place = (first + second) & 7;
                page.Start[place] = (byte)first;
                page.Start[place + 1] = (byte)second;
                page.Start[place + 2] = 0;
                Assert.Equal(place + 2, StringLengthSwar.Of(page.Start));
                page.Bytes.Slice(place, 3).Fill(0x80);
            }
        }
    }
}
