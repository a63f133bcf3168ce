using System;

namespace NoDeps.Formats;

/// <summary>
/// Reads the orientation from an EXIF segment: a TIFF header and its first directory. Invalid data is ignored, as the picture
/// can be decoded without it.
/// </summary>
internal static class JpegExif
{
    private const int HeaderBytes = 8, EntryBytes = 12, OrientationTag = 0x0112, ShortType = 3;

    /// <summary>Returns 1 to 8, or 0 if the segment is of another kind, has no orientation or is damaged.</summary>
    /// <param name="segment">The content of an APP1 segment, after its length field.</param>
    public static int Orientation(ReadOnlySpan<byte> segment)
    {
        ReadOnlySpan<byte> name = "Exif\0\0"u8;
        if (segment.Length < name.Length + HeaderBytes || !segment.Slice(0, name.Length).SequenceEqual(name)) return 0;
        return OfTiff(segment.Slice(name.Length));
    }

    /// <summary>Reads the orientation from a TIFF structure in either byte order.</summary>
    public static int OfTiff(ReadOnlySpan<byte> tiff)
    {
        if (tiff.Length < HeaderBytes || tiff[0] != tiff[1] || (tiff[0] != 'I' && tiff[0] != 'M')) return 0;
        bool bigEndian = tiff[0] == 'M';
        if (Number(tiff, 2, 2, bigEndian) != 42) return 0;
        long directory = Number(tiff, 4, 4, bigEndian);
        if (directory + 2 > tiff.Length) return 0;
        long entries = Number(tiff, (int)directory, 2, bigEndian);
        for (long i = 0, at = directory + 2; i < entries && at + EntryBytes <= tiff.Length; i++, at += EntryBytes)
        {
            if (Number(tiff, (int)at, 2, bigEndian) != OrientationTag) continue;
            if (Number(tiff, (int)at + 2, 2, bigEndian) != ShortType || Number(tiff, (int)at + 4, 4, bigEndian) != 1) return 0;
            long orientation = Number(tiff, (int)at + 8, 2, bigEndian);
            return orientation is >= 1 and <= 8 ? (int)orientation : 0;
        }
        return 0;
    }

    private static long Number(ReadOnlySpan<byte> tiff, int at, int bytes, bool bigEndian)
    {
        long value = 0;
        for (int i = 0; i < bytes; i++) value |= (long)tiff[at + i] << (8 * (bigEndian ? bytes - 1 - i : i));
        return value;
    }
}
