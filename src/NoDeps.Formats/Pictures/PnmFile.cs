using System;
using NoDeps.Primitives;

namespace NoDeps.Formats;

/// <summary>
/// Netpbm files P1 to P6: bitmaps (1 is black), graymaps and pixmaps, plain or raw, with comments, and with any maximum up to
/// 65535, which is scaled to 255. Only the first picture of a file is read.
/// </summary>
internal static unsafe class PnmFile
{
    private const int MaxMaximum = 65535;

    internal static Fault ReadHeader(byte* file, long length, long maxPixels, ref PictureInfo info)
    {
        PnmHeader header = default;
        header.Kind = file[1] - '0';
        header.MaxValue = 1;
        long at = 2;
        if (!ReadNumber(file, length, ref at, out long width) || !ReadNumber(file, length, ref at, out long height))
            return Fault.At(at, "a PNM header field is not a number"u8);
        bool isBitmap = header.Kind is 1 or 4, isRaw = header.Kind >= 4;
        int channels = header.Kind is 3 or 6 ? 3 : 1;
        Fault fault = info.SetSize(PictureFormat.Pnm, width, height, channels, maxPixels, 2);
        if (!fault.IsNone) return fault;
        if (!isBitmap)
        {
            if (!ReadNumber(file, length, ref at, out long maximum))
                return Fault.At(at, "a PNM header field is not a number"u8);
            if (maximum is < 1 or > MaxMaximum) return Fault.At(at, "PNM maximum out of range"u8, MaxMaximum, maximum);
            header.MaxValue = (int)maximum;
        }
        long row = header.Kind == 4 ? (width + 7) >> 3 : width * channels * (header.MaxValue > 255 ? 2 : 1);
        if (isRaw)
        {
            if (at >= length || !IsSpace(file[at])) return Fault.At(at, "no white space after the PNM header"u8);
            at++;
            if (length - at < row * height) return Fault.At(length, "the PNM file ends too early"u8, at + row * height, length);
        }
        else if (length - at < info.OutputBytes)
        {
            // A sample takes at least one digit.
            return Fault.At(length, "the PNM file ends too early"u8, at + info.OutputBytes, length);
        }
        header.Data = at;
        info.Pnm = header;
        return Fault.None;
    }

    internal static Fault Decode(byte* file, long length, in PictureInfo info, byte* output)
    {
        PnmHeader header = info.Pnm;
        if (header.Kind == 4)
        {
            Unpack(file + header.Data, info.Width, info.Height, output);
            return Fault.None;
        }
        uint maximum = (uint)header.MaxValue;
        long at = header.Data;
        for (long i = 0; i < info.OutputBytes; i++)
        {
            long start = at, value;
            if (header.Kind > 4)
            {
                value = file[at++];
                if (maximum > 255) value = value << 8 | file[at++];
            }
            else if (header.Kind == 1)
            {
                at = SkipSpace(file, length, at);
                if (at >= length) return Fault.At(length, "the PNM file ends too early"u8);
                value = '1' - file[at++];
                if (value is < 0 or > 1) return Fault.At(at - 1, "a PNM pixel is neither 0 nor 1"u8);
            }
            else if (!ReadNumber(file, length, ref at, out value))
            {
                return at >= length ? Fault.At(length, "the PNM file ends too early"u8) : Fault.At(at, "a PNM sample is not a number"u8);
            }
            if (value > maximum) return Fault.At(start, "a PNM sample exceeds the maximum"u8, maximum, value);
            output[i] = maximum == 255 ? (byte)value : (byte)(((uint)value * 255 + maximum / 2) / maximum);
        }
        return Fault.None;
    }

    private static void Unpack(byte* from, int width, int height, byte* to)
    {
        for (int y = 0; y < height; y++, from += ((long)width + 7) >> 3)
            for (int x = 0; x < width; x++) *to++ = (from[x >> 3] >> (7 - (x & 7)) & 1) == 0 ? (byte)255 : (byte)0;
    }

    private static bool IsSpace(byte c) => c is (byte)' ' or >= 9 and <= 13;

    /// <summary>Skips white space and comments, which extend to the end of the line.</summary>
    private static long SkipSpace(byte* file, long length, long at)
    {
        for (; at < length; at++)
        {
            if (file[at] == '#') while (at < length && file[at] is not (10 or 13)) at++;
            else if (!IsSpace(file[at])) break;
        }
        return Math.Min(at, length);
    }

    private static bool ReadNumber(byte* file, long length, ref long at, out long value)
    {
        at = SkipSpace(file, length, at);
        long first = at;
        value = 0;
        for (; at < length && file[at] is >= (byte)'0' and <= (byte)'9'; at++)
            value = Math.Min(value * 10 + (file[at] - '0'), int.MaxValue);
        return at > first;
    }
}
