using System;
using NoDeps.Primitives;

namespace NoDeps.Formats;

/// <summary>
/// Decodes picture files in any supported format, recognized by content: PNG, JPEG, PNM and BMP. Pixels have 8 bits per
/// channel and are upright.
/// </summary>
public static unsafe class PictureFile
{
    /// <summary>The default limit of width × height.</summary>
    public const long DefaultMaxPixels = 1L << 28;

    /// <summary>The number of first bytes that <see cref="Identify(ReadOnlySpan{byte})"/> needs.</summary>
    private const int MaxExamined = 22;

    /// <summary>Recognizes the format of a file by its first bytes.</summary>
    public static PictureFormat Identify(byte* file, long length) =>
        Identify(new ReadOnlySpan<byte>(file, (int)Math.Min(length, MaxExamined)));

    /// <summary>The same from its first bytes, or all of it.</summary>
    public static PictureFormat Identify(ReadOnlySpan<byte> start)
    {
        if (Begins(start, 0x89, (byte)'P', (byte)'N', (byte)'G')) return PictureFormat.Png;
        if (JpegFile.IsJpeg(start)) return PictureFormat.Jpeg;
        if (start.Length >= 3 && start[0] == 'P' && (start[2] <= ' ' || start[2] == '#'))
        {
            if (start[1] is >= (byte)'1' and <= (byte)'6') return PictureFormat.Pnm;
            if (start[1] == '7') return PictureFormat.Pam;
        }
        if (Begins(start, "BM"u8)) return PictureFormat.Bmp;
        if (Begins(start, "GIF8"u8)) return PictureFormat.Gif;
        if (Begins(start, "%PDF"u8)) return PictureFormat.Pdf;
        if (Begins(start, "8BPS"u8)) return PictureFormat.Photoshop;
        if (Begins(start, (byte)'I', (byte)'I', 42, 0) || Begins(start, (byte)'M', (byte)'M', 0, 42)) return PictureFormat.Tiff;
        if (Begins(start, 0, 0, 1, 0) && start.Length >= MaxExamined && start[5] == 0 && start[4] != 0) return PictureFormat.Icon;
        if (Begins(start, 0xFF, 0x0A, start.Length > 2 ? start[2] : 0, start.Length > 3 ? start[3] : 0)) return PictureFormat.JpegXl;
        return start.Length < 12 ? PictureFormat.None : IdentifyBox(start);
    }

    /// <summary>Recognizes formats whose signature follows a length or a RIFF header.</summary>
    private static PictureFormat IdentifyBox(ReadOnlySpan<byte> start)
    {
        ReadOnlySpan<byte> kind = start.Slice(4), brand = start.Slice(8);
        if (Begins(start, "RIFF"u8) && Begins(brand, "WEBP"u8)) return PictureFormat.WebP;
        if (Begins(kind, "JXL "u8)) return PictureFormat.JpegXl;
        if (Begins(kind, "jP  "u8)) return PictureFormat.Jpeg2000;
        if (!Begins(kind, "ftyp"u8)) return PictureFormat.None;
        if (Begins(brand, "avi"u8)) return PictureFormat.Avif;
        return Begins(brand, "hei"u8) || Begins(brand, "hev"u8) || Begins(brand, "mif1"u8) || Begins(brand, "msf1"u8)
            ? PictureFormat.Heif
            : PictureFormat.None;
    }

    private static bool Begins(ReadOnlySpan<byte> text, ReadOnlySpan<byte> prefix) =>
        text.Length >= prefix.Length && text.Slice(0, prefix.Length).SequenceEqual(prefix);

    private static bool Begins(ReadOnlySpan<byte> start, int a, int b, int c, int d) =>
        start.Length >= 4 && start[0] == a && start[1] == b && start[2] == c && start[3] == d;

