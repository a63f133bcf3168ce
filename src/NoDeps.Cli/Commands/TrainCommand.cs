using System;
using NoDeps.Network;
using NoDeps.Platform;
using NoDeps.Primitives;

namespace NoDeps.Cli;

/// <summary><c>nodeps train</c>: from images to a saved network.</summary>
internal static unsafe class TrainCommand
{
    private const int LineBytes = 512;

    public static Fault Run(Console console, ref Arguments arguments)
    {
        long start = Clock.Nanoseconds();
        arguments.Command = "train"u8;
        TrainOptions options = new();
        Fault fault = options.Read(ref arguments);
        if (!fault.IsNone) return fault;
        if (options.Help)
        {
            console.Out.Write(HelpText.Train);
            return fault;
        }

        fault = NetworkSource.Open(console, options.Net, out NetworkDescription description);
        if (!fault.IsNone) return fault;
        Recipe recipe = options.Apply(description.Recipe);
        byte[] outBuffer = new byte[256];
        ReadOnlySpan<byte> outPath = options.Out.IsEmpty ? DefaultOut(options.Net, outBuffer) : options.Out;
        fault = console.About(outPath, OutputFile.Check(outPath));
        if (!fault.IsNone) return fault;

        DataFolder folder = new();
        fault = folder.Find(options.Data);
        if (!fault.IsNone) return fault;
        fault = folder.OpenTraining(console, out LabelledImages training);
        if (!fault.IsNone) return fault;
        fault = folder.OpenTest(console, out LabelledImages test);
        if (!fault.IsNone) return fault;
        fault = Workshop.CheckFit(description, in training);
        if (fault.IsNone) fault = Workshop.CheckFit(description, in test);
        if (!fault.IsNone) return console.About(folder.Path, fault);

        int batch = Math.Max(recipe.Batch, Workshop.EvaluationBatch);
        fault = Workshop.Create(description, batch, false, (int)options.Threads, options.Isa, out Workshop workshop);
        if (!fault.IsNone) return fault;
        fault = PageMemory.Take(sizeof(int) * ((long)training.Count + test.Count), out byte* orders);
        if (!fault.IsNone) return fault;
        int* trainingOrder = (int*)orders;
        int* testOrder = trainingOrder + training.Count;
        Normalization normalization =
            Normalization.Of(training.Images, (long)training.Count * training.Rows * training.Columns);
        Engine engine = workshop.Engine;
        engine.Initialise((ulong)options.Seed);
        Trainer trainer = new(engine, in recipe, normalization, (ulong)options.Seed, training.Images, training.Labels,
            training.Count, trainingOrder);

        Introduce(console, in options, description, folder, in training, in test, in recipe, trainer);
        console.Out.Flush();
        Progress progress = new(console, recipe.Epochs, trainer.StepsAnEpoch, trainer.Batch);
        long allocatedBefore = GC.GetTotalAllocatedBytes(false);
        long allocated = 0;
        Evaluation evaluation = default;
        for (int epoch = 0; epoch < recipe.Epochs; epoch++)
        {
            trainer.BeginEpoch(epoch);
            progress.BeginEpoch(epoch);
            for (int step = 0; step < trainer.StepsAnEpoch; step++)
            {
                allocatedBefore = GC.GetTotalAllocatedBytes(false);
                double loss = trainer.Step();
                allocated = Math.Max(allocated, GC.GetTotalAllocatedBytes(false) - allocatedBefore);
                progress.Step(loss);
            }
            progress.BeginEvaluation();
            evaluation = Evaluation.Of(engine, normalization, test.Images, test.Labels, test.Count, testOrder);
            progress.EndEpoch(in evaluation);
        }
        fault = console.About(outPath, Save(engine, normalization, outPath, out long length));
        if (!fault.IsNone) return fault;
        Conclude(console, start, progress.TrainingNanoseconds, trainer, allocated, outPath, length, in evaluation);
        return fault;
    }

