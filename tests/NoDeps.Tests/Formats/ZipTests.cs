using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;
using FsCheck.Xunit;
using NoDeps.Formats;
using NoDeps.Primitives;
using Xunit;

namespace NoDeps.Tests.Formats;

/// <summary>ZIP archives of .NET and of numpy, and damaged ones.</summary>
public sealed unsafe class ZipTests
{
    private static byte[] Made(params (string Name, byte[] Content, bool Store)[] files)
    {
        using var memory = new MemoryStream();
        using (var archive = new ZipArchive(memory, ZipArchiveMode.Create, true))
            foreach ((string name, byte[] content, bool store) in files)
            {
                using Stream to = archive.CreateEntry(name, store ? CompressionLevel.NoCompression : CompressionLevel.Optimal).Open();
                to.Write(content);
            }
        return memory.ToArray();
    }

    private static byte[] Two => Made(("a.npy", [1, 2, 3, 4], true), ("folder/b", new byte[300], false));

    /// <summary>Extracts everything, each file to memory of its very size.</summary>
    private static Fault Extract(byte* file, long length, long limit, Action<string, byte[]>? use)
    {
        Fault fault = Zip.Open(file, length, out Zip zip);
        InflateTables tables = default;
        while (fault.IsNone && zip.TryNext(out ZipEntry entry))
        {
            byte[] content = new byte[Math.Min(limit, entry.Size)];
            fixed (byte* to = content) fault = zip.Extract(entry, to, content.Length, ref tables);
            if (fault.IsNone) use?.Invoke(Encoding.UTF8.GetString(entry.Name), content);
        }
        return fault;
    }

    private static Fault All(byte* file, long length) => Extract(file, length, 1 << 16, null);

    private static Dictionary<string, byte[]> Contents(byte[] file)
    {
        var found = new Dictionary<string, byte[]>();
        fixed (byte* f = file)
        {
            Fault fault = Extract(f, file.Length, 1 << 24, found.Add);
            Assert.True(fault.IsNone, FaultRecord.Of(fault).ToString());
        }
        return found;
    }

    [Property(MaxTest = 200)]
    public void WhatDotNetPacksIsUnpacked(byte[][] contents, int stored)
    {
        var files = contents.Select((c, i) => ($"folder/{i}.npy", c, (stored >> i & 1) != 0)).ToArray();
        Dictionary<string, byte[]> found = Contents(Made(files));
        Assert.Equal(files.Length, found.Count);
        foreach ((string name, byte[] content, _) in files) Assert.Equal(content, found[name]);
    }

    [Fact]
    public void TruncationsAndMutations()
    {
        byte[] file = Two;
        Assert.True(GuardedFile.Read(file, All).IsNone);
        GuardedFile.EveryTruncationIsRefused(file, All);
        GuardedFile.MutationsAreSurvived(file, 3, 30000, All);
    }

    [Fact]
    public void AChangedByteOfAFileIsNoticed()
    {
        byte[] file = Two;
        int data = 30 + "a.npy".Length;
        file[data] ^= 1;
        Assert.Equal("wrong CRC-32 of a file in the ZIP archive", GuardedFile.Read(file, All).What);
    }

    private static int Directory(byte[] file) => file.AsSpan().IndexOf("PK\x01\x02"u8);

    [Theory]
    [InlineData(8, 1, "encrypted file in the ZIP archive")]
    [InlineData(10, 12, "unknown compression method in the ZIP archive")]
    [InlineData(24, 5, "a stored file in the ZIP archive has two different sizes")]
    [InlineData(42, 1, "no file at the offset given by the ZIP archive's directory")]
    [InlineData(46, 'b', "the ZIP archive's directory and the header of a file differ")]
    [InlineData(0, 0, "the ZIP archive's directory is damaged")]
    public void WhatIsWrongIsSaid(int at, int value, string what)
    {
        byte[] file = Two;
        file[Directory(file) + at] = (byte)value;
        FaultRecord fault = GuardedFile.Read(file, All);
        Assert.Equal(what, fault.What);
        if (at != 0) Assert.Equal(at == 46 ? "b.npy" : "a.npy", fault.Quote);
    }

    [Fact]
    public void NoArchive()
    {
        Assert.Equal("not a ZIP archive", GuardedFile.Read(new byte[100], All).What);
        Assert.Equal("the ZIP archive ends without its directory", GuardedFile.Read(Two[..60], All).What);
        byte[] prefixed = [.. "more"u8, .. Two];
        Assert.Equal("the ZIP archive's directory is not at the offset given in its end record", GuardedFile.Read(prefixed, All).What);
    }

