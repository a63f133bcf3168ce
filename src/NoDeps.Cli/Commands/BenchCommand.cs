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
    private const int LineBytes = 512;
    private const double Second = 1e9;

    private ref struct Options
    {
        public ReadOnlySpan<byte> Net;
        public ReadOnlySpan<byte> Data;
        public long Batch;
        public long Threads;
        public double Seconds;
        public InstructionSet Isa;
        public bool Json;
        public bool Help;
    }

    private struct Result
    {
        public double Median;
        public double Least;
        public double Most;
        public double Loss;
        public uint Hash;
    }

    public static Fault Run(Console console, ref Arguments arguments)
    {
        arguments.Command = "bench"u8;
        Options options = new()
        {
            Net = "pedestrian"u8, Batch = 64, Threads = Processors.Count(), Seconds = 3, Isa = ProcessorLevel.Best,
        };
        Fault fault = Read(ref arguments, ref options);
        if (!fault.IsNone) return fault;
        if (options.Help)
        {
            console.Out.Write(HelpText.Bench);
            return fault;
        }
        fault = NetworkSource.Open(console, options.Net, out NetworkDescription description);
        if (!fault.IsNone) return fault;
        DataFolder folder = new();
        fault = folder.Find(options.Data);
        if (!fault.IsNone) return fault;
        fault = folder.OpenTraining(console, out LabelledImages set);
        if (fault.IsNone) fault = console.About(folder.Path, Workshop.CheckFit(description, in set));
        if (!fault.IsNone) return fault;
        fault = Workshop.Create(description, (int)options.Batch, false, (int)options.Threads, options.Isa,
            out Workshop workshop);
        if (!fault.IsNone) return fault;
        fault = PageMemory.Take(sizeof(int) * (long)set.Count, out byte* order);
        if (!fault.IsNone) return fault;

        Recipe recipe = description.Recipe;
        recipe.Batch = (int)options.Batch;
        recipe.Schedule = ScheduleKind.Constant;
        Normalization normalization = Normalization.Of(set.Images, (long)set.Count * set.Rows * set.Columns);
        workshop.Engine.Initialise(1);
        Trainer trainer = new(workshop.Engine, in recipe, normalization, 1, set.Images, set.Labels, set.Count, (int*)order);
        Result result = Measure(trainer, workshop.Engine, options.Seconds);
        Tell(console, in options, in result, trainer.Batch);
        return fault;
    }

    private static Fault Read(scoped ref Arguments arguments, scoped ref Options options)
    {
        bool hasJob = false;
        while (arguments.TryNext(out ReadOnlySpan<byte> name))
        {
            Fault fault = Fault.None;
            if (!arguments.IsOption)
            {
                if (hasJob || !Words.Same(name, "train"u8)) return arguments.UnexpectedWord();
                hasJob = true;
            }
            else if (Words.Same(name, "--net"u8)) fault = arguments.TakeText(out options.Net);
            else if (Words.Same(name, "--data"u8)) fault = arguments.TakeText(out options.Data);
            else if (Words.Same(name, "--batch"u8)) fault = arguments.TakeInteger(1, 65_536, out options.Batch);
            else if (Words.Same(name, "--threads"u8)) fault = arguments.TakeInteger(1, 1024, out options.Threads);
            else if (Words.Same(name, "--seconds"u8)) fault = arguments.TakeNumber(0, 3600, out options.Seconds);
            else if (Words.Same(name, "--isa"u8)) fault = IsaOption.Take(ref arguments, out options.Isa);
            else if (Words.Same(name, "--json"u8))
            {
                options.Json = true;
                fault = arguments.CheckNoValue();
            }
            else if (Words.Same(name, "--help"u8) || Words.Same(name, "-h"u8))
            {
                options.Help = true;
                return Fault.None;
            }
            else return arguments.UnknownOption();
            if (!fault.IsNone) return fault;
        }
        return hasJob ? Fault.None : arguments.Missing("bench needs a job: train"u8);
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
        Utf8Writer line = new(stackalloc byte[LineBytes]);
        if (options.Json)
        {
            line.Text("{\"images_per_second\":"u8);
            line.Fixed(result.Median, 0);
            line.Text(",\"least\":"u8);
            line.Fixed(result.Least, 0);
            line.Text(",\"most\":"u8);
            line.Fixed(result.Most, 0);
            line.Text(",\"batch\":"u8);
            line.Integer(batch);
            line.Text(",\"threads\":"u8);
            line.Integer(options.Threads);
            line.Text(",\"isa\":\""u8);
            line.Text(IsaOption.Name(options.Isa));
            line.Text("\",\"loss\":"u8);
            line.Fixed(result.Loss, 6);
            line.Text(",\"hash\":\""u8);
            line.Hex(result.Hash, 8);
            line.Text("\"}\n"u8);
        }
        else
        {
            line.Text("train "u8);
            line.Text(options.Net);
            line.Text(", batch "u8);
            line.Integer(batch);
            line.Text(options.Threads == 1 ? ", 1 thread, "u8 : ", threads "u8);
            if (options.Threads != 1)
            {
                line.Integer(options.Threads);
                line.Text(", "u8);
            }
            line.Text(IsaOption.Name(options.Isa));
            line.Text(": median "u8);
            line.Grouped((long)result.Median);
            line.Text(" images/s ("u8);
            line.Grouped((long)result.Least);
            line.Text(" to "u8);
            line.Grouped((long)result.Most);
            line.Text("), hash "u8);
            line.Hex(result.Hash, 8);
            line.Byte((byte)'\n');
        }
        console.Out.Write(line.Written);
    }
}