    private static ReadOnlySpan<byte> DefaultOut(ReadOnlySpan<byte> net, byte[] buffer)
    {
        Utf8Writer writer = new(buffer);
        writer.Text(NetworkSource.ShortName(net));
        writer.Text(".safetensors"u8);
        return new ReadOnlySpan<byte>(buffer, 0, writer.Length);
    }

    private static Fault Save(Engine engine, Normalization normalization, ReadOnlySpan<byte> path, out long length)
    {
        length = 0;
        long capacity = ModelFile.MostBytes(engine.Network);
        Fault fault = PageMemory.Take(capacity, out byte* file);
        if (fault.IsNone) fault = ModelFile.Write(engine, normalization, file, capacity, out length);
        return fault.IsNone ? OutputFile.Replace(path, file, length) : fault;
    }

    private static void Introduce(Console console, scoped in TrainOptions options, NetworkDescription description,
        DataFolder folder, in LabelledImages training, in LabelledImages test, in Recipe recipe, Trainer trainer)
    {
        Utf8Writer line = new(stackalloc byte[2 * LineBytes]);
        line.Text("network   "u8);
        line.Text(options.Net);
        line.Text(", "u8);
        line.Integer(description.LayerCount);
        line.Text(" layers, "u8);
        line.Grouped(description.ParameterCount);
        line.Text(" parameters\ndata      "u8);
        line.Text(folder.Path);
        line.Text(", "u8);
        line.Grouped(training.Count);
        line.Text(" training and "u8);
        line.Grouped(test.Count);
        line.Text(" test images of "u8);
        line.Integer(training.Rows);
        line.Byte((byte)'x');
        line.Integer(training.Columns);
        line.Text("\nrecipe    "u8);
        line.Integer(recipe.Epochs);
        line.Text(recipe.Epochs == 1 ? " epoch, batch "u8 : " epochs, batch "u8);
        line.Integer(trainer.Batch);
        line.Text(", "u8);
        line.Text(OptimizerName(in recipe));
        line.Text(recipe.Schedule == ScheduleKind.OneCycle ? ", one-cycle to "u8 : ", constant rate "u8);
        line.Fixed(recipe.LearningRate, 4);
        line.Text(", weight decay "u8);
        line.Fixed(recipe.WeightDecay, 5);
        line.Text("\nmachine   "u8);
        line.Integer(options.Threads);
        line.Text(options.Threads == 1 ? " thread, "u8 : " threads, "u8);
        line.Text(IsaOption.Name(options.Isa));
        line.Text(", seed "u8);
        line.Integer(options.Seed);
        line.Byte((byte)'\n');
        console.Out.Write(line.Written);
    }

    private static ReadOnlySpan<byte> OptimizerName(in Recipe recipe)
    {
        if (recipe.Optimizer == OptimizerKind.Adam) return "adam"u8;
        if (recipe.Optimizer == OptimizerKind.Nesterov) return "nesterov"u8;
        return recipe.Momentum == 0 ? "sgd"u8 : "momentum"u8;
    }

    private static void Conclude(Console console, long start, long trainingTime, Trainer trainer, long allocated,
        ReadOnlySpan<byte> path, long length, in Evaluation evaluation)
    {
        const double Second = 1e9;
        Utf8Writer line = new(stackalloc byte[LineBytes + 4096]);
        line.Text("total time "u8);
        line.Fixed((Clock.Nanoseconds() - start) / Second, 2);
        line.Text(" s, "u8);
        line.Fixed(trainingTime / Second, 2);
        line.Text(" s of it training: "u8);
        line.Grouped((long)(trainer.StepsTaken * trainer.Batch / (Math.Max(trainingTime, 1) / Second)));
        line.Text(" images/s\nmemory    "u8);
        line.Fixed(Process.PeakResidentBytes() / 1e6, 1);
        line.Text(" MB at the most; allocated "u8);
        line.Integer(allocated);
        line.Text(" bytes in a training step\nmodel     "u8);
        line.Text(path);
        line.Text(", "u8);
        line.Grouped(length);
        line.Text(" bytes\n"u8);
        Accuracy.Write(ref line, in evaluation);
        line.Byte((byte)'\n');
        console.Out.Write(line.Written);
    }
}
