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
    /// Opens the log; null where there is none. One that exists is added to by a training that is resumed, and refused otherwise.
    /// </summary>
    /// <param name="console">Remembers the file that a fault is about.</param>
    /// <param name="path">With the ending .jsonl or .csv; empty for none.</param>
    /// <param name="isResumed">Whether the training goes on.</param>
    /// <param name="log">The log.</param>
    public static Fault Open(Console console, ReadOnlySpan<byte> path, bool isResumed, out TrainingLog log)
    {
        log = null;
        if (path.IsEmpty) return Fault.None;
        bool isCsv = IsCsv(path), exists = InputFile.IsRegular(path);
        Fault fault = Fault.None;
        if (exists && !isResumed) fault = Fault.Of(FaultKind.CannotCreate, "exists already\n"u8 + "remove it, or name another file"u8);
        GrowingFile file = null;
        if (fault.IsNone) fault = GrowingFile.Open(path, out file);
        if (fault.IsNone && isCsv && !exists) fault = file.Write(EpochText.CsvHeader);
        if (fault.IsNone) log = new TrainingLog(path, file, isCsv);
        return console.WithPath(path, fault);
    }

    /// <summary>Refuses a name that tells no format, and a file that is something else to this training.</summary>
    /// <param name="console">Remembers the file that a fault is about.</param>
    /// <param name="options">The command line.</param>
    /// <param name="setup">Knows the model's place and the data.</param>
    /// <param name="checkpoint">Where checkpoints go.</param>
    public static Fault Check(Console console, in TrainOptions options, TrainingSetup setup, ReadOnlySpan<byte> checkpoint)
    {
        ReadOnlySpan<byte> path = options.Log;
        if (path.IsEmpty) return Fault.None;
        if (!IsCsv(path) && !EndsWith(path, ".jsonl"u8))
            return Fault.Of(FaultKind.Usage, "--log takes a file with the ending .jsonl or .csv, not"u8).WithQuote(path);
        Fault fault = OutputGuard.CheckProgram(console, path);
        if (fault.IsNone) fault = OutputGuard.CheckInput(console, path, setup.OutPath, "is where the model goes"u8);
        if (fault.IsNone) fault = OutputGuard.CheckInput(console, path, checkpoint, "is where checkpoints go"u8);
        if (fault.IsNone) fault = OutputGuard.CheckInput(console, path, options.Resume, "is the checkpoint to go on from"u8);
        if (fault.IsNone) fault = OutputGuard.CheckInput(console, path, options.Init, "is the model that the training starts from"u8);
        if (fault.IsNone) fault = OutputGuard.CheckInput(console, path, options.NetworkFile, "is the network's description"u8);
        return fault.IsNone ? OutputGuard.CheckData(console, path, setup.Folder.Set) : fault;
    }

    /// <summary>Adds an epoch.</summary>
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

    private static bool IsCsv(ReadOnlySpan<byte> path) => EndsWith(path, ".csv"u8);

    private static bool EndsWith(ReadOnlySpan<byte> path, ReadOnlySpan<byte> ending) =>
        path.Length > ending.Length && path.Slice(path.Length - ending.Length).SequenceEqual(ending);
}
