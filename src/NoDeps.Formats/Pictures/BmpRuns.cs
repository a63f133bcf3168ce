using System;
using NoDeps.Primitives;

namespace NoDeps.Formats;

/// <summary>
/// Decodes run-length encoded BMP files (RLE8 and RLE4). Skipped pixels get the palette's first color. Some encoders (ImageMagick)
/// compress rows including their padding to 4 bytes; such pixels beyond the width are read and discarded.
/// </summary>
internal static unsafe class BmpRuns
{
    internal static Fault Decode(byte* file, long length, in PictureInfo info, byte* output)
    {
        BmpHeader header = info.Bmp;
        for (long i = 0; i < (long)info.Width * info.Height; i++)
            if (!BmpFile.Color(file, header, 0, output + 3 * i)) return BmpFile.NoColor(header);
        long x = 0, y = 0, paddedWidth = BmpFile.RowBytes(info.Width, header.Bits) * 8 / header.Bits;
        for (long at = header.Data; ;)
        {
            if (length - at < 2) return Fault.At(length, "the BMP file ends too early\nis the file complete?"u8);
            int count = file[at], code = file[at + 1];
            at += 2;
            bool isRun = count != 0;
            if (!isRun)
            {
                if (code == 1) return Fault.None;
                if (code == 0)
                {
                    x = 0;
                    y++;
                    continue;
                }
                if (code == 2)
                {
                    if (length - at < 2) return Fault.At(length, "the BMP file ends too early\nis the file complete?"u8);
                    x += file[at];
                    y += file[at + 1];
                    at += 2;
                    continue;
                }
                count = code;
            }
            // Literal pixels are padded to 16 bits.
            long bytes = isRun ? 0 : ((long)count * header.Bits + 15) >> 4 << 1;
            if (length - at < bytes) return Fault.At(length, "the BMP file ends too early\nis the file complete?"u8);
            if (y >= info.Height) return Fault.At(at - 2, "a BMP run is above the picture's top row"u8);
            long rest = Math.Max(0, paddedWidth - x);
            if (count > rest)
                return Fault.At(at - 2, "a BMP run is longer than the rest of its row"u8, rest, count);
            byte* to = output + ((info.Height - 1 - y) * info.Width + x) * 3;
            for (int i = 0; i < count && x + i < info.Width; i++, to += 3)
            {
                int value = isRun ? code : file[at + (header.Bits == 8 ? i : i >> 1)];
                if (header.Bits == 4) value = (i & 1) == 0 ? value >> 4 : value & 15;
                if (!BmpFile.Color(file, header, value, to)) return BmpFile.NoColor(header);
            }
            x += count;
            at += bytes;
        }
    }
}
