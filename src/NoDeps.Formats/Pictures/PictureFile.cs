using System;
using NoDeps.Primitives;

namespace NoDeps.Formats;

/// <summary>Pictures of every format that is read, told apart by their content.</summary>
public static unsafe class PictureFile
{
    /// <summary>What a file's first bytes say.</summary>
    public static PictureFormat Identify(byte* file, long length)
    {
        if (length >= 3 && file[0] == 0xFF && file[1] == 0xD8 && file[2] == 0xFF) return PictureFormat.Jpeg;
        return length >= 3 && file[0] == 'P' && (file[1] == '5' || file[1] == '6') && file[2] <= ' ' ? PictureFormat.Pnm : PictureFormat.None;
    }

    /// <summary>Sizes, and what memory <see cref="Decode"/> needs.</summary>
    public static Fault ReadHeader(byte* file, long length, long maxPixels, out PictureInfo info)
    {
        info = default;
        info.Format = Identify(file, length);
        if (info.Format == PictureFormat.None) return Fault.At(0, "not a picture of a format that is read"u8).WithHint(HintFor(file, length));
        if (length > int.MaxValue) return Fault.At(0, "a picture larger than 2 GiB"u8, int.MaxValue, length);
        if (info.Format == PictureFormat.Pnm) return ReadPnm(file, length, maxPixels, ref info, out _);
        Fault fault = JpegFile.ReadHeader(new ReadOnlySpan<byte>(file, (int)length), maxPixels, out JpegInfo jpeg);
        info.Width = jpeg.Width;
        info.Height = jpeg.Height;
        info.Channels = jpeg.Channels;
        info.OutputBytes = jpeg.OutputBytes;
        info.ScratchBytes = jpeg.ScratchBytes;
        return fault;
    }

    /// <summary>Pixels: [height][width][channels].</summary>
    public static Fault Decode(byte* file, long length, in PictureInfo info, byte* output, byte* scratch)
    {
        if (info.Format == PictureFormat.Pnm)
        {
            PictureInfo again = default;
            Fault header = ReadPnm(file, length, long.MaxValue, ref again, out long start);
            if (!header.IsNone) return header;
            if (length - start < info.OutputBytes) return Fault.At(length, "the file ends within its pixels"u8, start + info.OutputBytes, length);
            MemoryCopy.Copy(output, file + start, (nuint)info.OutputBytes);
            return Fault.None;
        }
        Fault fault = JpegFile.ReadHeader(new ReadOnlySpan<byte>(file, (int)length), long.MaxValue, out JpegInfo jpeg);
        return fault.IsNone ? JpegFile.Decode(new ReadOnlySpan<byte>(file, (int)length), in jpeg, output, scratch) : fault;
    }

    private static ReadOnlySpan<byte> HintFor(byte* file, long length) =>
        length >= 12 && new ReadOnlySpan<byte>(file + 8, 4).SequenceEqual("WEBP"u8) ? "it is WebP; save it as JPEG"u8 : "JPEG and PNM are read"u8;

    private static Fault ReadPnm(byte* file, long length, long maxPixels, ref PictureInfo info, out long at)
    {
        at = 2;
        int* numbers = stackalloc int[3];
        for (int i = 0; i < 3; i++)
        {
            while (at < length && file[at] <= ' ') at++;
            bool parsed = IntegerParse.Unsigned(new ReadOnlySpan<byte>(file + at, (int)Math.Min(length - at, 10)), out ulong number, out int used);
            if (!parsed || number == 0 || number > int.MaxValue) return Fault.At(at, "a size that is none"u8);
            numbers[i] = (int)number;
            at += used;
        }
        at++;
        if (numbers[2] != 255) return Fault.At(at, "a maximum that is not read"u8, 255, numbers[2]);
        long pixels = (long)numbers[0] * numbers[1];
        if (pixels > maxPixels) return Fault.At(0, "a picture with too many pixels"u8, maxPixels, pixels);
        info.Width = numbers[0];
        info.Height = numbers[1];
        info.Channels = file[1] == '5' ? 1 : 3;
        info.OutputBytes = pixels * info.Channels;
        return Fault.None;
    }
}
