namespace NoDeps.Formats;

/// <summary>One component (color plane) of a JPEG file: T.81 A.1.1.</summary>
internal unsafe struct JpegComponent
{
    /// <summary>The identifier by which scans name it.</summary>
    public int Id;
    /// <summary>Horizontal sampling factor, 1 to 4.</summary>
    public int H;
    /// <summary>Vertical sampling factor, 1 to 4.</summary>
    public int V;
    /// <summary>Which quantization table it wants, 0 to 3.</summary>
    public int QuantizationIndex;
    /// <summary>Samples a row that belong to the picture.</summary>
    public int Width;
    /// <summary>Rows of samples that belong to the picture.</summary>
    public int Height;
    /// <summary>Blocks a row that a scan of this component alone has.</summary>
    public int BlocksWide;
    /// <summary>Rows of blocks that a scan of this component alone has.</summary>
    public int BlocksHigh;
    /// <summary>Blocks a row of whole MCUs: at least <see cref="BlocksWide"/>.</summary>
    public int PaddedWide;
    /// <summary>Rows of blocks of whole MCUs: at least <see cref="BlocksHigh"/>.</summary>
    public int PaddedHigh;
    /// <summary>The samples: 8 × <see cref="PaddedHigh"/> rows of <see cref="Stride"/> bytes.</summary>
    public byte* Plane;
    /// <summary>Of a progressive picture: 64 for each padded block, in natural order.</summary>
    public short* Coefficients;
    /// <summary>The table of the scan at hand for DC differences.</summary>
    public JpegHuffman* Dc;
    /// <summary>The table of the scan at hand for AC coefficients.</summary>
    public JpegHuffman* Ac;
    /// <summary>The last DC value of the scan at hand.</summary>
    public int Prediction;
    /// <summary>True once a scan has brought its blocks, or of a progressive picture the first bits of their DC values.</summary>
    public bool HasData;
    /// <summary>
    /// The quantization table in natural order, as it was when the first scan of this component began.
    /// </summary>
    public fixed int Quantization[64];
    /// <summary>Of a progressive picture: how many low bits of each coefficient (zigzag) are still to come; −1: all.</summary>
    public fixed sbyte LowBits[64];

    /// <summary>Bytes from one row of samples to the next.</summary>
    public readonly int Stride => 8 * PaddedWide;
}
