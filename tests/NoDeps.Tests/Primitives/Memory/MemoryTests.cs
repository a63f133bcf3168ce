using System.Runtime.Intrinsics.X86;
using FsCheck;
using FsCheck.Xunit;
using NoDeps.Primitives;
using Xunit;

namespace NoDeps.Tests.Primitives;

/// <summary>Copy, fill and compare in each form, against Span and against pages that may not be touched.</summary>
public sealed unsafe class MemoryTests
{
    private const int MaxLength = 700;

    [Property(MaxTest = 5000)]
    public void CopiesAsSpanDoesHoweverTheRangesOverlap(
        DoNotSize<uint> source, DoNotSize<uint> destination, DoNotSize<uint> count)
    {
        int length = (int)(count.Item % MaxLength);
        // Mostly close to one another, so that they overlap.
        int from = 400 + (int)(source.Item % 400);
        int to = destination.Item % 3 == 0 ? (int)(destination.Item % 1200) : from + (int)(destination.Item % 81) - 40;
        for (int form = 0; form < 3; form++) CopyOnce(form, from, to, length);
    }

    [Fact]
    public void CopiesEveryShortLengthAtEveryShortDistance()
    {
        for (int length = 0; length <= 300; length++)
        {
            for (int distance = -40; distance <= 40; distance += length < 70 ? 1 : 7)
            {
                for (int form = 0; form < 3; form++) CopyOnce(form, 500, 500 + distance, length);
            }
        }
    }

    private static void CopyOnce(int form, int from, int to, int length)
    {
        byte[] expected = Pattern(2000);
        byte[] actual = Pattern(2000);
        expected.AsSpan(from, length).CopyTo(expected.AsSpan(to));
        fixed (byte* start = actual)
        {
            byte* d = start + to;
            byte* s = start + from;
            if (form == 0) MemoryCopy.Copy(d, s, (nuint)length);
            else if (form == 1) MemoryCopy.CopyScalar(d, s, (nuint)length);
            else if (Avx2.IsSupported) MemoryCopyAvx2.Copy(d, s, (nuint)length);
            else return;
        }
        Assert.True(expected.AsSpan().SequenceEqual(actual), $"form {form}, {from} to {to}, {length} bytes");
    }

    [Property(MaxTest = 3000)]
    public void FillsAsSpanDoes(DoNotSize<uint> start, DoNotSize<uint> count, byte value)
    {
        int at = (int)(start.Item % 100);
        int length = (int)(count.Item % (count.Item % 2 == 0 ? 70u : MaxLength));
        for (int form = 0; form < 3; form++)
        {
            byte[] expected = Pattern(1000);
            byte[] actual = Pattern(1000);
            expected.AsSpan(at, length).Fill(value);
            fixed (byte* bytes = actual)
            {
                if (form == 0) MemoryFill.Fill(bytes + at, value, (nuint)length);
                else if (form == 1) MemoryFill.FillScalar(bytes + at, value, (nuint)length);
                else if (Avx2.IsSupported) MemoryFillAvx2.Fill(bytes + at, value, (nuint)length);
                else continue;
            }
            Assert.True(expected.AsSpan().SequenceEqual(actual), $"form {form}, {length} bytes at {at}");
        }
    }

    [Property(MaxTest = 3000)]
    public void ComparesAsSpanDoes(DoNotSize<uint> count, DoNotSize<uint> change, byte value, byte offset)
    {
        int length = (int)(count.Item % (count.Item % 2 == 0 ? 70u : MaxLength));
        byte[] left = Pattern(1000);
        byte[] right = new byte[1100];
        int shift = offset % 64;
        left.CopyTo(right, shift);
        if (length > 0) right[shift + (int)(change.Item % (uint)length)] = value;
        ReadOnlySpan<byte> l = left.AsSpan(0, length);
        ReadOnlySpan<byte> r = right.AsSpan(shift, length);
        int expected = l.CommonPrefixLength(r);
        fixed (byte* lp = left)
        fixed (byte* rp = right)
        {
            nuint n = (nuint)length;
            Assert.Equal((nuint)expected, MemoryCompare.FirstDifference(lp, rp + shift, n));
            Assert.Equal((nuint)expected, MemoryCompare.FirstDifferenceScalar(lp, rp + shift, n));
            if (Avx2.IsSupported)
                Assert.Equal((nuint)expected, MemoryCompareAvx2.FirstDifference(lp, rp + shift, n));
            Assert.Equal(l.SequenceEqual(r), MemoryCompare.Equal(lp, rp + shift, n));
            Assert.Equal(Math.Sign(l.SequenceCompareTo(r)), Math.Sign(MemoryCompare.Compare(lp, rp + shift, n)));
        }
    }

    [Property(MaxTest = 3000)]
    public void OrdersTextsAsSpanDoes(byte[] left, byte[] right, byte[] prefix)
    {
        byte[] l = [.. prefix, .. left];
        byte[] r = [.. prefix, .. right];
        Assert.Equal(Math.Sign(l.AsSpan().SequenceCompareTo(r)), Math.Sign(MemoryCompare.Compare(l, r)));
        Assert.Equal(Math.Sign(l.AsSpan().SequenceCompareTo(prefix)), Math.Sign(MemoryCompare.Compare(l, prefix)));
        Assert.Equal(0, MemoryCompare.Compare(l, (byte[])l.Clone()));
    }

    [Fact]
    public void NothingOutsideTheRangesIsTouched()
    {
        using var left = new GuardedMemory();
        using var right = new GuardedMemory();
        for (int length = 0; length <= 400; length++)
        {
            nuint n = (nuint)length;
            Each(left.Start, right.Start, n);
            Each(left.End - length, right.End - length, n);
            Each(left.Start, right.End - length, n);
        }
    }

    private static void Each(byte* left, byte* right, nuint count)
    {
        MemoryFill.FillScalar(left, 1, count);
        MemoryCopy.CopyScalar(right, left, count);
        Assert.Equal(count, MemoryCompare.FirstDifferenceScalar(left, right, count));
        if (!Avx2.IsSupported) return;
        MemoryFillAvx2.Fill(left, 2, count);
        MemoryCopyAvx2.Copy(right, left, count);
        Assert.Equal(count, MemoryCompareAvx2.FirstDifference(left, right, count));
    }

    private static byte[] Pattern(int length)
    {
        byte[] bytes = new byte[length];
        for (int i = 0; i < length; i++) bytes[i] = (byte)(i * 167 + i / 251);
        return bytes;
    }
}
