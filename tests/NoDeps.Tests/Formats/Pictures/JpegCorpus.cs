using System.Security.Cryptography;
using Xunit;

namespace NoDeps.Tests.Formats.Pictures;

/// <summary>The small JPEG files of the repository, and what they decode to.</summary>
public sealed class JpegCorpus
{
    internal static string Folder { get; } = Path.Combine(SharedFiles.Repository, "tests", "Corpus", "jpeg");

    /// <summary>Every file's name with what is expected of it.</summary>
    public static IEnumerable<object[]> Lines =>
        from line in File.ReadLines(Path.Combine(Folder, "expected.txt"))
        where !line.StartsWith('#')
        select line.Split(' ') into word
        select new object[] { word[0], int.Parse(word[1]), int.Parse(word[2]), int.Parse(word[3]), int.Parse(word[4]), word[5] };

    /// <summary>Every file's name.</summary>
    public static IEnumerable<object[]> Names => from line in Lines select new[] { line[0] };

    /// <summary>The bytes of one.</summary>
    public static byte[] Bytes(string name) => File.ReadAllBytes(Path.Combine(Folder, name));

    [Theory]
    [MemberData(nameof(Lines))]
    public void EachFileDecodesToTheExpectedPixels(string name, int width, int height, int channels, int orientation, string sum)
    {
        JpegPicture picture = JpegPicture.Of(Bytes(name));
        Assert.Equal((width, height, channels, orientation), (picture.Width, picture.Height, picture.Channels, picture.Orientation));
        Assert.Equal(sum, Convert.ToHexStringLower(SHA256.HashData(picture.Pixels)));
    }

    [Fact]
    public void EveryFileIsInTheListAndSmall()
    {
        IEnumerable<string> files = Directory.EnumerateFiles(Folder, "*.jpg").Select(path => Path.GetFileName(path)!).Order();
        Assert.Equal(files, Names.Select(name => (string)name[0]).Order());
        Assert.All(files, name => Assert.InRange(Bytes(name).Length, 1, 2048));
    }

    /// <summary>A picture without its end must not pass, except that the end marker alone may be missing.</summary>
    [Theory]
    [MemberData(nameof(Names))]
    public void ATruncatedFileIsRefused(string name)
    {
        byte[] file = Bytes(name);
        byte[] pixels = JpegPicture.Of(file).Pixels;
        for (int length = 0; length < file.Length; length++)
        {
            JpegPicture picture = JpegPicture.Try(file.AsSpan(0, length));
            if (length < file.Length - 2 || name.Contains("progressive"))
            {
                Assert.False(picture.Fault.IsNone, $"{name}: {length} of {file.Length} bytes");
                Assert.NotEqual("", picture.Fault.What);
                Assert.InRange(picture.Fault.Offset, 0, length);
            }
            else
            {
                Assert.Equal(pixels, picture.Pixels);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void AChangedFileIsRefusedOrDecodedWithinItsMemory(string name)
    {
        var random = new Random(name.Length);
        byte[] file = Bytes(name);
        int refused = 0;
        for (int trial = 0; trial < 1500; trial++)
        {
            byte[] changed = [.. file];
            for (int changes = random.Next(1, 5); changes > 0; changes--)
            {
                int at = random.Next(changed.Length);
                changed[at] = random.Next(3) switch
                {
                    0 => (byte)random.Next(256),
                    1 => (byte)(changed[at] ^ (1 << random.Next(8))),
                    _ => (byte)(random.Next(2) * 255),
                };
            }
            if (!JpegPicture.Try(changed).Fault.IsNone) refused++;
        }
        Assert.InRange(refused, 100, 1500);
    }
}
