using System;

namespace NoDeps.Formats;

/// <summary>Texts about picture formats for messages.</summary>
public static class PictureFormats
{
    /// <summary>The description of a format, such as "a PNG picture"; empty for <see cref="PictureFormat.None"/>.</summary>
    public static ReadOnlySpan<byte> NameOf(PictureFormat format) => format switch
    {
        PictureFormat.Png => "a PNG picture"u8,
        PictureFormat.Jpeg => "a JPEG picture"u8,
        PictureFormat.Pnm => "a PNM picture"u8,
        PictureFormat.Bmp => "a BMP picture"u8,
        PictureFormat.Gif => "a GIF picture"u8,
        PictureFormat.WebP => "a WebP picture"u8,
        PictureFormat.Tiff => "a TIFF picture"u8,
        PictureFormat.Heif => "a HEIF picture"u8,
        PictureFormat.Avif => "an AVIF picture"u8,
        PictureFormat.JpegXl => "a JPEG XL picture"u8,
        PictureFormat.Jpeg2000 => "a JPEG 2000 picture"u8,
        PictureFormat.Pdf => "a PDF document"u8,
        PictureFormat.Icon => "a Windows icon"u8,
        PictureFormat.Photoshop => "a Photoshop file"u8,
        PictureFormat.Pam => "a PAM picture (P7)"u8,
        _ => default,
    };

    /// <summary>The hint for a picture in an unsupported format.</summary>
    internal static ReadOnlySpan<byte> AdviceOf(PictureFormat format) => format switch
    {
        PictureFormat.Pdf => "save its page as PNG"u8,
        PictureFormat.Icon => "convert it to PNG"u8,
        PictureFormat.Photoshop => "save it as PNG or JPEG"u8,
        PictureFormat.Pam => "convert it to PNG or PNM"u8,
        _ => "convert it to PNG or JPEG"u8,
    };
}
