using System.Buffers.Binary;
using FsCheck.Xunit;
using NoDeps.Formats;
using Xunit;

namespace NoDeps.Tests.Formats;

/// <summary>IDX files that are written, then read.</summary>
public sealed unsafe class IdxWriterTests
{
    private static readonly IdxType[] Types = Enum.GetValues<IdxType>();

    [Property(MaxTest = 1000)]
    public void WhatIsWrittenIsRead(byte typeSeed, byte[] sizes, int seed)
    {
        IdxType type = Types[typeSeed % Types.Length];
        int[] dimensions = [.. sizes.Append((byte)3).Take(Idx.MaxRank).Select(s => s % 6)];
        int size = Idx.SizeOf(type), count = dimensions.Aggregate(1, (a, b) => a * b), length = 4 + 4 * dimensions.Length + count * size;
        byte[] elements = new byte[count * size + 1], file = new byte[length + 8], back = new byte[elements.Length];
        new Random(seed).NextBytes(elements);
        elements[^1] = back[^1] = 7;
        Assert.Equal(length, IdxWriter.LengthOf(type, dimensions));
        fixed (byte* e = elements, f = file, b = back)
        {
            Assert.Equal(0, IdxWriter.Write(f, length - 1, type, dimensions, e));
            Assert.All(file, x => Assert.Equal(0, x));
            Assert.Equal(length, IdxWriter.Write(f, file.Length, type, dimensions, e));
            Assert.All(file.Skip(length), x => Assert.Equal(0, x));
            Assert.True(Idx.Open(f, length, out IdxView view).IsNone);
            Assert.Equal(type, view.Type);
            Assert.Equal(dimensions.Length, view.Rank);
            for (int axis = 0; axis < dimensions.Length; axis++) Assert.Equal(dimensions[axis], Dimension(view, axis));
            view.CopyTo(b);
            Assert.Equal(elements, back);
            for (int i = 0; i < count; i++) Assert.Equal(Element(type, elements.AsSpan(i * size)), view.ElementAt(i));
        }
    }

    private static int Dimension(IdxView view, int axis) => view.Dimension(axis);

    private static double Element(IdxType type, ReadOnlySpan<byte> bytes) => type switch
    {
        IdxType.UInt8 => bytes[0],
        IdxType.Int8 => (sbyte)bytes[0],
        IdxType.Int16 => BinaryPrimitives.ReadInt16LittleEndian(bytes),
        IdxType.Int32 => BinaryPrimitives.ReadInt32LittleEndian(bytes),
        IdxType.Float32 => BinaryPrimitives.ReadSingleLittleEndian(bytes),
        _ => BinaryPrimitives.ReadDoubleLittleEndian(bytes),
    };

    [Fact]
    public void NumbersOfEveryTypeLieInTheFileMostSignificantByteFirst()
    {
        byte[] file = new byte[64];
        fixed (byte* f = file)
        {
            short small = -2;
            Assert.Equal(10, IdxWriter.Write(f, 64, IdxType.Int16, [1], &small));
            Assert.Equal([0, 0, 0x0B, 1, 0, 0, 0, 1, 0xFF, 0xFE], file[..10]);
            int* two = stackalloc int[] { 0x01020304, -1 };
            Assert.Equal(20, IdxWriter.Write(f, 64, IdxType.Int32, [2, 1], two));
            Assert.Equal([0, 0, 0x0C, 2, 0, 0, 0, 2, 0, 0, 0, 1, 1, 2, 3, 4, 255, 255, 255, 255], file[..20]);
            float one = 1;
            Assert.Equal(12, IdxWriter.Write(f, 64, IdxType.Float32, [1], &one));
            Assert.Equal([0x3F, 0x80, 0, 0], file[8..12]);
            double minusTwo = -2;
            Assert.Equal(16, IdxWriter.Write(f, 64, IdxType.Float64, [1], &minusTwo));
            Assert.Equal([0xC0, 0, 0, 0, 0, 0, 0, 0], file[8..16]);
        }
    }

    [Fact]
    public void WhatIsNoFileHasNoLength()
    {
        Assert.Equal(0, IdxWriter.LengthOf((IdxType)0x0A, [1]));
        Assert.Equal(0, IdxWriter.LengthOf(IdxType.UInt8, []));
        Assert.Equal(0, IdxWriter.LengthOf(IdxType.UInt8, new int[Idx.MaxRank + 1]));
        Assert.Equal(0, IdxWriter.LengthOf(IdxType.UInt8, [2, -1]));
        Assert.Equal(0, IdxWriter.LengthOf(IdxType.Float64, [int.MaxValue, int.MaxValue, 2]));
        Assert.Equal(16, IdxWriter.LengthOf(IdxType.Float64, [int.MaxValue, int.MaxValue, 0]));
        Assert.Equal(8 + 4 * 3, IdxWriter.LengthOf(IdxType.Float32, [3]));
    }
}
