namespace NoDeps.Formats;

/// <summary>Picture formats that <see cref="PictureFile.Identify"/> tells apart by their first bytes.</summary>
public enum PictureFormat
{
    /// <summary>No picture that is known.</summary>
    None,
    /// <summary>Portable Network Graphics.</summary>
    Png,
    /// <summary>JPEG, ITU-T T.81.</summary>
    Jpeg,
    /// <summary>Netpbm's bitmaps, graymaps and pixmaps, P1 to P6.</summary>
    Pnm,
    /// <summary>Bitmaps of Windows and OS/2.</summary>
    Bmp,
    /// <summary>Recognized, not read.</summary>
    Gif,
    /// <summary>Recognized, not read.</summary>
    WebP,
    /// <summary>Recognized, not read.</summary>
    Tiff,
    /// <summary>HEIF and HEIC; recognized, not read.</summary>
    Heif,
    /// <summary>Recognized, not read.</summary>
    Avif,
    /// <summary>Recognized, not read.</summary>
    JpegXl,
    /// <summary>Recognized, not read.</summary>
    Jpeg2000,
    /// <summary>A document; recognized, not read.</summary>
    Pdf,
    /// <summary>Recognized, not read.</summary>
    Icon,
    /// <summary>Adobe Photoshop; recognized, not read.</summary>
    Photoshop,
    /// <summary>Netpbm's P7; recognized, not read.</summary>
    Pam,
}
