using System;

namespace NoDeps.Formats;

/// <summary>
/// Guesses from the first bytes what a file is if it is not a data file, for error messages. The usual causes are failed downloads: a
/// web page saved in place of the file, or a Git LFS pointer whose file has not been fetched.
/// </summary>
public static class FileKind
{
    /// <summary>The number of bytes that are examined.</summary>
    public const int MaxExamined = 512;
    /// <summary>The fields of the first local header of a ZIP archive.</summary>
    private const int ZipNameLengthAt = 26, ZipNameAt = 30;

    /// <summary>
    /// A description such as "an HTML page", followed by a line feed and a hint if there is one; empty if nothing is recognized.
    /// </summary>
    /// <param name="file">The file or its beginning, decompressed.</param>
    public static ReadOnlySpan<byte> Describe(ReadOnlySpan<byte> file)
    {
        ReadOnlySpan<byte> start = file.Slice(0, Math.Min(file.Length, MaxExamined));
        if (Begins(start, "version https://git-lfs"u8)) return "a Git LFS pointer\nrun \"git lfs pull\" to fetch the file itself"u8;
        PictureFormat picture = PictureFile.Identify(start);
        // A text that happens to begin with "BM" is not a bitmap.
        if (picture == PictureFormat.Bmp && IsText(start)) picture = PictureFormat.None;
        if (picture != PictureFormat.None) return PictureFormats.NameOf(picture);
        if (Gzip.IsGzip(start)) return "a gzip file\ndecompress it first"u8;
        if (IsPyTorch(start)) return "a PyTorch file\nsave a model with safetensors.torch.save_file, data with numpy.savez"u8;
        if (Zip.IsZip(start)) return "a ZIP archive\nunpack it first"u8;
        if (Npy.IsNpy(start)) return "a NumPy array"u8;
        if (Begins(start, "BZh"u8)) return "a bzip2 file\ndecompress it first"u8;
        if (start.Length > 5 && start[0] == 0xFD && start.Slice(1, 4).SequenceEqual("7zXZ"u8)) return "an xz file\ndecompress it first"u8;
        if (start.Length > 8 && start[7] == 0 && start[8] == '{') return "a safetensors file"u8;
        if (start.Length > 4 && start[0] == 0x89 && start.Slice(1, 3).SequenceEqual("HDF"u8)) return "an HDF5 file"u8;
        if (start.Length > 2 && start[0] == 0x80 && start[1] <= 5) return "a Python pickle\nsave its arrays with numpy.savez"u8;
        if (!IsText(start)) return default;
        return IsHtml(start) ? "an HTML page\na web page was saved in place of the file; fetch it again"u8
            : PlainText;
    }

    private static ReadOnlySpan<byte> PlainText => "a text file\nis it the error message of a failed download?"u8;

    /// <summary>Returns true if that is the description of a text.</summary>
    public static bool IsPlainText(ReadOnlySpan<byte> description) => description.SequenceEqual(PlainText);

    /// <summary>
    /// Returns true for what torch.save writes: a ZIP archive whose first entry is NAME/data.pkl or, before version 1.6, a pickle of the
    /// number 0x1950A86A20F9469CFC6C.
    /// </summary>
    public static bool IsPyTorch(ReadOnlySpan<byte> start)
    {
        if (start.Length > 5 && start[0] == 0x80 && start[2] == 0x8A && start[3] == 10 && start[4] == 0x6C && start[5] == 0xFC)
            return true;
        if (!Zip.IsZip(start) || start.Length < ZipNameAt) return false;
        ReadOnlySpan<byte> name = start.Slice(ZipNameAt);
        int length = start[ZipNameLengthAt] | start[ZipNameLengthAt + 1] << 8;
        if (length > name.Length) return false;
        name = name.Slice(0, length);
        return length > 9 && name.Slice(length - 9).SequenceEqual("/data.pkl"u8);
    }

    private static bool IsHtml(ReadOnlySpan<byte> start)
    {
        int at = 0;
        while (at < start.Length && (start[at] <= ' ' || start[at] >= 0x80)) at++;
        return at < start.Length && start[at] == '<';
    }

    /// <summary>Returns true if there are no control characters other than white space.</summary>
    private static bool IsText(ReadOnlySpan<byte> start)
    {
        for (int i = 0; i < start.Length; i++)
        {
            byte b = start[i];
            if (b < ' ' && b != '\n' && b != '\r' && b != '\t' || b == 0x7F) return false;
        }
        return !start.IsEmpty;
    }

    private static bool Begins(ReadOnlySpan<byte> file, ReadOnlySpan<byte> with) =>
        file.Length >= with.Length && file.Slice(0, with.Length).SequenceEqual(with);
}
