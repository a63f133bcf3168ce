using NoDeps.Primitives;

namespace NoDeps.Formats;

/// <summary>The properties of a picture file, and the memory needed to decode it.</summary>
public struct PictureInfo
{
    /// <summary>The format, one of those supported.</summary>
    public PictureFormat Format;
    /// <summary>Columns of the upright picture.</summary>
    public int Width;
    /// <summary>Rows of the upright picture.</summary>
    public int Height;
    /// <summary>Bytes per pixel: 1 gray, 2 gray and alpha, 3 RGB, 4 RGBA.</summary>
    public int Channels;
    /// <summary>EXIF orientation, 1 to 8, as stored; <see cref="PictureFile.Decode"/> applies it.</summary>
    public int Orientation;
    /// <summary>Size of the pixels in bytes: [Height][Width][Channels].</summary>
    public long OutputBytes;
    /// <summary>Size of the scratch memory in bytes, any alignment; may be 0.</summary>
    public long ScratchBytes;

    internal JpegInfo Jpeg;
    internal PngHeader Png;
    internal PnmHeader Pnm;
    internal BmpHeader Bmp;

    /// <summary>Sets the dimensions of an upright picture. Fails if it is empty or too large.</summary>
    internal Fault SetSize(PictureFormat format, long width, long height, int channels, long maxPixels, long offset)
    {
        if (width <= 0 || height <= 0) return Fault.At(offset, "a picture without columns or rows"u8);
        if (width > int.MaxValue || height > int.MaxValue || width > maxPixels / height)
            return Fault.At(offset, "a picture with too many pixels"u8, maxPixels, width * height);
        Format = format;
        Width = (int)width;
        Height = (int)height;
        Channels = channels;
        Orientation = PictureOrientation.Normal;
        OutputBytes = width * height * channels;
        return Fault.None;
    }
}
