using System.Buffers.Binary;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using FsCheck.Xunit;
using NoDeps.Formats;
using NoDeps.Primitives;
using Xunit;

namespace NoDeps.Tests.Formats;

public class GzipTests
{
    private static (FaultRecord Fault, byte[] Data) Decode(byte[] file, int room)
    {
        byte[] buffer = new byte[room + 128];
        buffer.AsSpan().Fill(0xA5);
        var tables = new InflateTables();
        FaultRecord fault = FaultRecord.Of(Gzip.Decode(file, buffer.AsSpan(64, room), ref tables, out int written));
        Assert.True(buffer.AsSpan(0, 64).IndexOfAnyExcept((byte)0xA5) < 0);
        Assert.True(buffer.AsSpan(64 + room).IndexOfAnyExcept((byte)0xA5) < 0);
        return (fault, buffer.AsSpan(64, written).ToArray());
    }

    private static (FaultRecord Fault, int Size) Measure(byte[] file)
    {
        var tables = new InflateTables();
        return (FaultRecord.Of(Gzip.Measure(file, ref tables, out int size)), size);
    }

    private static byte[] Gzipped(byte[] data)
    {
        var to = new MemoryStream();
        using (var stream = new GZipStream(to, CompressionLevel.Optimal, true)) stream.Write(data);
        // .NET writes no file at all for no data.
        return to.Length > 0
            ? to.ToArray()
            : [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 3, 3, 0, 0, 0, 0, 0, 0, 0, 0, 0];
    }

    private static void Reads(byte[] file, byte[] expected)
    {
        var (fault, size) = Measure(file);
        Assert.True(fault.IsNone, fault.ToString());
        Assert.Equal(expected.Length, size);
        (fault, byte[] data) = Decode(file, size);
        Assert.True(fault.IsNone, fault.ToString());
        Assert.Equal(expected, data);
    }

    [Property]
    public void ReadsWhatGZipStreamWrites(byte[] data) => Reads(Gzipped(data), data);

    [Property]
    public void ReadsMembersOneAfterTheOtherAndZeroPadding(byte[][] parts, byte padding)
    {
        if (parts.Length == 0) parts = [[]];
        Reads([.. parts.SelectMany(Gzipped), .. new byte[padding]], [.. parts.SelectMany(p => p)]);
    }

    [Fact]
    public void AHeaderInsideTheDataDoesNotMislead()
    {
        byte[] inner = Gzipped(RandomNumberGenerator.GetBytes(100));
        byte[] data = [.. inner, .. inner];
        var to = new MemoryStream();
        using (var stream = new GZipStream(to, CompressionLevel.NoCompression, true)) stream.Write(data);
        Reads(to.ToArray(), data);
    }

    [Fact]
    public void ReadsEveryKindOfHeader()
    {
        byte[] data = "some data"u8.ToArray();
        byte[] plain = Gzipped(data);
        for (int flags = 0; flags < 32; flags++)
        {
            var header = new List<byte> { 0x1F, 0x8B, 8, (byte)flags, 1, 2, 3, 4, 0, 3 };
            if ((flags & 4) != 0) header.AddRange([3, 0, 7, 0, 9]);
            if ((flags & 8) != 0) header.AddRange(Encoding.ASCII.GetBytes("name\0"));
            if ((flags & 16) != 0) header.AddRange(Encoding.ASCII.GetBytes("a comment\0"));
            int checksumAt = header.Count;
            if ((flags & 2) != 0)
            {
                uint crc = Crc32.UpdateScalar(0, header.ToArray());
                header.AddRange([(byte)crc, (byte)(crc >> 8)]);
            }
            byte[] file = [.. header, .. plain.AsSpan(10)];
            Reads(file, data);
            if ((flags & 2) != 0)
            {
                file[checksumAt] ^= 1;
                Assert.Equal("wrong checksum of the gzip header", Decode(file, 100).Fault.What);
                Assert.Equal(checksumAt, Decode(file, 100).Fault.Offset);
            }
            for (int length = 0; length < header.Count; length++)
                Assert.False(Decode(file[..length], 100).Fault.IsNone);
        }
    }

    [Fact]
    public void NamesWhatIsWrong()
    {
        byte[] data = Encoding.ASCII.GetBytes(string.Concat(Enumerable.Range(0, 500)));
        byte[] good = Gzipped(data);
        Is("the file is empty", 0, []);
        Is("not a gzip file", 0, [1, .. good]);
        Is("unknown compression method", 2, Changed(good, 2, 7));
        Is("unknown header flags", 3, Changed(good, 3, 0x20));
        Is("wrong CRC-32 of the decompressed data", good.Length - 8, Changed(good, good.Length - 7, 1));
        Is("unexpected bytes after the end of the gzip data", good.Length, [.. good, 7]);
        Is("unexpected bytes after the end of the gzip data", good.Length + 2, [.. good, 0, 0, 0x1F, 0x8B]);
        Is("the gzip file ends too early", good.Length - 1, good[..^1]);
        Is("the compressed data ends too early", 50, good[..50]);
        // The second member's faults count from the start of the file.
        Is("unknown compression method", good.Length + 2, [.. good, .. Changed(good, 2, 7)]);
        Is("wrong CRC-32 of the decompressed data", 2 * good.Length - 8,
            [.. good, .. Changed(good, good.Length - 7, 1)]);
        Is("wrong length of the decompressed data", good.Length - 4, Changed(good, good.Length - 4, 1));

        static void Is(string what, long offset, byte[] file)
        {
            FaultRecord fault = Decode(file, 10_000).Fault;
            Assert.Equal(what, fault.What);
            Assert.Equal(offset, fault.Offset);
            Assert.Equal(FaultKind.Data, fault.Kind);
        }
    }

