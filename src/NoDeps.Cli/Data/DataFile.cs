using System;
using NoDeps.Formats;
using NoDeps.Platform;
using NoDeps.Primitives;

namespace NoDeps.Cli;

/// <summary>Reads files of a data set by their content, regardless of their names: gzipped or not, IDX or NumPy.</summary>
internal static unsafe class DataFile
{
    private const int MaxExamined = 512;

    /// <summary>The path that stands for standard input.</summary>
    public static ReadOnlySpan<byte> StandardInput => "-"u8;

    /// <summary>
    /// Fails if a path exists but is not a regular file: a pipe would make the program wait, and can be read only once.
    /// </summary>
    public static Fault CheckRegular(ReadOnlySpan<byte> path) => InputFile.IsRegular(path) || !InputFile.Exists(path) ? Fault.None
        : Fault.Of(FaultKind.Data, "not a file or directory but a pipe, a socket or a device"u8);

    /// <summary>The whole content, decompressed if it is gzipped.</summary>
    /// <param name="path">A file, a pipe, or <see cref="StandardInput"/>.</param>
    /// <param name="data">The content.</param>
    /// <param name="length">Its length in bytes.</param>
    public static Fault Read(ReadOnlySpan<byte> path, out byte* data, out long length)
    {
        Fault fault = ReadPacked(path, out data, out length);
        return fault.IsNone && IsGzip(data, length) ? IdxFile.Decompress(ref data, ref length) : fault;
    }

    private static Fault ReadPacked(ReadOnlySpan<byte> path, out byte* data, out long length) =>
        path.SequenceEqual(StandardInput) ? InputStream.ReadAll(out data, out length) : InputFile.Read(path, out data, out length);

    private static bool IsGzip(byte* data, long length) => length >= 2 && Gzip.IsGzip(new ReadOnlySpan<byte>(data, 2));

    /// <summary>The array of an IDX or .npy file, or of an .npz file with a single one.</summary>
    public static Fault OpenArray(ReadOnlySpan<byte> path, out NumericArray array)
    {
        long wanted = long.MaxValue;
        return OpenArray(path, ref wanted, out array);
    }

    /// <summary>Opens an array, reading only the beginning if possible.</summary>
    /// <param name="path">A file, a pipe, or <see cref="StandardInput"/>.</param>
    /// <param name="wanted">
    /// The number of bytes needed from the start of the decompressed file: of a gzipped IDX file of images, no more are decompressed or
    /// checked. Becomes <see cref="long.MaxValue"/> if the whole file was read.
    /// </param>
    /// <param name="array">The array.</param>
    public static Fault OpenArray(ReadOnlySpan<byte> path, scoped ref long wanted, out NumericArray array)
    {
        array = default;
        Fault fault = ReadPacked(path, out byte* data, out long length);
        if (fault.IsNone && IsGzip(data, length))
        {
            // A pipe cannot be read again.
            if (wanted < long.MaxValue && InputFile.IsRegular(path) && IdxFile.TryStart(data, length, wanted, out IdxView view)
                && view.Type == IdxType.UInt8 && view.Rank == 3)
            {
                array = NumericArray.Of(view);
                return fault;
            }
            fault = IdxFile.Decompress(ref data, ref length);
        }
        wanted = long.MaxValue;
        return fault.IsNone ? OpenArray(data, length, out array) : fault;
    }

    /// <summary>Opens the array of a file in memory.</summary>
    public static Fault OpenArray(byte* data, long length, out NumericArray array)
    {
        array = default;
        ReadOnlySpan<byte> start = Start(data, length);
        if (Npy.IsNpy(start)) return Npy.Open(data, length, out array);
        if (Zip.IsZip(start))
        {
            Fault fault = Zip.Open(data, length, out Zip zip);
            if (!fault.IsNone) return fault;
            if (!Npz.TryOnly(zip, out ZipEntry entry))
                return Fault.Of(FaultKind.Data, "several arrays where one is expected\n"u8 + "save the images alone with numpy.save"u8);
            return Extract(zip, in entry, out array);
        }
        return OpenIdx(data, length, out array);
    }

    /// <summary>Opens the array of an IDX file; a fault for any other file says what it seems to be.</summary>
    private static Fault OpenIdx(byte* data, long length, out NumericArray array)
    {
        array = default;
        Fault fault = Idx.Open(data, length, out IdxView view);
        if (!fault.IsNone) return Refused(data, length, fault);
        array = NumericArray.Of(view);
        return fault;
    }

    /// <summary>
    /// The fault for a file of unknown format: one that says what the file seems to be, or <paramref name="fault"/>.
    /// </summary>
    public static Fault Refused(byte* data, long length, Fault fault)
    {
        if (data == null || length == 0 || Zip.IsZip(Start(data, length)) && !FileKind.IsPyTorch(Start(data, length))) return fault;
        ReadOnlySpan<byte> kind = FileKind.Describe(Start(data, length));
        if (kind.IsEmpty) return fault;
        Utf8Writer what = new(stackalloc byte[200]);
        what.Text("not a data file but "u8);
        what.Text(kind);
        return Fault.Of(FaultKind.Data, what.Written);
    }

    /// <summary>Extracts an array of an .npz file to new memory.</summary>
    public static Fault Extract(Zip zip, in ZipEntry entry, out NumericArray array)
    {
        array = default;
        if (entry.Size <= 0) return Fault.Of(FaultKind.Data, "empty file in the ZIP archive"u8).WithQuote(entry.Name);
        // The archive checks the size of a deflated entry against the maximum for its data before anything is written;
        // pages that are not written cost nothing.
        if (entry.Size > long.MaxValue / 2) return Fault.Of(FaultKind.Data, "a file in the ZIP archive is too large"u8);
        Fault fault = PageMemory.Take(entry.Size, out byte* content);
        if (!fault.IsNone) return fault;
        fault = PageMemory.Take(sizeof(InflateTables), out byte* scratch);
        if (!fault.IsNone) return fault;
        fault = zip.Extract(entry, content, entry.Size, ref *(InflateTables*)scratch);
        PageMemory.Return(scratch, sizeof(InflateTables));
        if (fault.IsNone) fault = Npy.Open(content, entry.Size, out array);
        return fault;
    }

    /// <summary>As many bytes as are needed to recognize a format.</summary>
    public static ReadOnlySpan<byte> Start(byte* data, long length) => new(data, (int)Math.Min(length, MaxExamined));
}
