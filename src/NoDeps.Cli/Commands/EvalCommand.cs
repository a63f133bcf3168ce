using System;
using NoDeps.Network;
using NoDeps.Platform;
using NoDeps.Primitives;

namespace NoDeps.Cli;

/// <summary><c>nodeps eval</c>: a saved network on a test set.</summary>
internal static unsafe class EvalCommand
{
    /// <summary>A bit for each option.</summary>
    public const uint Takes = 1u << (int)Option.Data | 1u << (int)Option.Threads
        | 1u << (int)Option.Isa | 1u << (int)Option.Json | 1u << (int)Option.Kernel | SavedModel.Takes;

    public static Fault Run(Console console, in Arguments arguments, in Options options)
    {
        if (options.Model.IsEmpty) return arguments.Usage("eval needs --model FILE"u8);
        Fault fault = SavedModel.Open(console, in options, Workshop.EvaluationBatch, (int)options.Threads,
            out SavedModel model);
        if (!fault.IsNone) return fault;
        DataFolder folder = new();
        fault = folder.Find(options.Data);
        if (!fault.IsNone) return fault;
        fault = folder.OpenTest(console, model.Description, out LabelledImages test);
        if (!fault.IsNone) return fault;

        long start = Clock.Nanoseconds();
        Evaluation evaluation = Evaluation.Of(model.Engine, model.Normalization, test.Images, test.Labels, test.Count);
        long time = Math.Max(Clock.Nanoseconds() - start, 1);
        double speed = test.Count / (time / 1e9);
        if (options.Json) WriteJson(console, in evaluation, speed);
        else WriteText(console, folder, in evaluation, speed);
        return fault;
    }

    private static void WriteText(Console console, DataFolder folder, in Evaluation evaluation, double speed)
    {
        Template line = console.Say(
            "data      $, $ test images\nloss      $\ntest accuracy $% ($/$)\n"u8);
        line.Text(folder.Path);
        line.Grouped(evaluation.Count);
        line.Fixed(evaluation.Loss, 6);
        Accuracy.Fill(line, in evaluation);
    }

    private static void WriteJson(Console console, in Evaluation evaluation, double speed)
    {
        Template json = console.Say("{\"accuracy\":$,\"correct\":$,\"count\":$,\"loss\":$,\"images_per_second\":$}\n"u8);
        json.Fixed(evaluation.Accuracy, 6);
        json.Integer(evaluation.Correct);
        json.Integer(evaluation.Count);
        json.Fixed(evaluation.Loss, 9);
        json.Fixed(speed, 0);
        json.End();
    }
}
