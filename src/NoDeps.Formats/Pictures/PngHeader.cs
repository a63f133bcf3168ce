namespace NoDeps.Formats;

/// <summary>What decoding a PNG file needs from its header chunks, and the total length of its IDAT chunks.</summary>
internal struct PngHeader
{
    public int Width;
    public int Height;
    public int Depth;
    public int ColorType;
    public bool Interlaced;
    /// <summary>The offset of the PLTE chunk's data and its number of entries; 0 if there is none.</summary>
    public long Palette;
    public int PaletteEntries;
    /// <summary>The offset of the tRNS chunk's data and its length; 0 if there is none.</summary>
    public long Transparency;
    public int TransparencyBytes;
    /// <summary>The offset of the first IDAT chunk.</summary>
    public long FirstData;
    /// <summary>Total length of the IDAT chunks' data in bytes.</summary>
    public long DataBytes;
    /// <summary>Size of the filtered rows in bytes, including filter types.</summary>
    public long FilteredBytes;

    /// <summary>Bits per pixel.</summary>
    public readonly int BitsPerPixel => Depth * Samples;

    /// <summary>Samples per pixel, as stored.</summary>
    public readonly int Samples => ColorType switch { 2 => 3, 4 => 2, 6 => 4, _ => 1 };

    /// <summary>Size of a row in bytes, without its filter type.</summary>
    public readonly long RowBytes(long width) => (width * BitsPerPixel + 7) >> 3;
}
