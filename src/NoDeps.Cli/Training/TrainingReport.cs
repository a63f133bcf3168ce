using System;
using NoDeps.Network;
using NoDeps.Platform;

namespace NoDeps.Cli;

/// <summary>Prints the report of a training on standard output.</summary>
internal static unsafe class TrainingReport
{
    /// <summary>Prints network, data, recipe and machine, before the first step.</summary>
    public static void PrintHeader(Console console, in TrainOptions options, TrainingSetup setup, TrainingProgress progress)
    {
        NetworkDescription description = setup.Description;
        Recipe recipe = setup.Recipe;
        PrintNetwork(console, in options, setup);
        PrintData(console, setup);
        console.Out.Write("recipe    "u8);
        RecipeText.Write(console, in recipe, setup.Trainer.Batch);
        Template line;
        if (description.Smoothing > 0)
        {
            line = console.Print(", label smoothing $"u8);
            line.Shortest(description.Smoothing);
            line.End();
        }
        line = console.Print("\nmachine   $ $, $, seed $\n"u8);
        line.Count(options.Threads, "thread"u8, "threads"u8);
        line.Text(IsaOption.Name(options.Isa));
        line.Integer(options.Seed);
        line.End();
        if (progress.History.Count == 0 && setup.Trainer.StepsTaken == 0) return;
        line = console.Print("resumed   after $ steps, in epoch $\n"u8);
        line.Grouped(setup.Trainer.StepsTaken);
        line.Integer(setup.Trainer.Epoch + 1);
        line.End();
    }

    private static void PrintNetwork(Console console, in TrainOptions options, TrainingSetup setup)
    {
        NetworkDescription description = setup.Description;
        Template line = console.Print("network   $"u8);
        line.Text(options.NetworkPath);
        if (setup.Fit.IsAdapted)
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
        if (setup.Initial == null) return;
        console.Out.Write(setup.Initial.LastStartsAnew
            ? "weights   those of the model; the last layer has another size and is newly initialized\n"u8
            : "weights   those of the model\n"u8);
    }

    private static void PrintData(Console console, TrainingSetup setup)
    {
        setup.Fit.WriteSource(console);
        Template line = console.Print(", $ training"u8);
        line.Grouped(setup.TrainingCount);
        line.End();
        if (setup.ValidationCount > 0)
        {
            line = console.Print(setup.HasTest ? ", $ validation"u8 : " and $ validation"u8);
            line.Grouped(setup.ValidationCount);
            line.End();
        }
        if (setup.HasTest)
        {
            line = console.Print(" and $ test"u8);
            line.Grouped(setup.Test.Count);
            line.End();
        }
        LabeledImages images = setup.Training;
        line = console.Print(images.Channels > 1 ? " images of $x$x$$\n"u8 : " images of $x$$\n"u8);
        if (images.Channels > 1) line.Integer(images.Channels);
        line.Integer(images.Rows);
        line.Integer(images.Columns);
        line.Text(setup.HasTest ? default : "; no test set"u8);
        line.End();
    }

    /// <summary>Prints times, memory, the file and the accuracies, after the last step.</summary>
    public static void PrintSummary(Console console, long start, TrainingSetup setup, TrainingProgress progress, TrainingRun run,
        long length)
    {
        const double Second = 1e9;
        Template line = console.Print(
            "total time $ s, $ s of it training: $ images/s\n"u8 +
            "peak memory $ MB; $ bytes allocated per training step\n"u8 +
            "model     $, $ bytes\n"u8);
        line.Fixed((Clock.Nanoseconds() - start) / Second, 2);
        line.Fixed(run.TrainingNanoseconds / Second, 2);
        line.Grouped((long)(run.Samples / (Math.Max(run.TrainingNanoseconds, 1) / Second)));
        line.Fixed(Process.PeakResidentBytes() / 1e6, 1);
        line.Integer(run.AllocatedPerStep);
        line.Text(setup.OutPath);
        line.Grouped(length);
        line.End();
        if (progress.BestEpoch > 0)
        {
            int saved = progress.BestSnapshot != null ? progress.BestEpoch : progress.History.Count;
            line = console.Print("weights   of epoch $ of $"u8);
            line.Integer(saved);
            line.Integer(progress.History.Count);
            line.End();
            if (run.IsStoppedEarly) console.Out.Write(", stopped early"u8);
            Evaluation validation = progress.History[saved - 1].Validation;
            Accuracy.Fill(console.Print("; validation accuracy $% ($/$)\n"u8), in validation);
        }
        if (!setup.HasTest) return;
        Evaluation test = setup.EvaluateTest();
        Accuracy.Fill(console.Print("test accuracy $% ($/$)\n"u8), in test);
    }
}
