using System;
using NoDeps.Formats;
using NoDeps.Platform;
using NoDeps.Primitives;

namespace NoDeps.Cli;

/// <summary>
/// The operands of <c>predict</c>, in order. One that cannot be read is reported, and the rest are processed; the first
/// fault determines the exit code.
/// </summary>
internal sealed unsafe class PredictionSession
{
    private const int MaxPath = 4096;

    private readonly Console _console;
    private readonly IdxPrediction _indexed;
    private readonly PicturePrediction _pictures;

    public PredictionSession(Console console, SavedModel model, in PredictOptions options)
    {
        Classification classification = new(console, model, options.Json);
        _console = console;
        _indexed = new IdxPrediction(console, model, classification);
        _pictures = new PicturePrediction(console, model, classification);
    }

    /// <summary>All operands.</summary>
    public void Run(in PredictOptions options)
    {
        for (int i = 0; i < options.Images.Count; i++) _console.ReportAndGoOn(Predict(options.Images.At(i), in options));
    }

    private Fault Predict(ReadOnlySpan<byte> operand, in PredictOptions options)
    {
        if (ImageRange.TryParse(operand, out ImageRange range) && !InputFile.Exists(operand))
            return _indexed.Predict(in range, in options);
        bool isStandardInput = operand.SequenceEqual("-"u8);
        byte* file;
        long length;
        Fault fault = isStandardInput ? InputStream.ReadAll(out file, out length) : InputFile.Read(operand, out file, out length);
        if (!fault.IsNone)
        {
            // A directory cannot be read as a file, but can be listed.
            if (!isStandardInput && FolderListing.Read(operand, out FolderListing listing).IsNone)
                return PredictFolder(operand, listing, in options);
            return _console.WithPath(isStandardInput ? "standard input"u8 : operand, fault);
        }
        if (IsIndexed(file, length)) return _indexed.PredictAll(operand, file, length, in options);
        fault = PredictPicture(operand, file, length, in options);
        InputFile.Release(file, length);
        return fault;
    }

    /// <summary>
    /// Returns true if a file holds an array of images: IDX, which begins with two zero bytes, or a NumPy format, possibly
    /// gzipped.
    /// </summary>
    private static bool IsIndexed(byte* file, long length)
    {
        ReadOnlySpan<byte> start = DataFile.Start(file, length);
        // Some unsupported picture formats begin with zeros too.
        if (length < 2 || PictureFile.Identify(file, length) != PictureFormat.None) return false;
        return file[0] == 0 && file[1] == 0 || Gzip.IsGzip(start.Slice(0, 2)) || Npy.IsNpy(start) || Zip.IsZip(start);
    }

    private Fault PredictPicture(ReadOnlySpan<byte> path, byte* file, long length, in PredictOptions options)
    {
        Fault fault = length == 0 ? Fault.At(0, "the file is empty"u8) : _pictures.Predict(path, file, length, in options);
        return _console.WithPath(path, fault);
    }

    /// <summary>All pictures of a directory, in the order of their names; other files and directories are skipped.</summary>
    private Fault PredictFolder(ReadOnlySpan<byte> folder, FolderListing listing, in PredictOptions options)
    {
        byte[] buffer = new byte[MaxPath];
        int pictures = 0;
        for (int i = 0; i < listing.Count; i++)
        {
            if (listing.IsFolder(folder, i)) continue;
            Utf8Writer path = new(buffer);
            path.Text(folder);
            if (folder[folder.Length - 1] != '/') path.Byte((byte)'/');
            path.Text(listing[i]);
            Fault fault = InputFile.Read(path.Written, out byte* file, out long length);
            if (fault.IsNone && PictureFile.Identify(file, length) != PictureFormat.None)
            {
                pictures++;
                fault = PredictPicture(path.Written, file, length, in options);
            }
            if (file != null) InputFile.Release(file, length);
            _console.ReportAndGoOn(_console.WithPath(path.Written, fault));
        }
        if (pictures > 0) return Fault.None;
        return _console.WithPath(folder, Fault.Of(FaultKind.NoInput, "no pictures in the directory\n"u8 +
            "its subdirectories are not searched"u8));
    }
}
