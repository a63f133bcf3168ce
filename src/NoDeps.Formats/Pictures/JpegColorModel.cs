namespace NoDeps.Formats;

/// <summary>The color model of a JPEG file's components.</summary>
internal enum JpegColorModel : byte
{
    /// <summary>One component.</summary>
    Gray,
    /// <summary>Luma and two color differences, JFIF.</summary>
    YCbCr,
    /// <summary>Red, green and blue, without conversion.</summary>
    Rgb,
    /// <summary>Four inks, inverted (255 means no ink), as Adobe's programs write them.</summary>
    Cmyk,
    /// <summary>Four inks, the first three of which are coded as <see cref="YCbCr"/>.</summary>
    Ycck,
}
