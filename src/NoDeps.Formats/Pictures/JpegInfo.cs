namespace NoDeps.Formats;

/// <summary>The properties of a JPEG file, and the memory needed to decode it.</summary>
public struct JpegInfo
{
    /// <summary>Columns as stored.</summary>
    public int Width;
    /// <summary>Rows as stored.</summary>
    public int Height;
    /// <summary>Bytes per pixel: 1 (gray) or 3 (RGB).</summary>
    public int Channels;
    /// <summary>EXIF orientation, 1 to 8, for <see cref="PictureOrientation"/>; 1 if the file has none.</summary>
    public int Orientation;
    /// <summary>Size of the pixels in bytes: [height][width][channels].</summary>
    public long OutputBytes;
    /// <summary>Size of the scratch memory in bytes; any alignment.</summary>
    public long ScratchBytes;
}