    [Fact]
    public void SizesAreBounded()
    {
        byte[] file = Made(("a", new byte[100_000], false));
        fixed (byte* f = file)
            Assert.Equal("a file in the ZIP archive is too large", FaultRecord.Of(Extract(f, file.Length, 99_999, null)).What);
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(Directory(file) + 24), int.MaxValue);
        Assert.Equal("the size of a file in the ZIP archive exceeds what its data can decompress to", GuardedFile.Read(file, All).What);
    }

    [Fact]
    public void FilesThatShareTheirBytesAreRefused()
    {
        byte[] file = Made(("a", [.. Enumerable.Range(0, 500).Select(i => (byte)(i * i))], true));
        int start = Directory(file), end = file.AsSpan().IndexOf("PK\x05\x06"u8);
        byte[] entry = file[start..end], tail = file[end..];
        tail[8] = tail[10] = 2;
        BinaryPrimitives.WriteInt32LittleEndian(tail.AsSpan(12), 2 * entry.Length);
        Assert.Equal("files of the ZIP archive overlap", GuardedFile.Read([.. file[..start], .. entry, .. entry, .. tail], All).What);
    }

    [NumpyFact]
    public void NpzOfNumpy()
    {
        foreach (string save in (string[])["savez", "savez_compressed"])
        {
            byte[] file = Numpy.Run($$"""
                x = (np.arange(3 * 28 * 28) % 256).astype('u1').reshape(3, 28, 28)
                f = io.BytesIO()
                np.{{save}}(f, x_test=x[:1], X_train=x, y_train=np.array([1, 2, 9]), y_test=np.array([[7]], dtype='u1'))
                out.write(f.getvalue())
                """);
            Assert.Equal(4, Contents(file).Count);
            fixed (byte* f = file)
            {
                Assert.True(Zip.Open(f, file.Length, out Zip zip).IsNone);
                Assert.True(Zip.IsZip(file));
                Assert.False(Npz.TryOnly(zip, out _));
                Assert.Equal([784], Array(zip, NpzRole.TestImages).Select(x => x.Length));
                Assert.Equal([784, 784, 784], Array(zip, NpzRole.TrainImages).Select(x => x.Length));
                Assert.Equal([1.0, 2, 9], Array(zip, NpzRole.TrainLabels).SelectMany(x => x));
                Assert.Equal([7.0], Array(zip, NpzRole.TestLabels).SelectMany(x => x));
                var names = new Utf8Writer(new byte[100]);
                Npz.WriteNames(zip, ref names);
                Assert.Equal("x_test, X_train, y_train, y_test", Encoding.UTF8.GetString(names.Written));
            }
        }
    }

    /// <summary>The items of an array.</summary>
    private static double[][] Array(Zip zip, NpzRole role)
    {
        InflateTables tables = default;
        Assert.True(Npz.TryFind(zip, role, out ZipEntry entry));
        byte[] npy = new byte[entry.Size];
        fixed (byte* to = npy)
        {
            Assert.True(zip.Extract(entry, to, npy.Length, ref tables).IsNone);
            Assert.True(Npy.Open(to, npy.Length, out NumericArray array).IsNone);
            double[] values = new double[array.Count];
            fixed (double* v = values) array.Load(0, values.Length, v);
            return [.. values.Chunk((int)(array.Count / array.Dimension(0)))];
        }
    }

    [Fact]
    public void ArraysAreFoundByTheNamesInUse()
    {
        foreach ((string name, NpzRole role) in new[]
        {
            ("train_images.npy", NpzRole.TrainImages), ("train_labels.npy", NpzRole.TrainLabels), ("test_images", NpzRole.TestImages),
            ("Y_TEST.npy", NpzRole.TestLabels),
        })
        {
            byte[] file = Made(("other.npy", [], true), (name, [1], true));
            fixed (byte* f = file)
            {
                Assert.True(Zip.Open(f, file.Length, out Zip zip).IsNone);
                foreach (NpzRole other in Enum.GetValues<NpzRole>()) Assert.Equal(other == role, Npz.TryFind(zip, other, out _));
            }
        }
        byte[] one = Made(("arr_0.npy", [1], true));
        fixed (byte* f = one)
        {
            Assert.True(Zip.Open(f, one.Length, out Zip zip).IsNone);
            Assert.True(Npz.TryOnly(zip, out ZipEntry entry));
            Assert.Equal("arr_0.npy", Encoding.UTF8.GetString(entry.Name));
        }
    }
}
