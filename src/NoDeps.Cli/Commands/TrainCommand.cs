using System;
using NoDeps.Network;
using NoDeps.Platform;
using NoDeps.Primitives;

namespace NoDeps.Cli;

/// <summary><c>nodeps train</c>: trains a network on images and saves it.</summary>
internal static unsafe class TrainCommand
{
    /// <summary>How it appears in the list of commands and in its help.</summary>
    public static CommandInfo Info => new()
    {
        Name = "train"u8,
        Summary = "train a network on a data set and save it"u8,
        Introduction = """
            Trains a network and saves it as safetensors, with the keys of the equivalent
            torch.nn.Sequential. Defaults come from the network's recipe (the values shown
            are those of pedestrian).

            """u8,
        Notes = """
            Results go to standard output, progress to standard error. Epoch lines go to
            standard output if it is a file or a pipe, otherwise to standard error.

            """u8,
        Describe = &Describe,
        Run = &Run,
    };

    private static void Describe(ref OptionVisitor visitor)
    {
        TrainOptions options = new();
        TrainOptions.Describe(ref visitor, ref options);
    }

    private static Fault Run(Console console, ref OptionVisitor visitor)
    {
        StoredCommandLine commandLine = new();
        TrainingCheckpoint checkpoint = null;
        Arguments words = visitor.Arguments;
        TrainOptions options = new();
        while (visitor.Next()) TrainOptions.Describe(ref visitor, ref options);
        if (visitor.IsStopped) return visitor.Fault;
        if (!options.Resume.IsEmpty)
        {
            Fault fault = TrainingCheckpoint.Open(console, options.Resume, out checkpoint);
            if (!fault.IsNone) return fault;
            commandLine = checkpoint.CommandLine;
        }
        Fault appended = commandLine.Append(in words);
        if (!appended.IsNone) return appended;
        if (checkpoint != null)
        {
            // Options of the earlier command lines apply unless the last one overrides them.
            ReadOnlySpan<byte> resumed = options.Resume;
            options = new TrainOptions();
            for (int i = 0; commandLine.TryLine(i, out words); i++)
            {
                words.Command = "train"u8;
                OptionVisitor line = visitor.Of(words);
                while (line.Next()) TrainOptions.Describe(ref line, ref options);
                if (line.IsStopped) return console.WithPath(resumed, line.Fault);
            }
        }
        return Train(console, in options, commandLine, checkpoint);
    }

    private static Fault Train(Console console, in TrainOptions options, StoredCommandLine commandLine, TrainingCheckpoint checkpoint)
    {
        long start = Clock.Nanoseconds();
        console.Out.OutlivesReader = true;
        ThreadNote.Write(console, options.Threads);
        Fault fault = CheckpointInterval.Parse(options.Checkpoint, out CheckpointInterval interval);
        if (!fault.IsNone) return fault;
        TrainingSetup setup = new(console);
        fault = setup.Open(in options, checkpoint, commandLine.Text.Length);
        if (!fault.IsNone) return fault;
        TrainingProgress progress = new();
        CheckpointWriter writer = new(setup, progress, commandLine, interval, options.CheckpointFile, options.Resume);
        fault = writer.Check(console);
        if (fault.IsNone) fault = TrainingLog.Check(console, in options, setup, writer.Path);
        if (fault.IsNone && options.KeepsBest) fault = progress.KeepBest(setup.Description);
        if (fault.IsNone && checkpoint != null) fault = console.WithPath(options.Resume, checkpoint.Load(setup, progress));
        if (!fault.IsNone) return fault;

        fault = TrainingLog.Open(console, options.Log, checkpoint != null, progress.History.Count, out TrainingLog log);
        if (!fault.IsNone) return fault;

        if (options.Json) TrainingJson.WriteStart(console, in options, setup);
        else TrainingReport.PrintHeader(console, in options, setup, progress);
        console.Out.Flush();
        LayerTimes times = options.Profile ? new LayerTimes(setup.Engine) : null;
        TrainingRun run = new(console, setup, progress, writer, log, in options);
        Interruption.Install();
        fault = run.Run();
        if (!fault.IsNone) return fault;
        if (progress.BestSnapshot != null && progress.BestEpoch > 0) ParameterSnapshot.Restore(setup.Engine, progress.BestSnapshot);
        else setup.Engine.SwapAverage();
        setup.Metadata.History = progress.History.ToJson();
        fault = SavedModel.Write(console, setup.Engine, setup.Normalization, setup.Metadata, options.Half, setup.OutPath, setup.Buffer,
            out long length);
        if (!fault.IsNone) return fault;
        writer.Remove();
        if (options.Json) TrainingJson.WriteEnd(console, start, setup, progress, run, length);
        else TrainingReport.PrintSummary(console, start, setup, progress, run, length);
        if (times != null)
        {
            console.Out.Write("\n"u8);
            times.Write(console, options.Isa, false, options.Threads, run.Samples, run.TrainingNanoseconds);
        }
        return fault;
    }
}