    /// <summary>Reads the header, which determines the size of the picture and of the memory for <see cref="Decode"/>.</summary>
    /// <param name="file">A whole file.</param>
    /// <param name="length">Its length in bytes.</param>
    /// <param name="maxPixels">The maximum width × height; a larger picture is a fault.</param>
    /// <param name="info">The properties of the picture; all zero on a fault.</param>
    public static Fault ReadHeader(byte* file, long length, long maxPixels, out PictureInfo info)
    {
        info = default;
        PictureInfo found = default;
        if (length > int.MaxValue) return Fault.At(0, "the picture file is larger than 2 GiB"u8);
        Fault fault = Identify(file, length) switch
        {
            PictureFormat.Png => PngFile.ReadHeader(file, length, maxPixels, ref found),
            PictureFormat.Jpeg => ReadJpegHeader(file, length, maxPixels, ref found),
            PictureFormat.Pnm => PnmFile.ReadHeader(file, length, maxPixels, ref found),
            PictureFormat.Bmp => BmpFile.ReadHeader(file, length, maxPixels, ref found),
            PictureFormat other => Refusal(other),
        };
        if (fault.IsNone) info = found;
        return fault;
    }

    /// <summary>Decodes a file. Does not allocate; on a fault the output is undefined.</summary>
    /// <param name="file">The same file as for <see cref="ReadHeader"/>.</param>
    /// <param name="length">Its length in bytes.</param>
    /// <param name="info">The result of <see cref="ReadHeader"/>.</param>
    /// <param name="output">Receives <see cref="PictureInfo.OutputBytes"/> bytes: [Height][Width][Channels].</param>
    /// <param name="scratch"><see cref="PictureInfo.ScratchBytes"/> bytes, which need not be initialized.</param>
    public static Fault Decode(byte* file, long length, in PictureInfo info, byte* output, byte* scratch) => info.Format switch
    {
        PictureFormat.Png => PngFile.Decode(file, info, output, scratch),
        PictureFormat.Jpeg => DecodeJpeg(file, length, info, output, scratch),
        PictureFormat.Pnm => PnmFile.Decode(file, length, info, output),
        PictureFormat.Bmp => BmpFile.Decode(file, length, info, output),
        _ => Fault.Of(FaultKind.Software, "the picture's header was not read"u8),
    };

    private static Fault Refusal(PictureFormat format)
    {
        if (format == PictureFormat.None) return Fault.At(0, "not a picture of a known format\nsupported are PNG, JPEG, PNM and BMP"u8);
        Utf8Writer what = new(stackalloc byte[60]);
        what.Text(PictureFormats.NameOf(format));
        what.Text(", which is not supported"u8);
        return Fault.At(0, what.Written).WithHint(PictureFormats.AdviceOf(format));
    }

    private static Fault ReadJpegHeader(byte* file, long length, long maxPixels, ref PictureInfo info)
    {
        Fault fault = JpegFile.ReadHeader(new ReadOnlySpan<byte>(file, (int)length), maxPixels, out JpegInfo jpeg);
        if (!fault.IsNone) return fault;
        bool swaps = PictureOrientation.SwapsSides(jpeg.Orientation);
        info.Format = PictureFormat.Jpeg;
        info.Width = swaps ? jpeg.Height : jpeg.Width;
        info.Height = swaps ? jpeg.Width : jpeg.Height;
        info.Channels = jpeg.Channels;
        info.Orientation = jpeg.Orientation;
        info.OutputBytes = jpeg.OutputBytes;
        // A picture that must be rotated is decoded into scratch memory first.
        info.ScratchBytes = jpeg.ScratchBytes + (jpeg.Orientation == PictureOrientation.Normal ? 0 : jpeg.OutputBytes);
        info.Jpeg = jpeg;
        return Fault.None;
    }

    private static Fault DecodeJpeg(byte* file, long length, in PictureInfo info, byte* output, byte* scratch)
    {
        ReadOnlySpan<byte> bytes = new(file, (int)length);
        if (info.Orientation == PictureOrientation.Normal) return JpegFile.Decode(bytes, info.Jpeg, output, scratch);
        byte* stored = scratch + info.Jpeg.ScratchBytes;
        Fault fault = JpegFile.Decode(bytes, info.Jpeg, stored, scratch);
        if (fault.IsNone)
            PictureOrientation.Apply(stored, info.Jpeg.Width, info.Jpeg.Height, info.Channels, info.Orientation, output);
        return fault;
    }
}
