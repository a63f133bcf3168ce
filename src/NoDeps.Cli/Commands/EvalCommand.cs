using System;
using NoDeps.Network;
using NoDeps.Platform;
using NoDeps.Primitives;

namespace NoDeps.Cli;

/// <summary><c>nodeps eval</c>: evaluates a saved model on a test set.</summary>
internal static unsafe class EvalCommand
{
    /// <summary>How it appears in the list of commands and in its help.</summary>
    public static CommandInfo Info => new()
    {
        Name = "eval"u8,
        Summary = "measure the accuracy of a saved model"u8,
        Introduction = """
            Measures the accuracy and the loss of a saved model on a test set.

            """u8,
        Describe = &Describe,
        Run = &Run,
    };

    private static void Describe(ref OptionVisitor visitor)
    {
        EvalOptions options = new();
        EvalOptions.Describe(ref visitor, ref options);
    }

    private static Fault Run(Console console, ref OptionVisitor visitor)
    {
        EvalOptions options = new();
        while (visitor.Next()) EvalOptions.Describe(ref visitor, ref options);
        if (visitor.IsStopped) return visitor.Fault;
        ThreadNote.Write(console, options.Threads);
        return Evaluate(console, in options);
    }

    private static Fault Evaluate(Console console, in EvalOptions options)
    {
        Fault fault = SavedModel.Open(console, in options.Model, EngineSession.EvaluationBatch(options.Threads), options.Threads,
            options.Isa, options.Kernel, out SavedModel model);
        if (!fault.IsNone) return fault;
        DataFolder folder = new();
        fault = folder.Find(console, in options.Data);
        if (!fault.IsNone) return fault;
        fault = folder.OpenTest(console, out LabeledImages test);
        if (!fault.IsNone) return fault;
        DataFit fit = new(folder, in options.Data);
        fit.Note(in test);
        fit.Decide(model.Description.Classes);
        fault = fit.Apply(console, model.Description, ref test);
        if (!fault.IsNone) return fault;

        long start = Clock.Nanoseconds();
        bool hasProbabilities = model.Description.Loss == LossKind.SoftmaxCrossEntropy;
        ClassificationReport report = new(model.Description.Classes, options.Mistakes, hasProbabilities);
        report.Add(model.Engine, model.Normalization, test.Images, test.Labels, test.Count);
        Evaluation evaluation = report.Evaluation;
        long time = Math.Max(Clock.Nanoseconds() - start, 1);
        double speed = test.Count / (time / 1e9);
        ImageWarning warning = default;
        warning.AddSome(test.Images, test.Count, model.Description.Input);
        warning.Write(console, folder.Path, in model.Metadata.Statistics, "; are they inverted?"u8);
        if (options.Json)
        {
            EvalReport.WriteJson(console, report, model.Metadata, speed);
            return fault;
        }
        if (options.Mistakes > 0) fault = EvalReport.WriteMistakes(console, report, model.Metadata, in test);
        if (options.Confusion) EvalReport.WriteConfusion(console, report, model.Metadata);
        if (options.PerClass) EvalReport.WritePerClass(console, report, model.Metadata);
        WriteText(console, folder, fit, in evaluation);
        return fault;
    }

    private static void WriteText(Console console, DataFolder folder, DataFit fit, in Evaluation evaluation)
    {
        fit.WriteSource(console);
        Template line = console.Print(
            ", $ test images\nloss      $\ntest accuracy $% ($/$)\n"u8);
        line.Grouped(evaluation.Count);
        line.Fixed(evaluation.Loss, 6);
        Accuracy.Fill(line, in evaluation);
    }
}
