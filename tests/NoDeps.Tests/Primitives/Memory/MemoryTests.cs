using System.Runtime.Intrinsics.X86;
using FsCheck;
using FsCheck.Xunit;
using NoDeps.Primitives;
using Xunit;

namespace NoDeps.Tests.Primitives;

/// <summary>Copy, fill, compare and search in each form, against Span and against pages that may not be touched.</summary>
public sealed unsafe class MemoryTests
{
    private const int MaxLength = 1500;
    private const int Forms = 4;

    [Property(MaxTest = 5000)]
    public void CopiesAsSpanDoesHoweverTheRangesOverlap(
        DoNotSize<uint> source, DoNotSize<uint> destination, DoNotSize<uint> count)
    {
        int length = (int)(count.Item % MaxLength);
        // Mostly close to one another, so that they overlap.
        int from = 400 + (int)(source.Item % 400);
        int to = (destination.Item % 3) switch
        {
            0 => (int)(destination.Item % 1200),
            1 => from + (int)(destination.Item % 81) - 40,
            _ => from + (int)(destination.Item % 601) - 300,
        };
        for (int form = 0; form < Forms; form++) CopyOnce(form, from, to, length);
    }

    [Fact]
    public void CopiesEveryShortLengthAtEveryShortDistance()
    {
        for (int length = 0; length <= 300; length++)
        {
            for (int distance = -40; distance <= 40; distance += length < 70 ? 1 : 7)
            {
                for (int form = 0; form < Forms; form++) CopyOnce(form, 500, 500 + distance, length);
            }
        }
    }

    /// <summary>False where the processor lacks the form.</summary>
    private static bool Copy(int form, byte* to, byte* from, int length)
    {
        if (form == 0) MemoryCopy.Copy(to, from, (nuint)length);
        else if (form == 1) MemoryCopyScalar.Copy(to, from, (nuint)length);
        else if (form == 2 && Avx2.IsSupported) MemoryCopyAvx2.Copy(to, from, (nuint)length);
        else if (form == 3 && Avx512BW.IsSupported) MemoryCopyAvx512.Copy(to, from, (nuint)length);
        else return false;
        return true;
    }

    private static bool Fill(int form, byte* to, byte value, int length)
    {
        if (form == 0) MemoryFill.Fill(to, value, (nuint)length);
        else if (form == 1) MemoryFillScalar.Fill(to, value, (nuint)length);
        else if (form == 2 && Avx2.IsSupported) MemoryFillAvx2.Fill(to, value, (nuint)length);
        else if (form == 3 && Avx512BW.IsSupported) MemoryFillAvx512.Fill(to, value, (nuint)length);
        else return false;
        return true;
    }

    private static nuint FirstDifference(int form, byte* left, byte* right, nuint length) => form switch
    {
        2 when Avx2.IsSupported => MemoryCompareAvx2.FirstDifference(left, right, length),
        3 when Avx512BW.IsSupported => MemoryCompareAvx512.FirstDifference(left, right, length),
        1 => MemoryCompareScalar.FirstDifference(left, right, length),
        _ => MemoryCompare.FirstDifference(left, right, length),
    };

    private static nint IndexOf(int form, byte* start, byte value, nuint length) => form switch
    {
        2 when Avx2.IsSupported => MemorySearchAvx2.IndexOf(start, value, length),
        3 when Avx512BW.IsSupported => MemorySearchAvx512.IndexOf(start, value, length),
        1 => MemorySearchScalar.IndexOf(start, value, length),
        _ => MemorySearch.IndexOf(start, value, length),
    };

    private static void CopyOnce(int form, int from, int to, int length)
    {
        byte[] expected = Pattern(4000);
        byte[] actual = Pattern(4000);
        expected.AsSpan(from, length).CopyTo(expected.AsSpan(to));
        fixed (byte* start = actual)
        {
            if (!Copy(form, start + to, start + from, length)) return;
        }
        Assert.True(expected.AsSpan().SequenceEqual(actual), $"form {form}, {from} to {to}, {length} bytes");
    }

