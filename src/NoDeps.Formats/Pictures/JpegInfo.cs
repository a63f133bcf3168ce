namespace NoDeps.Formats;

/// <summary>What the header of a JPEG file says, and what memory its pixels need.</summary>
public struct JpegInfo
{
    /// <summary>Columns as stored.</summary>
    public int Width;
    /// <summary>Rows as stored.</summary>
    public int Height;
    /// <summary>Bytes a pixel: 1, gray, or 3, RGB.</summary>
    public int Channels;
    /// <summary>EXIF orientation, 1 to 8, for <see cref="PictureOrientation"/>; 1 where the file has none.</summary>
    public int Orientation;
    /// <summary>Bytes of the pixels: [height][width][channels].</summary>
    public long OutputBytes;
    /// <summary>Bytes of scratch memory, any alignment.</summary>
    public long ScratchBytes;
}
