using System.Runtime.Intrinsics.X86;
using FsCheck;
using FsCheck.Xunit;
using NoDeps.Primitives;
using Xunit;

namespace NoDeps.Tests.Primitives;

/// <summary>
/// Every form of string length against IndexOf, at every alignment and up to a page that may not be read.
/// </summary>
public sealed unsafe class StringLengthTests
{
    private static readonly delegate*<byte*, nint>[] Forms = AllForms();

    private static delegate*<byte*, nint>[] AllForms()
    {
        var forms = new delegate*<byte*, nint>[Avx512BW.IsSupported ? 5 : Avx2.IsSupported ? 4 : 3];
        forms[0] = &StringLength.Of;
        forms[1] = &StringLengthScalar.Of;
        forms[2] = &StringLengthSwar.Of;
        if (Avx2.IsSupported) forms[3] = &StringLengthAvx2.Of;
        if (Avx512BW.IsSupported) forms[4] = &StringLengthAvx512.Of;
        return forms;
    }

    [Property(MaxTest = 2000)]
    public void IsTheIndexOfTheFirstZeroAtEveryAlignment(byte[] content, byte before)
    {
        byte[] text = [.. Enumerable.Repeat(before, 64), .. content, 0, .. content, 0];
        fixed (byte* start = text)
        {
            for (int offset = 0; offset < 64; offset++)
            {
                int expected = text.AsSpan(offset).IndexOf((byte)0);
                foreach (delegate*<byte*, nint> form in Forms) Assert.Equal(expected, form(start + offset));
            }
        }
    }

    [Property(MaxTest = 3000)]
    public void IsTheIndexOfTheFirstZeroInLongText(DoNotSize<uint> offset, DoNotSize<uint> length, DoNotSize<int> seed)
    {
        byte[] text = new byte[3000];
        new Random(seed.Item).NextBytes(text);
        for (int i = 0; i < text.Length; i++) text[i] = text[i] == 0 ? (byte)0x81 : text[i];
        int at = (int)(offset.Item % 300);
        text[at + (int)(length.Item % 2500)] = 0;
        text[^1] = 0;
        int expected = text.AsSpan(at).IndexOf((byte)0);
        fixed (byte* start = text)
        {
            foreach (delegate*<byte*, nint> form in Forms) Assert.Equal(expected, form(start + at));
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
            foreach (delegate*<byte*, nint> form in Forms) Assert.Equal(length, form(page.End - 1 - length));
        }
    }

    [Fact]
    public void BeginsExactlyAfterAPageThatMayNotBeRead()
    {
        using var page = new GuardedMemory();
        page.Bytes.Fill(1);
        for (int start = 0; start < 70; start++)
        {
            for (int end = start; end < start + 600; end += end < 200 ? 1 : 7)
            {
                page.Start[end] = 0;
                foreach (delegate*<byte*, nint> form in Forms) Assert.Equal(end - start, form(page.Start + start));
                page.Start[end] = 1;
            }
        }
    }

    [Fact]
    public void NoByteValuesLookLikeAZeroToTheCarryTrick()
    {
        // Every pair of neighbors, at every place of a word, with the zero right behind.
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