    [Property(MaxTest = 3000)]
    public void FillsAsSpanDoes(DoNotSize<uint> start, DoNotSize<uint> count, byte value)
    {
        int at = (int)(start.Item % 100);
        int length = (int)(count.Item % (count.Item % 2 == 0 ? 140u : MaxLength));
        for (int form = 0; form < Forms; form++)
        {
            byte[] expected = Pattern(2000);
            byte[] actual = Pattern(2000);
            expected.AsSpan(at, length).Fill(value);
            fixed (byte* bytes = actual)
            {
                if (!Fill(form, bytes + at, value, length)) continue;
            }
            Assert.True(expected.AsSpan().SequenceEqual(actual), $"form {form}, {length} bytes at {at}");
        }
    }

    [Fact]
    public void FillsEveryShortRangeAtEveryOffset()
    {
        byte[] clean = Pattern(512);
        byte[] bytes = new byte[clean.Length];
        for (int form = 0; form < Forms; form++)
        {
            for (int length = 0; length <= 300; length++)
            {
                for (int at = 64; at < 128; at++)
                {
                    clean.CopyTo(bytes, 0);
                    fixed (byte* start = bytes)
                    {
                        if (!Fill(form, start + at, 255, length)) break;
                    }
                    Assert.Equal(-1, bytes.AsSpan(at, length).IndexOfAnyExcept((byte)255));
                    Assert.True(bytes.AsSpan(0, at).SequenceEqual(clean.AsSpan(0, at)), $"{length} bytes at {at}");
                    Assert.True(bytes.AsSpan(at + length).SequenceEqual(clean.AsSpan(at + length)), $"{length} bytes at {at}");
                }
            }
        }
    }

    [Property(MaxTest = 3000)]
    public void ComparesAsSpanDoes(DoNotSize<uint> count, DoNotSize<uint> change, byte value, byte offset)
    {
        int length = (int)(count.Item % (count.Item % 2 == 0 ? 140u : MaxLength));
        byte[] left = Pattern(1600);
        byte[] right = new byte[1700];
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
            for (int form = 0; form < Forms; form++)
                Assert.Equal((nuint)expected, FirstDifference(form, lp, rp + shift, n));
            Assert.Equal(l.SequenceEqual(r), MemoryCompare.Equal(lp, rp + shift, n));
            Assert.Equal(Math.Sign(l.SequenceCompareTo(r)), Math.Sign(MemoryCompare.Compare(lp, rp + shift, n)));
        }
    }

    [Property(MaxTest = 3000)]
    public void FindsAsSpanDoes(DoNotSize<uint> start, DoNotSize<uint> count, DoNotSize<uint> place, byte value)
    {
        byte[] text = new byte[2000];
        byte other = (byte)(value ^ (1 + start.Item % 255));
        text.AsSpan().Fill(other);
        // Before, after and, mostly, within the range; a neighbor in value beside it, for the carry of the scalar form.
        int at = (int)(start.Item % 200);
        int length = (int)(count.Item % (count.Item % 2 == 0 ? 140u : MaxLength));
        text[(int)(place.Item % (uint)(length + 8)) + at] = value;
        text[at + (int)(place.Item / 7 % (uint)(length + 1))] = (byte)(value ^ 1);
        if (at > 0) text[at - 1] = value;
        int expected = text.AsSpan(at, length).IndexOf(value);
        fixed (byte* bytes = text)
        {
            for (int form = 0; form < Forms; form++) Assert.Equal(expected, IndexOf(form, bytes + at, value, (nuint)length));
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
        for (int length = 0; length <= 700; length++)
        {
            for (int form = 0; form < Forms; form++)
            {
                Each(form, left.Start, right.Start, length);
                Each(form, left.End - length, right.End - length, length);
                Each(form, left.Start, right.End - length, length);
            }
        }
    }

    private static void Each(int form, byte* left, byte* right, int length)
    {
        nuint n = (nuint)length;
        if (!Fill(form, left, 1, length)) return;
        Copy(form, right, left, length);
        Assert.Equal(n, FirstDifference(form, left, right, n));
        Assert.Equal(-1, IndexOf(form, left, 2, n));
        if (length == 0) return;
        left[length - 1] = 2;
        Assert.Equal(n - 1, FirstDifference(form, left, right, n));
        Assert.Equal(length - 1, IndexOf(form, left, 2, n));
    }

    [Fact]
    public void FindsNothingInNothing()
    {
        for (int form = 0; form < Forms; form++) Assert.Equal(-1, IndexOf(form, null, 0, 0));
    }

    private static byte[] Pattern(int length)
    {
        byte[] bytes = new byte[length];
        for (int i = 0; i < length; i++) bytes[i] = (byte)(i * 167 + i / 251);
        return bytes;
    }
}
