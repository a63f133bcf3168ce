using System;
using NoDeps.Network;
using NoDeps.Platform;
using NoDeps.Primitives;

namespace NoDeps.Cli;

/// <summary>A file with a line for each epoch, which can be read while the training runs.</summary>
internal sealed class TrainingLog
{
    private readonly byte[] _path;
    private readonly GrowingFile _file;
    private readonly bool _isCsv;

    private TrainingLog(ReadOnlySpan<byte> path, GrowingFile file, bool isCsv)
    {
        _path = Words.Copy(path);
        _file = file;
        _isCsv = isCsv;
    }

    /// <summary>
    /// Opens the log; null if there is none. A resumed training appends to an existing file; otherwise, an existing file with epochs is a
    /// fault. Epochs that were logged after the checkpoint are trained again, so their lines are removed.
    /// </summary>
    /// <param name="console">Remembers the file that a fault is about.</param>
    /// <param name="path">A path with the extension .jsonl or .csv; empty for none.</param>
    /// <param name="isResumed">True if the training is resumed.</param>
    /// <param name="epochs">Number of completed epochs.</param>
    /// <param name="log">The log.</param>
    public static Fault Open(Console console, ReadOnlySpan<byte> path, bool isResumed, int epochs, out TrainingLog log)
    {
        log = null;
        if (path.IsEmpty) return Fault.None;
        bool isCsv = IsCsv(path), exists = InputFile.IsRegular(path);
        long kept = 0, length = 0;
        Fault fault = Fault.None;
        if (exists) fault = Measure(path, isCsv, epochs, out kept, out length);
        // A training that failed in its first epoch leaves a log without epochs, which may be used again.
        if (exists && !isResumed && (!fault.IsNone || kept < length))
            fault = Fault.Of(FaultKind.CannotCreate, "already exists\n"u8 + "remove it, or name another file"u8);
        GrowingFile file = null;
        if (fault.IsNone) fault = GrowingFile.Open(path, out file);
        if (fault.IsNone && kept < length) fault = file.CutTo(kept);
        if (fault.IsNone && isCsv && kept == 0) fault = file.Write(EpochText.CsvHeader);
        if (fault.IsNone) log = new TrainingLog(path, file, isCsv);
        return console.WithPath(path, fault);
    }

    /// <summary>Fails if the name has no known extension, or if the training reads the file or writes something else to it.</summary>
    /// <param name="console">Remembers the file that a fault is about.</param>
    /// <param name="options">The command line.</param>
    /// <param name="setup">Provides the path of the model and the data.</param>
    /// <param name="checkpoint">The path of the checkpoints.</param>
    public static Fault Check(Console console, in TrainOptions options, TrainingSetup setup, ReadOnlySpan<byte> checkpoint)
    {
        ReadOnlySpan<byte> path = options.Log;
        if (path.IsEmpty) return Fault.None;
        if (!IsCsv(path) && !EndsWith(path, ".jsonl"u8))
            return Fault.Of(FaultKind.Usage, "--log takes a file with the extension .jsonl or .csv, not"u8).WithQuote(path);
        Fault fault = OutputGuard.CheckProgram(console, path);
        if (fault.IsNone) fault = OutputGuard.CheckInput(console, path, setup.OutPath, "is the output path of the model"u8);
        if (fault.IsNone) fault = OutputGuard.CheckInput(console, path, checkpoint, "is the output path of the checkpoints"u8);
        if (fault.IsNone) fault = OutputGuard.CheckInputs(console, path, in options);
        return fault.IsNone ? OutputGuard.CheckData(console, path, setup.Folder.Set) : fault;
    }

    /// <summary>Appends an epoch.</summary>
    public Fault Add(Console console, in EpochRecord record, double seconds, double speed)
    {
        Utf8Writer line = new(stackalloc byte[EpochText.MaxBytes]);
        if (_isCsv)
        {
            EpochText.WriteCsv(ref line, in record, seconds, speed);
        }
        else
        {
            line.Byte((byte)'{');
            EpochText.WriteJson(ref line, in record, seconds, speed);
            line.Text("}\n"u8);
        }
        return console.WithPath(_path, _file.Write(line.Written));
    }

    /// <summary>Determines how many bytes of an existing log are kept, and its length.</summary>
    private static unsafe Fault Measure(ReadOnlySpan<byte> path, bool isCsv, int epochs, out long kept, out long length)
    {
        kept = 0;
        Fault fault = InputFile.Read(path, out byte* data, out length);
        if (!fault.IsNone) return fault;
        kept = length > int.MaxValue ? -1 : EpochText.EndOf(new ReadOnlySpan<byte>(data, (int)length), isCsv, epochs);
        InputFile.Release(data, length);
        return kept >= 0 ? fault : Fault.Of(FaultKind.CannotCreate, "is not a training log\n"u8 + "name another file"u8);
    }

    private static bool IsCsv(ReadOnlySpan<byte> path) => EndsWith(path, ".csv"u8);

    private static bool EndsWith(ReadOnlySpan<byte> path, ReadOnlySpan<byte> ending) =>
        path.Length > ending.Length && path.Slice(path.Length - ending.Length).SequenceEqual(ending);
}
