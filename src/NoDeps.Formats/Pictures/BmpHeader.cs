namespace NoDeps.Formats;

/// <summary>What decoding a BMP file needs of its headers.</summary>
internal struct BmpHeader
{
    public int Bits;
    /// <summary>0 none, 1 RLE8, 2 RLE4, 3 bit fields.</summary>
    public int Compression;
    public bool TopDown;
    /// <summary>Where the pixels begin.</summary>
    public long Data;
    /// <summary>Where the colors begin, how many there are, and bytes each.</summary>
    public long Palette;
    public int PaletteEntries;
    public int PaletteStride;
    public uint Red;
    public uint Green;
    public uint Blue;
    public uint Alpha;
}
