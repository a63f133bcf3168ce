using System.Buffers.Binary;
using System.IO.Compression;
using NoDeps.Formats;
using NoDeps.Primitives;
using Xunit;

namespace NoDeps.Tests.Formats;

/// <summary>Archives whose directory has numbers of 64 bits, as those of 4 GiB and more do; .NET reads the same ones.</summary>
public sealed unsafe class Zip64Tests
{
    private const int EntryLength = 46, EndLength = 22, NameLength = 5;
    private static readonly byte[] Content = [.. Enumerable.Range(0, 1000).Select(i => (byte)(i * i >> 3))];

    /// <summary>A stored file of .NET's, whose directory is written anew.</summary>
    /// <param name="wide">The numbers in the extra field 1, after another field: 1 size, 2 compressed size, 4 offset.</param>
    /// <param name="wideEnd">Whether the end of the directory has its numbers in 64 bits too.</param>
    private static byte[] Archive(int wide, bool wideEnd)
    {
        using var memory = new MemoryStream();
        using (var archive = new ZipArchive(memory, ZipArchiveMode.Create, true))
        {
            using Stream to = archive.CreateEntry("a.npy", CompressionLevel.NoCompression).Open();
            to.Write(Content);
        }
        byte[] file = memory.ToArray();
        int start = file.AsSpan().IndexOf("PK\x01\x02"u8);
        byte[] entry = file[start..(start + EntryLength + NameLength)], end = file[^EndLength..];
        List<byte> extra = [0x99, 0x99, 3, 0, 1, 2, 3, 1, 0, (byte)(8 * int.PopCount(wide)), 0];
        foreach ((int bit, int at) in new[] { (1, 24), (2, 20), (4, 42) })
        {
            if ((wide & bit) == 0) continue;
            extra.AddRange(BitConverter.GetBytes((long)BitConverter.ToUInt32(entry, at)));
            BinaryPrimitives.WriteUInt32LittleEndian(entry.AsSpan(at), uint.MaxValue);
        }
        entry[30] = (byte)extra.Count;
        entry[31] = 0;
        byte[] directory = [.. entry, .. extra];
        BinaryPrimitives.WriteInt32LittleEndian(end.AsSpan(12), directory.Length);
        if (!wideEnd) return [.. file[..start], .. directory, .. end];

        byte[] end64 = new byte[56], locator = new byte[20];
        "PK\x06\x06"u8.CopyTo(end64);
        BinaryPrimitives.WriteInt64LittleEndian(end64.AsSpan(4), 44);
        end64[12] = end64[14] = 45;
        end64[24] = end64[32] = 1;
        BinaryPrimitives.WriteInt64LittleEndian(end64.AsSpan(40), directory.Length);
        BinaryPrimitives.WriteInt64LittleEndian(end64.AsSpan(48), start);
        "PK\x06\x07"u8.CopyTo(locator);
        BinaryPrimitives.WriteInt64LittleEndian(locator.AsSpan(8), start + directory.Length);
        locator[16] = 1;
        end.AsSpan(8, 12).Fill(0xFF);
        return [.. file[..start], .. directory, .. end64, .. locator, .. end];
    }

    private static Fault Extract(byte* file, long length)
    {
        Fault fault = Zip.Open(file, length, out Zip zip);
        InflateTables tables = default;
        while (fault.IsNone && zip.TryNext(out ZipEntry entry))
        {
            byte[] content = new byte[Math.Min(entry.Size, 1 << 16)];
            fixed (byte* to = content) fault = zip.Extract(entry, to, content.Length, ref tables);
            if (fault.IsNone) Assert.Equal(Content, content);
        }
        return fault;
    }

    public static TheoryData<int, bool> Forms
    {
        get
        {
            TheoryData<int, bool> forms = [];
            for (int wide = 0; wide < 8; wide++) foreach (bool wideEnd in new[] { false, true }) forms.Add(wide, wideEnd);
            return forms;
        }
    }

    [Theory]
    [MemberData(nameof(Forms))]
    public void EachFormIsReadAsDotNetReadsIt(int wide, bool wideEnd)
    {
        byte[] file = Archive(wide, wideEnd);
        using (var archive = new ZipArchive(new MemoryStream(file)))
        using (Stream from = Assert.Single(archive.Entries).Open())
        {
            byte[] content = new byte[Content.Length];
            from.ReadExactly(content);
            Assert.Equal(Content, content);
        }
        Assert.Equal("", GuardedFile.Read(file, Extract).What);
        GuardedFile.EveryTruncationIsRefused(file, Extract);
        GuardedFile.MutationsAreSurvived(file, wide, 1000, Extract);
    }

    /// <summary>Bytes of the extra fields, which begin behind the name: id and length of the first, of the second, its numbers.</summary>
    [Theory]
    [InlineData(2, 200)] // the first field is longer than all of them
    [InlineData(9, 16)] // two numbers where three are needed
    [InlineData(9, 60)] // longer than what is left
    [InlineData(18, 0x80)] // a negative size
    [InlineData(34, 0x80)] // a negative offset
    [InlineData(30, 0x10)] // an offset behind the directory
    public void ADamagedExtraFieldIsRefused(int at, int value)
    {
        byte[] file = Archive(7, true);
        file[file.AsSpan().IndexOf("PK\x01\x02"u8) + EntryLength + NameLength + at] = (byte)value;
        Assert.Equal("the ZIP archive's directory is damaged", GuardedFile.Read(file, Extract).What);
    }

    [Theory]
    [InlineData(8, 0xFF)] // before its place, beyond the file's end
    [InlineData(15, 0x80)] // a negative place
    [InlineData(8, 0)] // another place, where no such record is
    public void ALocatorThatPointsElsewhereIsRefused(int at, int value)
    {
        byte[] file = Archive(7, true);
        file[file.Length - EndLength - 20 + at] = (byte)value;
        Assert.Equal("the ZIP64 end of the ZIP archive's directory is not where it should be", GuardedFile.Read(file, Extract).What);
    }
}
