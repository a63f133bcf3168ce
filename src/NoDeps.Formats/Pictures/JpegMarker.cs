namespace NoDeps.Formats;

/// <summary>The second byte of each marker: T.81 table B.1.</summary>
internal static class JpegMarker
{
    /// <summary>Baseline frame.</summary>
    public const int Sof0 = 0xC0;
    /// <summary>Extended sequential frame.</summary>
    public const int Sof1 = 0xC1;
    /// <summary>Progressive frame.</summary>
    public const int Sof2 = 0xC2;
    /// <summary>The last of the frame headers.</summary>
    public const int Sof15 = 0xCF;
    /// <summary>Huffman tables.</summary>
    public const int Dht = 0xC4;
    /// <summary>Reserved, in the range of the frame headers.</summary>
    public const int Jpg = 0xC8;
    /// <summary>The first frame with arithmetic coding, as are all that follow it.</summary>
    public const int Sof9 = 0xC9;
    /// <summary>Arithmetic coding conditioning.</summary>
    public const int Dac = 0xCC;
    /// <summary>First restart marker; seven more follow.</summary>
    public const int Rst0 = 0xD0;
    /// <summary>Last restart marker.</summary>
    public const int Rst7 = 0xD7;
    /// <summary>Start of the image.</summary>
    public const int Soi = 0xD8;
    /// <summary>End of the image.</summary>
    public const int Eoi = 0xD9;
    /// <summary>Start of a scan.</summary>
    public const int Sos = 0xDA;
    /// <summary>Quantization tables.</summary>
    public const int Dqt = 0xDB;
    /// <summary>Number of lines, after the first scan.</summary>
    public const int Dnl = 0xDC;
    /// <summary>Restart interval.</summary>
    public const int Dri = 0xDD;
    /// <summary>First application segment: JFIF.</summary>
    public const int App0 = 0xE0;
    /// <summary>EXIF.</summary>
    public const int App1 = 0xE1;
    /// <summary>Adobe.</summary>
    public const int App14 = 0xEE;
    /// <summary>A marker without a segment.</summary>
    public const int Tem = 0x01;
}
