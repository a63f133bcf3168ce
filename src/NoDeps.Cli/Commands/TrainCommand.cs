using System;
using NoDeps.Network;
using NoDeps.Platform;
using NoDeps.Primitives;

namespace NoDeps.Cli;

/// <summary><c>nodeps train</c>: from images to a saved network.</summary>
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
            Results go to standard output, progress to standard error.

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
        TrainOptions options = new();
        while (visitor.Next()) TrainOptions.Describe(ref visitor, ref options);
        return visitor.IsStopped ? visitor.Fault : Train(console, in options);
    }

    private static Fault Train(Console console, in TrainOptions options)
    {
        long start = Clock.Nanoseconds();
        Fault fault = NetworkSource.Open(console, options.Network, out NetworkDescription description);
        if (fault.IsNone && options.LabelSmoothing >= 0)
            fault = console.WithPath(options.Network, description.Smooth(options.LabelSmoothing));
        if (!fault.IsNone) return fault;
        Recipe recipe = options.Recipe.Apply(description.Recipe);
        byte[] outBuffer = new byte[256];
        ReadOnlySpan<byte> outPath = options.Out.IsEmpty ? DefaultOut(options.Network, outBuffer) : options.Out;
        fault = console.WithPath(outPath, OutputFile.Check(outPath));
        if (!fault.IsNone) return fault;

        DataFolder folder = new();
        fault = folder.Find(console, in options.Data);
        if (!fault.IsNone) return fault;
        DataFit fit = new(folder, in options.Data);
        fault = OpenData(console, in options, folder, fit, ref description, out LabelledImages training, out LabelledImages test);
        if (!fault.IsNone) return fault;

        fault = TrainedMetadata.Make(training.Images, training.Count, description, options.Classes, fit.Known,
            out ModelMetadata metadata);
        if (!fault.IsNone) return fault;

        int batch = Math.Max(Math.Min(recipe.Batch, training.Count), EngineSession.EvaluationBatch);
        fault = EngineSession.Create(description, batch, false, training.Count, options.Threads,
            options.Isa, out EngineSession session, options.Kernel);
        if (!fault.IsNone) return fault;
        Normalization normalization =
            Normalization.Of(training.Images, training.Count, description.Input);
        Engine engine = session.Engine;
        engine.Initialize((ulong)options.Seed);
        Trainer trainer = new(engine, in recipe, normalization, (ulong)options.Seed, training.Images, training.Labels,
            training.Count, session.Order);

        PrintHeader(console, in options, description, fit, in training, in test, in recipe, trainer);
        console.Out.Flush();
        Progress progress = new(console, recipe.Epochs, trainer.StepsPerEpoch, trainer.Batch);
        LayerTimes times = options.Profile ? new LayerTimes(engine) : null;
        long allocated = 0;
        Evaluation evaluation = default;
        for (int epoch = 0; epoch < recipe.Epochs; epoch++)
        {
            trainer.BeginEpoch(epoch);
            progress.BeginEpoch(epoch);
            for (int step = 0; step < trainer.StepsPerEpoch; step++)
            {
                long allocatedBefore = GC.GetTotalAllocatedBytes(false);
                double loss = trainer.Step();
                allocated = Math.Max(allocated, GC.GetTotalAllocatedBytes(false) - allocatedBefore);
                progress.Step(loss);
            }
            progress.BeginEvaluation();
            evaluation = Evaluation.Of(engine, normalization, test.Images, test.Labels, test.Count);
            progress.EndEpoch(in evaluation);
        }
        fault = console.WithPath(outPath, Save(engine, normalization, metadata, outPath, out long length));
        if (!fault.IsNone) return fault;
        PrintSummary(console, start, progress.TrainingNanoseconds, trainer, allocated, outPath, length, in evaluation);
        if (times != null)
        {
            console.Out.Write("\n"u8);
            times.Write(console, options.Isa, false, options.Threads, trainer.StepsTaken * trainer.Batch,
                progress.TrainingNanoseconds);
        }
        return fault;
    }

    /// <summary>Both halves of the data, ready for the network; a built-in one is adapted to them.</summary>
    private static Fault OpenData(Console console, in TrainOptions options, DataFolder folder, DataFit fit,
        ref NetworkDescription description, out LabelledImages training, out LabelledImages test)
    {
        test = default;
        Fault fault = folder.OpenTraining(console, out training);
        if (fault.IsNone) fault = folder.OpenTest(console, out test);
        if (!fault.IsNone) return fault;
        fit.Note(in training);
        fit.Note(in test);
        fit.Decide(description.Classes);
        if (BuiltInNetworks.TryFind(options.Network, out _))
            fault = console.WithPath(options.Network, fit.Adapt(in training, ref description));
        if (fault.IsNone) fault = fit.Apply(console, description, ref training);
        return fault.IsNone ? fit.Apply(console, description, ref test) : fault;
    }

    private static ReadOnlySpan<byte> DefaultOut(ReadOnlySpan<byte> net, byte[] buffer)
    {
        Utf8Writer writer = new(buffer);
        writer.Text(NetworkSource.ShortName(net));
        writer.Text(".safetensors"u8);
        return new ReadOnlySpan<byte>(buffer, 0, writer.Length);
    }

    private static Fault Save(Engine engine, Normalization normalization, ModelMetadata metadata, ReadOnlySpan<byte> path,
        out long length)
    {
        length = 0;
        long capacity = ModelFile.MostBytes(engine.Network, metadata);
        Fault fault = PageMemory.Take(capacity, out byte* file);
        if (fault.IsNone) fault = ModelFile.Write(engine, normalization, file, capacity, out length, metadata);
        return fault.IsNone ? OutputFile.Replace(path, file, length) : fault;
    }

    private static void PrintHeader(Console console, in TrainOptions options, NetworkDescription description,
        DataFit fit, in LabelledImages training, in LabelledImages test, in Recipe recipe, Trainer trainer)
    {
        Template line = console.Print("network   $"u8);
        line.Text(options.Network);
        if (fit.IsAdapted)
        {
            line = console.Print(", adapted to $x$x$ and $ $"u8);
            line.Integer(description.Input.Channels);
            line.Integer(description.Input.Rows);
            line.Integer(description.Input.Columns);
            line.Count(description.Classes, "class"u8, "classes"u8);
        }
        line = console.Print(", $ layers, $ parameters\n"u8);
        line.Integer(description.LayerCount);
        line.Grouped(description.ParameterCount);
        line.End();
        fit.WriteSource(console);
        line = console.Print(training.Channels > 1 ? ", $ training and $ test images of $x$x$\n"u8
            : ", $ training and $ test images of $x$\n"u8);
        line.Grouped(training.Count);
        line.Grouped(test.Count);
        if (training.Channels > 1) line.Integer(training.Channels);
        line.Integer(training.Rows);
        line.Integer(training.Columns);
        line.End();
        line = console.Print("recipe    $ $, batch $, $, $ $, weight decay $"u8);
        line.Count(recipe.Epochs, "epoch"u8, "epochs"u8);
        line.Integer(trainer.Batch);
        line.Text(RecipeOptions.OptimizerName(in recipe));
        line.Text(recipe.Schedule == ScheduleKind.OneCycle ? "one-cycle to"u8 : "constant rate"u8);
        line.Fixed(recipe.LearningRate, 4);
        line.Fixed(recipe.WeightDecay, 5);
        line.End();
        if (recipe.Shift > 0)
        {
            line = console.Print(", shift $"u8);
            line.Integer(recipe.Shift);
            line.End();
        }
        if (description.Smoothing > 0)
        {
            line = console.Print(", label smoothing $"u8);
            line.Fixed(description.Smoothing, 4);
            line.End();
        }
        line = console.Print("\nmachine   $ $, $, seed $\n"u8);
        line.Count(options.Threads, "thread"u8, "threads"u8);
        line.Text(IsaOption.Name(options.Isa));
        line.Integer(options.Seed);
        line.End();
    }

    private static void PrintSummary(Console console, long start, long trainingTime, Trainer trainer, long allocated,
        ReadOnlySpan<byte> path, long length, in Evaluation evaluation)
    {
        const double Second = 1e9;
        Template line = console.Print(
            "total time $ s, $ s of it training: $ images/s\n"u8 +
            "peak memory $ MB; $ bytes allocated per training step\n"u8 +
            "model     $, $ bytes\ntest accuracy $% ($/$)\n"u8);
        line.Fixed((Clock.Nanoseconds() - start) / Second, 2);
        line.Fixed(trainingTime / Second, 2);
        line.Grouped((long)(trainer.StepsTaken * trainer.Batch / (Math.Max(trainingTime, 1) / Second)));
        line.Fixed(Process.PeakResidentBytes() / 1e6, 1);
        line.Integer(allocated);
        line.Text(path);
        line.Grouped(length);
        Accuracy.Fill(line, in evaluation);
    }
}
