using FsCheck.Xunit;
using NoDeps.Primitives;
using Xunit;

namespace NoDeps.Tests.Primitives;

/// <summary>Byte orders of arrays: both forms against Array.Reverse, number by number.</summary>
public sealed unsafe class ByteSwapTests
{
    [Property(MaxTest = 3000)]
    public void TheBytesOfEachNumberAreTurnedRoundAndNoOtherByteIsTouched(
        byte[] seedBytes, ushort length, byte offset, byte sizeOf, bool inPlace, bool scalar)
    {
        int size = 1 << (sizeOf & 3), count = length % 700 / size * size, at = offset & 63;
        byte[] from = new byte[at + count + 64], to = new byte[at + count + 64];
        new Random(seedBytes.Aggregate(17, (a, b) => 31 * a + b)).NextBytes(from);
        byte[] expected = [.. inPlace ? from : to];
        for (int i = at; i < at + count; i += size)
        {
            from.AsSpan(i, size).CopyTo(expected.AsSpan(i));
            Array.Reverse(expected, i, size);
        }
        byte[] target = inPlace ? from : to;
        fixed (byte* p = from, q = target)
        {
            if (scalar) ByteSwapScalar.Copy(p + at, q + at, count, size);
            else ByteSwap.Copy(p + at, q + at, count, size);
        }
        Assert.Equal(expected, target);
    }
}
