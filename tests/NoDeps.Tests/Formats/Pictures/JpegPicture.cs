using NoDeps.Formats;
using NoDeps.Primitives;
using Xunit;

namespace NoDeps.Tests.Formats.Pictures;

/// <summary>What became of a JPEG file: a fault, or a picture. Input, output and scratch end at guard pages.</summary>
internal sealed record JpegPicture(FaultRecord Fault, int Width, int Height, int Channels, int Orientation, byte[] Pixels)
{
    private const long MostPixels = 1L << 28;
    private const int MostScratch = 1 << 28;

    /// <summary>Decodes a file, and requires that it works.</summary>
    public static JpegPicture Of(ReadOnlySpan<byte> file)
    {
        JpegPicture picture = Try(file);
        Assert.True(picture.Fault.IsNone, picture.Fault.ToString());
        return picture;
    }

    /// <summary>Decodes a file that may be wrong. A header that asks for very much memory is only read.</summary>
    public static unsafe JpegPicture Try(ReadOnlySpan<byte> file)
    {
        using var input = new GuardedBuffer(file);
        Fault fault = JpegFile.ReadHeader(input.Bytes, MostPixels, out JpegInfo info);
        if (!fault.IsNone || info.ScratchBytes > MostScratch)
        {
            var tooLarge = new FaultRecord(FaultKind.System, "too large for a test", -1, 0, 0, "");
            return new(fault.IsNone ? tooLarge : FaultRecord.Of(fault), 0, 0, 0, 0, []);
        }
        using var output = new GuardedBuffer(info.OutputBytes);
        using var scratch = new GuardedBuffer(info.ScratchBytes);
        // What was there before must not matter.
        scratch.Bytes.Fill(0xC3);
        fault = JpegFile.Decode(input.Bytes, info, output.Start, scratch.Start);
        Assert.True(output.IsIntact && scratch.IsIntact && input.IsIntact);
        return new(FaultRecord.Of(fault), info.Width, info.Height, info.Channels, info.Orientation, output.Bytes.ToArray());
    }
}
