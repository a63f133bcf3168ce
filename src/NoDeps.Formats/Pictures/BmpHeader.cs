namespace NoDeps.Formats;

/// <summary>The fields of a BMP file's headers that decoding needs.</summary>
internal struct BmpHeader
{
    public int Bits;
    /// <summary>0 none, 1 RLE8, 2 RLE4, 3 bit fields.</summary>
    public int Compression;
    public bool TopDown;
    /// <summary>The offset of the pixels.</summary>
    public long Data;
    /// <summary>The offset of the palette, its number of entries, and the bytes per entry.</summary>
    public long Palette;
    public int PaletteEntries;
    public int PaletteStride;
    public uint Red;
    public uint Green;
    public uint Blue;
    public uint Alpha;
}
