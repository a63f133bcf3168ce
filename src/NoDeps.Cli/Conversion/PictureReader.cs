using System;
using NoDeps.Formats;
using NoDeps.Platform;
using NoDeps.Primitives;

namespace NoDeps.Cli;

/// <summary>Reads pictures from files, and scales or prepares each to a given size.</summary>
internal sealed unsafe class PictureReader
{
    private readonly long _maxPixels;
    private readonly bool _prepares;

    /// <param name="maxPixels">The maximum width × height of a picture.</param>
    /// <param name="prepares">True to find and center the ink, as in MNIST; false to scale only.</param>
    public PictureReader(long maxPixels, bool prepares)
    {
        _maxPixels = maxPixels;
        _prepares = prepares;
    }

    /// <summary>Reads the size and channels of a picture from its header.</summary>
    public Fault ReadInfo(ReadOnlySpan<byte> path, out PictureInfo info)
    {
        Fault fault = Open(path, out byte* file, out long length, out info);
        InputFile.Release(file, length);
        return fault;
    }

    /// <summary>Reads a picture.</summary>
    /// <param name="path">The file.</param>
    /// <param name="image">Receives the image, [channel][row][column].</param>
    /// <param name="channels">The channels of the image, 1 or 3; 1 if it is prepared.</param>
    /// <param name="size">The size of the image.</param>
    public Fault Read(ReadOnlySpan<byte> path, byte* image, int channels, ImageSize size)
    {
        byte* pixels = null;
        Fault fault = Open(path, out byte* file, out long length, out PictureInfo info);
        long bytes = info.OutputBytes + info.ScratchBytes;
        if (fault.IsNone) fault = PageMemory.Take(bytes, out pixels);
        if (fault.IsNone) fault = PictureFile.Decode(file, length, in info, pixels, pixels + info.OutputBytes);
        if (fault.IsNone && _prepares) fault = Prepare(pixels, in info, image, size);
        else if (fault.IsNone)
            PictureScaling.Scale(pixels, info.Height, info.Width, info.Channels, image, channels, size.Rows, size.Columns, false);
        if (pixels != null) PageMemory.Return(pixels, bytes);
        InputFile.Release(file, length);
        return fault;
    }

    private Fault Open(ReadOnlySpan<byte> path, out byte* file, out long length, out PictureInfo info)
    {
        info = default;
        file = null;
        length = 0;
        Fault fault = DataFile.CheckRegular(path);
        if (fault.IsNone) fault = InputFile.Read(path, out file, out length);
        return fault.IsNone ? PictureFile.ReadHeader(file, length, _maxPixels, out info) : fault;
    }

    private static Fault Prepare(byte* pixels, in PictureInfo info, byte* image, ImageSize size)
    {
        PreparationOptions options = new() { Rows = size.Rows, Columns = size.Columns };
        PreparedDigit digit;
        long bytes = PicturePreparation.ScratchBytes(info.Height, info.Width, in options);
        Fault fault = PageMemory.Take(bytes, out byte* scratch);
        if (!fault.IsNone) return fault;
        PreparationReport report = PicturePreparation.Prepare(pixels, info.Height, info.Width, info.Channels, in options, scratch, image,
            &digit);
        PageMemory.Return(scratch, bytes);
        return report.Digits > 0 ? Fault.None : Fault.Of(FaultKind.Data, "nothing stands out from the background of the picture\n"u8 +
            "is it blank, or the ink very faint? --prepare none only scales it"u8);
    }
}
