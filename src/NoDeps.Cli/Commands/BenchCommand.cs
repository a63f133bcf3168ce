using System;
using NoDeps.Network;
using NoDeps.Platform;
using NoDeps.Primitives;

namespace NoDeps.Cli;

/// <summary><c>nodeps bench train</c>: how many images a second a network trains on.</summary>
internal static unsafe class BenchCommand
{
    private const int Windows = 9;
    private const int HashedSteps = 20;
    private const double Second = 1e9;

    private const int UsualBatch = 64;

    /// <summary>A bit for each option.</summary>
    public const uint Takes = 1u << (int)Option.Net | 1u << (int)Option.Data | 1u << (int)Option.Batch
        | 1u << (int)Option.Threads | 1u << (int)Option.Seconds | 1u << (int)Option.Isa | 1u << (int)Option.Json;

    private struct Result
    {
        public double Median;
        public double Least;
        public double Most;
        public double Loss;
        public uint Hash;
    }

    public static Fault Run(Console console, in Arguments arguments, in Options options)
    {
        if (options.WordCount == 0) return arguments.Usage("bench needs a job: train"u8);
        if (!Words.Same(options.Word, "train"u8)) return arguments.UnexpectedWord(options.Word);
        Fault fault = NetworkSource.Open(console, options.Net, out NetworkDescription description);
        if (!fault.IsNone) return fault;
        DataFolder folder = new();
        fault = folder.Find(options.Data);
        if (!fault.IsNone) return fault;
        fault = folder.OpenTraining(console, description, out LabelledImages set);
        if (!fault.IsNone) return fault;
        int batch = options.BatchOr(UsualBatch);
        fault = Workshop.Create(description, batch, false, (int)options.Threads, options.Isa,
            out Workshop workshop);
        if (!fault.IsNone) return fault;
        fault = PageMemory.Take(sizeof(int) * (long)set.Count, out byte* order);
        if (!fault.IsNone) return fault;

        Recipe recipe = description.Recipe;
        recipe.Batch = batch;
        recipe.Schedule = ScheduleKind.Constant;
        Normalization normalization = Normalization.Of(set.Images, (long)set.Count * set.Rows * set.Columns);
        workshop.Engine.Initialise(1);
        Trainer trainer = new(workshop.Engine, in recipe, normalization, 1, set.Images, set.Labels, set.Count, (int*)order);
        Result result = Measure(trainer, workshop.Engine, options.Seconds);
        Tell(console, in options, in result, trainer.Batch);
        return fault;
    }

    /// <summary>Some steps to warm up, whose result is hashed; then windows of equal time.</summary>
    private static Result Measure(Trainer trainer, Engine engine, double seconds)
    {
        Result result = default;
        int epoch = 0;
        int stepOfEpoch = 0;
        trainer.BeginEpoch(0);
        for (int i = 0; i < HashedSteps; i++) result.Loss = Step(trainer, ref epoch, ref stepOfEpoch);
        result.Hash = HashOf(engine);
        double* speeds = stackalloc double[Windows];
        for (int window = 0; window < Windows; window++)
        {
            long start = Clock.Nanoseconds();
            long end = start + (long)(seconds * Second / Windows);
            long steps = 0;
            long now;
            do
            {
                result.Loss = Step(trainer, ref epoch, ref stepOfEpoch);
                steps++;
                now = Clock.Nanoseconds();
            }
            while (now < end);
            Insert(speeds, window, steps * trainer.Batch / ((now - start) / Second));
        }
        result.Median = speeds[Windows / 2];
        result.Least = speeds[0];
        result.Most = speeds[Windows - 1];
        return result;
    }

    private static double Step(Trainer trainer, ref int epoch, ref int stepOfEpoch)
    {
        if (stepOfEpoch == trainer.StepsAnEpoch)
        {
            trainer.BeginEpoch(++epoch);
            stepOfEpoch = 0;
        }
        stepOfEpoch++;
        return trainer.Step();
    }

    /// <summary>Puts a number in its place among the <paramref name="count"/> sorted ones before it.</summary>
    private static void Insert(double* sorted, int count, double value)
    {
        int at = count;
        for (; at > 0 && sorted[at - 1] > value; at--) sorted[at] = sorted[at - 1];
        sorted[at] = value;
    }

    private static uint HashOf(Engine engine)
    {
        uint crc = 0;
        NetworkDescription description = engine.Network;
        for (int i = 0; i < description.LayerCount; i++)
        {
            float* weight = engine.Parameter(i, ParameterKind.Weight, out int weights);
            crc = Crc32.Update(crc, Bytes(weight, weights));
            float* bias = engine.Parameter(i, ParameterKind.Bias, out int biases);
            crc = Crc32.Update(crc, Bytes(bias, biases));
        }
        return crc;
    }

    private static ReadOnlySpan<byte> Bytes(float* numbers, int count) => new(numbers, count * sizeof(float));

    private static void Tell(Console console, scoped in Options options, scoped in Result result, int batch)
    {
        if (options.Json)
        {
            Template json = console.Say(
                "{\"images_per_second\":$,\"least\":$,\"most\":$,\"batch\":$,\"threads\":$,\"isa\":\"$\","u8 +
                "\"loss\":$,\"hash\":\"$\"}\n"u8);
            json.Fixed(result.Median, 0);
            json.Fixed(result.Least, 0);
            json.Fixed(result.Most, 0);
            json.Integer(batch);
            json.Integer(options.Threads);
            json.Text(IsaOption.Name(options.Isa));
            json.Fixed(result.Loss, 6);
            json.Hex(result.Hash);
            json.End();
            return;
        }
        Template line = console.Say("train $, batch $, $$, $: median $ images/s ($ to $), hash $\n"u8);
        line.Text(options.Net);
        line.Integer(batch);
        line.Text(options.Threads == 1 ? "1 thread"u8 : "threads "u8);
        if (options.Threads == 1) line.Text(default);
        else line.Integer(options.Threads);
        line.Text(IsaOption.Name(options.Isa));
        line.Grouped((long)result.Median);
        line.Grouped((long)result.Least);
        line.Grouped((long)result.Most);
        line.Hex(result.Hash);
        line.End();
    }
}
