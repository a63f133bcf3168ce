using NoDeps.Formats;
using NoDeps.Primitives;
using Xunit;

namespace NoDeps.Tests.Formats.Pictures;

/// <summary>What became of a picture file: a fault, or a picture. Input, output and scratch end at guard pages.</summary>
internal sealed record DecodedPicture(FaultRecord Fault, int Width, int Height, int Channels, byte[] Pixels)
{
    private const long MaxPixels = 1L << 22;

    /// <summary>Decodes a file, and requires that it works.</summary>
    public static DecodedPicture Of(ReadOnlySpan<byte> file)
    {
        DecodedPicture picture = Try(file);
        Assert.True(picture.Fault.What == "", picture.Fault.ToString());
        return picture;
    }

    /// <summary>Decodes a file that may be wrong.</summary>
    public static unsafe DecodedPicture Try(ReadOnlySpan<byte> file)
    {
        using var input = new GuardedBuffer(file);
        Fault fault = PictureFile.ReadHeader(input.Start, input.Size, MaxPixels, out PictureInfo info);
        if (!fault.IsNone)
        {
            Assert.Equal(0, info.OutputBytes);
            return new(FaultRecord.Of(fault), 0, 0, 0, []);
        }
        using var output = new GuardedBuffer(info.OutputBytes);
        using var scratch = new GuardedBuffer(info.ScratchBytes);
        // What was there before must not matter.
        scratch.Bytes.Fill(0xC3);
        output.Bytes.Fill(0x3C);
        fault = PictureFile.Decode(input.Start, input.Size, info, output.Start, scratch.Start);
        Assert.True(output.IsIntact && scratch.IsIntact && input.IsIntact);
        return new(FaultRecord.Of(fault), info.Width, info.Height, info.Channels, output.Bytes.ToArray());
    }
}
