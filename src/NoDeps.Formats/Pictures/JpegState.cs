namespace NoDeps.Formats;

/// <summary>
/// The state of a JPEG decoder, including its tables. It contains no references and stays on the stack or in scratch memory,
/// where it does not move.
/// </summary>
internal unsafe struct JpegState
{
    /// <summary>The maximum number of components.</summary>
    public const int MaxComponents = 4;
    /// <summary>The number of tables of each kind.</summary>
    public const int Tables = 4;

    /// <summary>The first byte of the file.</summary>
    public byte* Start;
    /// <summary>The next byte to read.</summary>
    public byte* At;
    /// <summary>One past the last byte.</summary>
    public byte* Limit;

    /// <summary>Columns of the picture; 0 before the frame header.</summary>
    public int Width;
    /// <summary>Rows of the picture.</summary>
    public int Height;
    /// <summary>The number of components.</summary>
    public int Components;
    /// <summary>Largest horizontal sampling factor.</summary>
    public int MaxH;
    /// <summary>Largest vertical sampling factor.</summary>
    public int MaxV;
    /// <summary>MCUs per row.</summary>
    public int McusWide;
    /// <summary>Rows of MCUs.</summary>
    public int McusHigh;
    /// <summary>True for a progressive picture (spectral selection and successive approximation, T.81 annex G).</summary>
    public bool IsProgressive;
    /// <summary>True if there is a JFIF segment.</summary>
    public bool IsJfif;
    /// <summary>True if there is an Adobe segment.</summary>
    public bool IsAdobe;
    /// <summary>The color transform in the Adobe segment.</summary>
    public int AdobeTransform;
    /// <summary>EXIF orientation, 1 to 8; 0 if the file has none.</summary>
    public int Orientation;
    /// <summary>MCUs between restart markers; 0: none.</summary>
    public int RestartInterval;

    /// <summary>The bit reader of the current scan.</summary>
    public JpegBits Bits;
    /// <summary>The current scan.</summary>
    public JpegScan Scan;

    private JpegComponent _component0, _component1, _component2, _component3;
    private JpegHuffman _dc0, _dc1, _dc2, _dc3, _ac0, _ac1, _ac2, _ac3;

    /// <summary>The quantization tables that have been defined, one bit each.</summary>
    public int QuantizationDefined;
    /// <summary>The quantization tables, in natural order.</summary>
    public fixed int Quantization[Tables * 64];
    /// <summary>The natural-order index of each coefficient in zigzag order.</summary>
    public fixed byte Natural[64];
    /// <summary>The coefficients of the block being decoded.</summary>
    public fixed short Block[64];
    /// <summary>The most recently upsampled row of each component.</summary>
    public byte* Lines;
    /// <summary>The size of such a row in bytes.</summary>
    public int LineBytes;
    /// <summary>A row of weighted sums of samples, with a border entry on either side.</summary>
    public ushort* Sums;

    private static System.ReadOnlySpan<byte> Zigzag =>
    [
        0, 1, 8, 16, 9, 2, 3, 10, 17, 24, 32, 25, 18, 11, 4, 5, 12, 19, 26, 33, 40, 48, 41, 34, 27, 20, 13, 6, 7, 14, 21, 28,
        35, 42, 49, 56, 57, 50, 43, 36, 29, 22, 15, 23, 30, 37, 44, 51, 58, 59, 52, 45, 38, 31, 39, 46, 53, 60, 61, 54, 47, 55,
        62, 63,
    ];

    /// <summary>Initializes the state for a file.</summary>
    public static void Prepare(JpegState* state, byte* file, int length)
    {
        *state = default;
        state->Start = state->At = file;
        state->Limit = file + length;
        for (int i = 0; i < 64; i++) state->Natural[i] = Zigzag[i];
    }

    /// <summary>Component <paramref name="index"/> in the order of the frame header.</summary>
    public static JpegComponent* Component(JpegState* state, int index) => &state->_component0 + index;

    /// <summary>A table for DC differences, 0 to 3.</summary>
    public static JpegHuffman* Dc(JpegState* state, int index) => &state->_dc0 + index;

    /// <summary>A table for AC coefficients, 0 to 3.</summary>
    public static JpegHuffman* Ac(JpegState* state, int index) => &state->_ac0 + index;

    /// <summary>The color model. T.81 does not define it, so the JFIF and Adobe segments and the component identifiers decide.</summary>
    public readonly JpegColorModel Model(int firstId, int secondId, int thirdId)
    {
        if (Components == 1) return JpegColorModel.Gray;
        if (Components == 4) return IsAdobe && AdobeTransform != 0 ? JpegColorModel.Ycck : JpegColorModel.Cmyk;
        if (IsJfif) return JpegColorModel.YCbCr;
        if (IsAdobe) return AdobeTransform == 0 ? JpegColorModel.Rgb : JpegColorModel.YCbCr;
        return firstId == 'R' && secondId == 'G' && thirdId == 'B' ? JpegColorModel.Rgb : JpegColorModel.YCbCr;
    }
}
