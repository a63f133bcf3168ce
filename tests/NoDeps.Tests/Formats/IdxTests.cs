using System.Buffers.Binary;
using FsCheck.Xunit;
using NoDeps.Formats;
using NoDeps.Primitives;
using Xunit;

namespace NoDeps.Tests.Formats;

public unsafe class IdxTests
{
    private static FaultRecord Open(byte[] file)
    {
        fixed (byte* p = file) return FaultRecord.Of(Idx.Open(p, file.Length, out _));
    }

    private delegate Fault Check(in IdxView view);

    private static FaultRecord Open(byte[] file, Check check)
    {
        fixed (byte* p = file)
        {
            Assert.True(Idx.Open(p, file.Length, out IdxView view).IsNone);
            return FaultRecord.Of(check(view));
        }
    }

    private static byte[] Idx8(params int[] dimensions)
    {
        byte[] file = new byte[4 + 4 * dimensions.Length + dimensions.Aggregate(1, (a, b) => a * b)];
        Assert.Equal(4 + 4 * dimensions.Length, Idx.WriteHeader(file, IdxType.UInt8, dimensions));
        return file;
    }

    private static void Is(string what, long offset, long expected, long found, FaultRecord fault)
    {
        Assert.Equal(new FaultRecord(FaultKind.Data, what, offset, expected, found, ""), fault);
    }

    [Property]
    public void EveryTypeAndRankGoesThereAndBack(byte typeSeed, byte[] sizes, int seed)
    {
        IdxType type = Enum.GetValues<IdxType>()[typeSeed % 6];
        int[] dimensions = [.. sizes.Append((byte)1).Take(Idx.MaxRank).Select(s => s % 5)];
        int count = dimensions.Aggregate(1, (a, b) => a * b);
        int size = Idx.SizeOf(type);
        byte[] file = new byte[Idx.MaxHeaderLength + count * size];
        int header = Idx.WriteHeader(file, type, dimensions);
        new Random(seed).NextBytes(file.AsSpan(header));
        file = file[..(header + count * size)];
        fixed (byte* p = file)
        {
            Assert.True(Idx.Open(p, file.Length, out IdxView view).IsNone);
            Assert.Equal(type, view.Type);
            Assert.Equal(dimensions, Enumerable.Range(0, view.Rank).Select(i => DimensionOf(view, i)));
            Assert.Equal(count, view.Count);
            Assert.Equal(header, view.HeaderLength);
            Assert.Equal(0, view.Dimension(view.Rank));
            Assert.Equal(0, view.Dimension(-1));
            Assert.True(view.Data == p + header);
            if (count > 0) Assert.Equal(count / dimensions[0], view.ItemCount);
            for (int i = 0; i < count; i++)
            {
                ReadOnlySpan<byte> bytes = file.AsSpan(header + i * size, size);
                double expected = type switch
                {
                    IdxType.UInt8 => bytes[0],
                    IdxType.Int8 => (sbyte)bytes[0],
                    IdxType.Int16 => BinaryPrimitives.ReadInt16BigEndian(bytes),
                    IdxType.Int32 => BinaryPrimitives.ReadInt32BigEndian(bytes),
                    IdxType.Float32 => BinaryPrimitives.ReadSingleBigEndian(bytes),
                    _ => BinaryPrimitives.ReadDoubleBigEndian(bytes),
                };
                Assert.Equal(expected, view.ElementAt(i));
            }
        }
    }

    private static int DimensionOf(IdxView view, int axis) => view.Dimension(axis);

    [Fact]
    public void EachFaultHasItsOwnWords()
    {
        byte[] good = Idx8(2, 3, 4);
        Assert.True(Open(good).IsNone);
        Is("the file is empty", 0, 0, 0, Open([]));
        Is("a gzip file where an IDX file is expected", 0, 0, 0, Open([0x1F, 0x8B, 8, 0]));
        Is("wrong magic number", 0, 0, 0x8950, Open([0x89, 0x50, 8, 1, 0, 0, 0, 0]));
        Is("unknown element type of an IDX file", 2, 8, 0x0A, Open([0, 0, 0x0A, 1, 0, 0, 0, 0]));
        Is("the IDX file has no dimensions", 3, 8, 0, Open([0, 0, 8, 0, 0, 0, 0, 0]));
        Is("too many dimensions", 3, 8, 9, Open([0, 0, 8, 9, 0, 0, 0, 0]));
        for (int length = 1; length < 4; length++)
            Is("the file ends within its header", length, 4, length, Open(good[..length]));
        for (int length = 4; length < 16; length++)
            Is("the file ends within its header", length, 16, length, Open(good[..length]));
        for (int length = 16; length < good.Length; length++)
            Is("the file is shorter than its dimensions require", length, good.Length, length, Open(good[..length]));
        Is("bytes after the last element", good.Length, good.Length, good.Length + 1, Open([.. good, 0]));
    }

