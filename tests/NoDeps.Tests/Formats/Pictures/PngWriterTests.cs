using NoDeps.Formats;
using Xunit;

namespace NoDeps.Tests.Formats.Pictures;

/// <summary>What is written reads back as it was.</summary>
public sealed class PngWriterTests
{
    [Theory]
    [InlineData(1, 1, 1)]
    [InlineData(28, 28, 1)]
    [InlineData(300, 200, 1)]
    [InlineData(5, 7, 3)]
    [InlineData(257, 130, 3)]
    public unsafe void Pixels_come_back(int width, int height, int channels)
    {
        byte[] pixels = new byte[width * height * channels];
        new Random(1).NextBytes(pixels.AsSpan(0, pixels.Length / 2));
        using var input = new GuardedBuffer(pixels);
        using var file = new GuardedBuffer(PngWriter.MaxLength(width, height, channels));
        using var scratch = new GuardedBuffer(PngWriter.ScratchBytes(width, height, channels));
        long length = PngWriter.Write(input.Start, width, height, channels, file.Start, scratch.Start);
        Assert.InRange(length, 1, file.Size);
        Assert.True(file.IsIntact && scratch.IsIntact);
        DecodedPicture picture = DecodedPicture.Of(file.Bytes[..(int)length]);
        Assert.Equal((width, height, channels), (picture.Width, picture.Height, picture.Channels));
        Assert.Equal(pixels, picture.Pixels);
    }

    [Theory]
    [InlineData(0, 1, 1)]
    [InlineData(1, 1, 2)]
    [InlineData(65536, 65536, 1)]
    [InlineData(int.MaxValue, int.MaxValue, 3)]
    public void APictureThatCannotBeWrittenHasNoLength(int width, int height, int channels)
    {
        Assert.Equal(-1, PngWriter.MaxLength(width, height, channels));
        Assert.Equal(-1, PngWriter.ScratchBytes(width, height, channels));
    }
}
