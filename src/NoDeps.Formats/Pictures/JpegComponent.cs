namespace NoDeps.Formats;

/// <summary>One component (color plane) of a JPEG file: T.81 A.1.1.</summary>
internal unsafe struct JpegComponent
{
    /// <summary>The identifier by which scans refer to it.</summary>
    public int Id;
    /// <summary>Horizontal sampling factor, 1 to 4.</summary>
    public int H;
    /// <summary>Vertical sampling factor, 1 to 4.</summary>
    public int V;
    /// <summary>The index of its quantization table, 0 to 3.</summary>
    public int QuantizationIndex;
    /// <summary>Samples per row that belong to the picture.</summary>
    public int Width;
    /// <summary>Rows of samples that belong to the picture.</summary>
    public int Height;
    /// <summary>Blocks per row in a non-interleaved scan.</summary>
    public int BlocksWide;
    /// <summary>Rows of blocks in a non-interleaved scan.</summary>
    public int BlocksHigh;
    /// <summary>Blocks per row, padded to whole MCUs: at least <see cref="BlocksWide"/>.</summary>
    public int PaddedWide;
    /// <summary>Rows of blocks, padded to whole MCUs: at least <see cref="BlocksHigh"/>.</summary>
    public int PaddedHigh;
    /// <summary>The samples: 8 × <see cref="PaddedHigh"/> rows of <see cref="Stride"/> bytes.</summary>
    public byte* Plane;
    /// <summary>In a progressive picture, 64 coefficients per padded block, in natural order.</summary>
    public short* Coefficients;
    /// <summary>The current scan's table for DC differences.</summary>
    public JpegHuffman* Dc;
    /// <summary>The current scan's table for AC coefficients.</summary>
    public JpegHuffman* Ac;
    /// <summary>The last DC value of the current scan.</summary>
    public int Prediction;
    /// <summary>True once a scan has supplied its blocks or, in a progressive picture, the first bits of their DC values.</summary>
    public bool HasData;
    /// <summary>
    /// The quantization table in natural order, as of the beginning of this component's first scan.
    /// </summary>
    public fixed int Quantization[64];
    /// <summary>In a progressive picture, the number of low bits of each coefficient (zigzag) still missing; −1: all.</summary>
    public fixed sbyte LowBits[64];

    /// <summary>Bytes from one row of samples to the next.</summary>
    public readonly int Stride => 8 * PaddedWide;
}
