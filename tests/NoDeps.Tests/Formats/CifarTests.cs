using NoDeps.Formats;
using Xunit;

namespace NoDeps.Tests.Formats;

/// <summary>Files in the binary formats of CIFAR.</summary>
public sealed unsafe class CifarTests
{
    private static byte[] Made(CifarKind kind, int images, int seed)
    {
        byte[] file = new byte[images * ((int)kind + Cifar.ImageSize)];
        var random = new Random(seed);
        random.NextBytes(file);
        for (int i = 0; i < images; i++)
        {
            int at = i * ((int)kind + Cifar.ImageSize);
            if (kind == CifarKind.Hundred) file[at++] = (byte)random.Next(20);
            file[at] = (byte)random.Next(Cifar.Classes(kind));
        }
        return file;
    }

    [Theory]
    [InlineData(CifarKind.Ten)]
    [InlineData(CifarKind.Hundred)]
    public void LabelsAndPixelsAreParted(CifarKind kind)
    {
        const int Images = 5;
        byte[] file = Made(kind, Images, 1), labels = new byte[Images], pixels = new byte[Images * Cifar.ImageSize];
        fixed (byte* f = file, l = labels, p = pixels)
        {
            Assert.True(Cifar.TryKind(f, file.Length, out CifarKind found));
            Assert.Equal(kind, found);
            Assert.True(Cifar.Open(f, file.Length, kind, out long images).IsNone);
            Assert.Equal(Images, images);
            Cifar.Convert(f, images, kind, l, p);
        }
        int record = (int)kind + Cifar.ImageSize;
        Assert.Equal(file.Chunk(record).Select(r => r[(int)kind - 1]), labels);
        Assert.Equal(file.Chunk(record).SelectMany(r => r[(int)kind..]), pixels);
    }

    [Theory]
    [InlineData(CifarKind.Ten, 0, 10, "label out of range", 0)]
    [InlineData(CifarKind.Hundred, 0, 20, "label out of range", 0)]
    [InlineData(CifarKind.Hundred, 1, 100, "label out of range", 1)]
    public void LabelsHaveARange(CifarKind kind, int at, byte label, string what, long offset)
    {
        byte[] file = Made(kind, 1, 2);
        file[at] = label;
        FaultRecord fault = GuardedFile.Read(file, (f, n) => Cifar.Open(f, n, kind, out _));
        Assert.Equal((what, offset, (long)label), (fault.What, fault.Offset, fault.Found));
    }

    [Fact]
    public void LengthsAreThoseOfRecords()
    {
        foreach (CifarKind kind in Enum.GetValues<CifarKind>())
        {
            byte[] file = Made(kind, 1, 3);
            GuardedFile.EveryTruncationIsRefused(file, (f, n) => Cifar.Open(f, n, kind, out _));
            FaultRecord fault = GuardedFile.Read([.. file, 1], (f, n) => Cifar.Open(f, n, kind, out _));
            Assert.Equal((2L * file.Length, file.Length + 1L), (fault.Expected, fault.Found));
        }
        byte[] neither = Made(CifarKind.Ten, 1, 4);
        neither[0] = 10;
        fixed (byte* f = neither) Assert.False(Cifar.TryKind(f, neither.Length, out _));
    }
}
