using System.Buffers.Binary;
using FsCheck;
using FsCheck.Xunit;
using NoDeps.Primitives;
using Xunit;

namespace NoDeps.Tests.Primitives;

/// <summary>Big-endian numbers against BinaryPrimitives.</summary>
public sealed class BigEndianTests
{
    [Property(MaxTest = 2000)]
    public void ReadsAsBinaryPrimitivesDoes(DoNotSize<ulong> value, byte offset)
    {
        byte[] bytes = new byte[24];
        Span<byte> at = bytes.AsSpan(offset & 7);
        BinaryPrimitives.WriteUInt64LittleEndian(at, value.Item);
        Assert.Equal(BinaryPrimitives.ReadUInt16BigEndian(at), BigEndian.ReadUInt16(at));
        Assert.Equal(BinaryPrimitives.ReadUInt32BigEndian(at), BigEndian.ReadUInt32(at));
        Assert.Equal(BinaryPrimitives.ReadUInt64BigEndian(at), BigEndian.ReadUInt64(at));
        Assert.Equal(BinaryPrimitives.ReadInt16BigEndian(at), BigEndian.ReadInt16(at));
        Assert.Equal(BinaryPrimitives.ReadInt32BigEndian(at), BigEndian.ReadInt32(at));
        Assert.Equal(BinaryPrimitives.ReadInt64BigEndian(at), BigEndian.ReadInt64(at));
        Assert.Equal(BinaryPrimitives.ReadSingleBigEndian(at), BigEndian.ReadSingle(at));
        Assert.Equal(BinaryPrimitives.ReadDoubleBigEndian(at), BigEndian.ReadDouble(at));
    }

    [Property(MaxTest = 2000)]
    public void WritesAsBinaryPrimitivesDoes(DoNotSize<ulong> value)
    {
        byte[] expected = new byte[14];
        byte[] actual = new byte[14];
        BinaryPrimitives.WriteUInt64BigEndian(expected, value.Item);
        BinaryPrimitives.WriteUInt32BigEndian(expected.AsSpan(8), (uint)value.Item);
        BinaryPrimitives.WriteUInt16BigEndian(expected.AsSpan(12), (ushort)value.Item);
        BigEndian.WriteUInt64(actual, value.Item);
        BigEndian.WriteUInt32(actual.AsSpan(8), (uint)value.Item);
        BigEndian.WriteUInt16(actual.AsSpan(12), (ushort)value.Item);
        Assert.Equal(expected, actual);
    }

    [Fact]
    public void TooShortASpanFailsTheBoundsCheck()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => BigEndian.ReadUInt16(new byte[1]));
        Assert.Throws<ArgumentOutOfRangeException>(() => BigEndian.ReadUInt32(new byte[3]));
        Assert.Throws<ArgumentOutOfRangeException>(() => BigEndian.ReadUInt64(new byte[7]));
        Assert.Throws<ArgumentOutOfRangeException>(() => BigEndian.WriteUInt16(new byte[1], 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => BigEndian.WriteUInt32(new byte[3], 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => BigEndian.WriteUInt64(new byte[7], 0));
    }
}