    [Fact]
    public void HugeDimensionsDoNotOverflow()
    {
        byte[] good = Idx8(2, 3, 4);
        byte[] file = [.. good];
        BinaryPrimitives.WriteUInt32BigEndian(file.AsSpan(8), 0x80000000);
        Is("the dimensions exceed the file", 8, 24, 0x80000000, Open(file));
        BinaryPrimitives.WriteUInt32BigEndian(file.AsSpan(8), 0x7FFFFFFF);
        Is("the file is shorter than its dimensions require", 40, 16 + 2L * 4 * int.MaxValue, 40, Open(file));
        for (int i = 0; i < 3; i++) BinaryPrimitives.WriteUInt32BigEndian(file.AsSpan(4 + 4 * i), 0x7FFFFFFF);
        Is("the dimensions exceed the file", 12, 24, int.MaxValue, Open(file));
        // 2^32 · 2^32 is 0 in 64 bits: the check must not be fooled.
        byte[] wrap = [0, 0, 8, 8, .. Enumerable.Repeat<byte[]>([0, 1, 0, 0], 8).SelectMany(d => d)];
        Assert.Equal("the dimensions exceed the file", Open(wrap).What);
        // An empty dimension makes all others harmless.
        file = [0, 0, 14, 3, 0x7F, 255, 255, 255, 0x7F, 255, 255, 255, 0, 0, 0, 0];
        Assert.True(Open(file).IsNone);
    }

    [Fact]
    public void LabelsAreToldFromImages()
    {
        Assert.True(Open(Idx8(5), Idx.RequireLabels).IsNone);
        Is("images where labels are expected", 3, 1, 3, Open(Idx8(1, 2, 3), Idx.RequireLabels));
        Is("wrong number of dimensions for labels", 3, 1, 2, Open(Idx8(1, 2), Idx.RequireLabels));
        Is("no labels: the dimension is 0", 4, 0, 0, Open(Idx8(0), Idx.RequireLabels));
        byte[] floats = [0, 0, 13, 1, 0, 0, 0, 1, 0, 0, 0, 0];
        Is("wrong element type", 2, 8, 13, Open(floats, Idx.RequireLabels));
    }

    [Fact]
    public void WritesNoImpossibleHeader()
    {
        Assert.Equal(0, Idx.WriteHeader(new byte[11], IdxType.UInt8, [1, 2]));
        Assert.Equal(12, Idx.WriteHeader(new byte[12], IdxType.UInt8, [1, 2]));
        Assert.Equal(0, Idx.WriteHeader(new byte[99], IdxType.UInt8, []));
        Assert.Equal(0, Idx.WriteHeader(new byte[99], IdxType.UInt8, new int[9]));
        Assert.Equal(0, Idx.WriteHeader(new byte[99], IdxType.UInt8, [1, -2]));
    }

    [Property(MaxTest = 2000)]
    public void NoiseNeverReadsOutside(byte[] noise, bool headed)
    {
        if (headed && noise.Length > 3) (noise[0], noise[1], noise[2], noise[3]) = (0, 0, 8, (byte)(noise[3] % 3 + 1));
        FaultRecord fault = Open(noise);
        Assert.InRange(fault.Offset, 0, noise.Length);
    }

    [SharedFact]
    public void ReadsMNIST()
    {
        byte[] file = File.ReadAllBytes(SharedFiles.Path("data", "mnist", "t10k-images-idx3-ubyte.gz"));
        var tables = new InflateTables();
        Assert.True(Gzip.Measure(file, ref tables, out int size).IsNone);
        byte[] data = new byte[size];
        Assert.True(Gzip.Decode(file, data, ref tables, out _).IsNone);
        fixed (byte* p = data)
        {
            Assert.True(Idx.Open(p, size, out IdxView view).IsNone);
            Assert.True(ImageLayout.Recognize(NumericArray.Of(view), out ImageLayout layout).IsNone);
            Assert.Equal((10000L, 1, 28, 28), (layout.Images, layout.Channels, layout.Height, layout.Width));
        }
    }
}
