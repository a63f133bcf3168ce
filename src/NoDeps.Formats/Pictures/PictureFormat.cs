namespace NoDeps.Formats;

/// <summary>Picture formats that <see cref="PictureFile.Identify"/> recognizes by their first bytes.</summary>
public enum PictureFormat
{
    /// <summary>Not a known picture format.</summary>
    None,
    /// <summary>Portable Network Graphics.</summary>
    Png,
    /// <summary>JPEG, ITU-T T.81.</summary>
    Jpeg,
    /// <summary>Netpbm's bitmaps, graymaps and pixmaps, P1 to P6.</summary>
    Pnm,
    /// <summary>Bitmaps of Windows and OS/2.</summary>
    Bmp,
    /// <summary>Recognized but not supported.</summary>
    Gif,
    /// <summary>Recognized but not supported.</summary>
    WebP,
    /// <summary>Recognized but not supported.</summary>
    Tiff,
    /// <summary>HEIF and HEIC; recognized but not supported.</summary>
    Heif,
    /// <summary>Recognized but not supported.</summary>
    Avif,
    /// <summary>Recognized but not supported.</summary>
    JpegXl,
    /// <summary>Recognized but not supported.</summary>
    Jpeg2000,
    /// <summary>A document; recognized but not supported.</summary>
    Pdf,
    /// <summary>Recognized but not supported.</summary>
    Icon,
    /// <summary>Adobe Photoshop; recognized but not supported.</summary>
    Photoshop,
    /// <summary>Netpbm's P7; recognized but not supported.</summary>
    Pam,
}
