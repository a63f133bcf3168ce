using NoDeps.Primitives;

namespace NoDeps.Formats;

/// <summary>What the header of a picture file says, and what memory its pixels need.</summary>
public struct PictureInfo
{
    /// <summary>The format, one of those that are read.</summary>
    public PictureFormat Format;
    /// <summary>Columns, once upright.</summary>
    public int Width;
    /// <summary>Rows, once upright.</summary>
    public int Height;
    /// <summary>Bytes a pixel: 1 gray, 2 gray and alpha, 3 RGB, 4 RGBA.</summary>
    public int Channels;
    /// <summary>EXIF orientation, 1 to 8, as found; <see cref="PictureFile.Decode"/> applies it.</summary>
    public int Orientation;
    /// <summary>Bytes of the pixels: [Height][Width][Channels].</summary>
    public long OutputBytes;
    /// <summary>Bytes of scratch memory, any alignment; may be 0.</summary>
    public long ScratchBytes;

    internal JpegInfo Jpeg;
    internal PngHeader Png;
    internal PnmHeader Pnm;
    internal BmpHeader Bmp;

    /// <summary>Sets the sizes of an upright picture; a fault where there is none or it is too large.</summary>
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
