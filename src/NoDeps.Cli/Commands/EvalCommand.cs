using System;
using NoDeps.Network;
using NoDeps.Platform;
using NoDeps.Primitives;

namespace NoDeps.Cli;

/// <summary><c>nodeps eval</c>: a saved network on a test set.</summary>
internal static unsafe class EvalCommand
{
    private const int LineBytes = 512;

    public static Fault Run(Console console, ref Arguments arguments)
    {
        arguments.Command = "eval"u8;
        ReadOnlySpan<byte> modelPath = default;
        ReadOnlySpan<byte> data = default;
        long threads = Processors.Count();
        InstructionSet isa = ProcessorLevel.Best;
        bool json = false;
        Fault fault;
        while (arguments.TryNext(out ReadOnlySpan<byte> name))
        {
            if (!arguments.IsOption) return arguments.UnexpectedWord();
            if (Words.Same(name, "--model"u8)) fault = arguments.TakeText(out modelPath);
            else if (Words.Same(name, "--data"u8)) fault = arguments.TakeText(out data);
            else if (Words.Same(name, "--threads"u8)) fault = arguments.TakeInteger(1, 1024, out threads);
            else if (Words.Same(name, "--isa"u8)) fault = IsaOption.Take(ref arguments, out isa);
            else if (Words.Same(name, "--json"u8))
            {
                json = true;
                fault = arguments.CheckNoValue();
            }
            else if (Words.Same(name, "--help"u8) || Words.Same(name, "-h"u8))
            {
                console.Out.Write(HelpText.Eval);
                return Fault.None;
            }
            else return arguments.UnknownOption();
            if (!fault.IsNone) return fault;
        }
        if (modelPath.IsEmpty) return arguments.Missing("eval needs --model FILE"u8);

        fault = SavedModel.Open(console, modelPath, Workshop.EvaluationBatch, (int)threads, isa, out SavedModel model);
        if (!fault.IsNone) return fault;
        DataFolder folder = new();
        fault = folder.Find(data);
        if (!fault.IsNone) return fault;
        fault = folder.OpenTest(console, out LabelledImages test);
        if (!fault.IsNone) return fault;
        fault = Workshop.CheckFit(model.Description, in test);
        if (!fault.IsNone) return console.About(folder.Path, fault);
        fault = PageMemory.Take(sizeof(int) * (long)test.Count, out byte* order);
        if (!fault.IsNone) return fault;

        long start = Clock.Nanoseconds();
        Evaluation evaluation = Evaluation.Of(model.Engine, model.Normalization, test.Images, test.Labels, test.Count,
            (int*)order);
        long time = Math.Max(Clock.Nanoseconds() - start, 1);
        double speed = test.Count / (time / 1e9);
        if (json) WriteJson(console, in evaluation, speed);
        else WriteText(console, folder, in evaluation, speed);
        return fault;
    }

    private static void WriteText(Console console, DataFolder folder, in Evaluation evaluation, double speed)
    {
        Utf8Writer line = new(stackalloc byte[LineBytes + 4096]);
        line.Text("data      "u8);
        line.Text(folder.Path);
        line.Text(", "u8);
        line.Grouped(evaluation.Count);
        line.Text(" test images\nloss      "u8);
        line.Fixed(evaluation.Loss, 6);
        line.Text("\nspeed     "u8);
        line.Grouped((long)speed);
        line.Text(" images/s\n"u8);
        Accuracy.Write(ref line, in evaluation);
        line.Byte((byte)'\n');
        console.Out.Write(line.Written);
    }

    private static void WriteJson(Console console, in Evaluation evaluation, double speed)
    {
        Utf8Writer line = new(stackalloc byte[LineBytes]);
        line.Text("{\"accuracy\":"u8);
        line.Fixed(evaluation.Accuracy, 6);
        line.Text(",\"correct\":"u8);
        line.Integer(evaluation.Correct);
        line.Text(",\"count\":"u8);
        line.Integer(evaluation.Count);
        line.Text(",\"loss\":"u8);
        line.Fixed(evaluation.Loss, 9);
        line.Text(",\"images_per_second\":"u8);
        line.Fixed(speed, 0);
        line.Text("}\n"u8);
        console.Out.Write(line.Written);
    }
}
