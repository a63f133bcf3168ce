using System;
using NoDeps.Primitives;

namespace NoDeps.Formats;

/// <summary>Pictures.</summary>
public static unsafe class PictureFile
{
    /// <summary>Format.</summary>
    public static PictureFormat Identify(byte* file, long length) =>
        JpegFile.IsJpeg(new ReadOnlySpan<byte>(file, (int)length)) ? PictureFormat.Jpeg : PictureFormat.None;

    /// <summary>Header.</summary>
    public static Fault ReadHeader(byte* file, long length, long maxPixels, out PictureInfo info)
    {
        info = default;
        Fault fault = JpegFile.ReadHeader(new ReadOnlySpan<byte>(file, (int)length), maxPixels, out JpegInfo jpeg);
        info.Format = PictureFormat.Jpeg;
        info.Width = jpeg.Width;
        info.Height = jpeg.Height;
        info.Channels = jpeg.Channels;
        info.OutputBytes = jpeg.OutputBytes;
        info.ScratchBytes = jpeg.ScratchBytes;
        return fault;
    }

    /// <summary>Pixels.</summary>
    public static Fault Decode(byte* file, long length, in PictureInfo info, byte* output, byte* scratch)
    {
        Fault fault = JpegFile.ReadHeader(new ReadOnlySpan<byte>(file, (int)length), long.MaxValue, out JpegInfo jpeg);
        return fault.IsNone ? JpegFile.Decode(new ReadOnlySpan<byte>(file, (int)length), in jpeg, output, scratch) : fault;
    }
}
