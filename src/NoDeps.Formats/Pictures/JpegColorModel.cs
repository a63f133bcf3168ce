namespace NoDeps.Formats;

/// <summary>What the components of a JPEG file are.</summary>
internal enum JpegColorModel : byte
{
    /// <summary>One component.</summary>
    Gray,
    /// <summary>Luma and two color differences, JFIF.</summary>
    YCbCr,
    /// <summary>Red, green and blue as they are.</summary>
    Rgb,
    /// <summary>Four inks; 255 means none, as Adobe's programs write it.</summary>
    Cmyk,
    /// <summary>Four inks of which the first three are coded as <see cref="YCbCr"/>.</summary>
    Ycck,
}