    [Fact]
    public void AWrongLengthFieldMakesNoHugeOutput()
    {
        byte[] file = Gzipped(new byte[1000]);
        BinaryPrimitives.WriteUInt32LittleEndian(file.AsSpan(file.Length - 4), 0xFFFFFFF0);
        var (fault, size) = Measure(file);
        Assert.Equal("the length field exceeds what the data can decompress to", fault.What);
        Assert.Equal(file.Length - 4, fault.Offset);
        Assert.Equal(0xFFFFFFF0, fault.Found);
        Assert.Equal(0, size);
        // Too small: it might be padding, so the data is counted, and the field is found wrong by decoding.
        BinaryPrimitives.WriteUInt32LittleEndian(file.AsSpan(file.Length - 4), 10);
        Assert.Equal(1000, Measure(file).Size);
        Assert.Equal("wrong length of the decompressed data", Decode(file, 1000).Fault.What);
        Assert.Equal("more decompressed data than expected", Decode(file, 10).Fault.What);
    }

    [Fact]
    public void DamageIsFoundOrHarmless()
    {
        var random = new Random(1);
        for (int i = 0; i < 4000; i++)
        {
            byte[] data = new byte[random.Next(300)];
            random.NextBytes(data.AsSpan(0, data.Length / 2));
            byte[] file = [.. Gzipped(data), .. Gzipped(data)];
            file[random.Next(file.Length)] ^= (byte)(1 << random.Next(8));
            Measure(file);
            var (fault, decoded) = Decode(file, 2 * data.Length);
            if (fault.IsNone) Assert.Equal([.. data, .. data], decoded);
        }
    }

    [Fact]
    public void EveryTruncationIsAFault()
    {
        byte[] data = [1, 2, 3];
        byte[] file = [.. Gzipped(data), .. Gzipped(data)];
        int first = Gzipped(data).Length;
        for (int length = 0; length < file.Length; length++)
            Assert.Equal(length == first, Decode(file[..length], 100).Fault.IsNone);
    }

    [Fact]
    public void WhatLooksLikeAHeaderByChanceDoesNotMislead()
    {
        // More than 16 MB, so that the length field does not end with 0; stored, so that the header is really there.
        byte[] data = new byte[1 << 24];
        new Random(3).NextBytes(data);
        for (int i = 0; i < data.Length - 20; i += 1 << 16)
            ((ReadOnlySpan<byte>)[0x1F, 0x8B, 8, 0]).CopyTo(data.AsSpan(i));
        var to = new MemoryStream();
        using (var stream = new GZipStream(to, CompressionLevel.NoCompression, true)) stream.Write(data);
        Reads(to.ToArray(), data);
    }

    [Property]
    public void GZipStreamReadsWhatIsWritten(byte[] data)
    {
        foreach (DeflateLevel level in Enum.GetValues<DeflateLevel>())
        {
            byte[] file = Written(data, level);
            Reads(file, data);
            var to = new MemoryStream();
            using (var stream = new GZipStream(new MemoryStream(file), CompressionMode.Decompress)) stream.CopyTo(to);
            Assert.Equal(data, to.ToArray());
        }
    }

    private static byte[] Written(byte[] data, DeflateLevel level)
    {
        var scratch = new Compression.DeflateTests.Scratch();
        byte[] file = new byte[GzipWriter.MaxBytes(data.Length)];
        Assert.True(GzipWriter.Encode(data, file, level, ref scratch.Tables, out int written).IsNone);
        Assert.False(GzipWriter.Encode(data, file.AsSpan(1), level, ref scratch.Tables, out int nothing).IsNone);
        Assert.Equal(0, nothing);
        return file[..written];
    }

    [Fact]
    public void GzipItselfAcceptsWhatIsWritten()
    {
        foreach (int length in (int[])[0, 1, 100_000])
            foreach (DeflateLevel level in Enum.GetValues<DeflateLevel>())
            {
                byte[] data = new byte[length];
                for (int i = 0; i < length; i++) data[i] = (byte)(i * i >> 8);
                string path = Path.GetTempFileName();
                File.WriteAllBytes(path, Written(data, level));
                using var process = System.Diagnostics.Process.Start(new System.Diagnostics.ProcessStartInfo("gzip")
                {
                    ArgumentList = { "-t", "-S", Path.GetExtension(path), path },
                })!;
                process.WaitForExit();
                File.Delete(path);
                Assert.Equal(0, process.ExitCode);
            }
    }

    [Property]
    public void LikelySizeIsThatOfASingleMember(byte[] data)
    {
        Assert.True(Gzip.TryGetSizeHint(Gzipped(data), out int size));
        Assert.Equal(data.Length, size);
        byte[] wrong = Gzipped(data);
        wrong[^1] = 0x7F;
        Assert.False(Gzip.TryGetSizeHint(wrong, out _));
        Assert.False(Gzip.TryGetSizeHint(data.AsSpan(0, Math.Min(17, data.Length)), out _));
    }

    [Property]
    public bool KnowsItsOwn(byte[] data) =>
        Gzip.IsGzip(Gzipped(data)) && Gzip.IsGzip(data) == (data.Length > 1 && data[0] == 0x1F && data[1] == 0x8B);

    [SharedFact]
    public void ReadsTheMNISTFiles()
    {
        foreach (string path in Directory.GetFiles(SharedFiles.Path("data", "mnist"), "*.gz"))
        {
            var to = new MemoryStream();
            using (var stream = new GZipStream(File.OpenRead(path), CompressionMode.Decompress)) stream.CopyTo(to);
            Reads(File.ReadAllBytes(path), to.ToArray());
        }
    }

    private static byte[] Changed(byte[] file, int at, byte by)
    {
        byte[] copy = [.. file];
        copy[at] ^= by;
        return copy;
    }
}
