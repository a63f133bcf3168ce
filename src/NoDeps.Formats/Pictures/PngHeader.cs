namespace NoDeps.Formats;

/// <summary>What decoding a PNG file needs of its chunks before the first IDAT, and of the length of all IDATs.</summary>
internal struct PngHeader
{
    public int Width;
    public int Height;
    public int Depth;
    public int ColorType;
    public bool Interlaced;
    /// <summary>Where the PLTE chunk's data begin, and its entries; 0 without one.</summary>
    public long Palette;
    public int PaletteEntries;
    /// <summary>Where the tRNS chunk's data begin; 0 without one.</summary>
    public long Transparency;
    public int TransparencyBytes;
    /// <summary>Where the first IDAT chunk begins.</summary>
    public long FirstData;
    /// <summary>Bytes of all IDAT chunks together.</summary>
    public long DataBytes;
    /// <summary>Bytes of the filtered rows, filter types included.</summary>
    public long FilteredBytes;

    /// <summary>Bits a pixel.</summary>
    public readonly int BitsPerPixel => Depth * Samples;

    /// <summary>Samples a pixel, as stored.</summary>
    public readonly int Samples => ColorType switch { 2 => 3, 4 => 2, 6 => 4, _ => 1 };

    /// <summary>Bytes of one row, without its filter type.</summary>
    public readonly long RowBytes(long width) => (width * BitsPerPixel + 7) >> 3;
}
