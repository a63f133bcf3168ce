using System;
using NoDeps.Network;
using NoDeps.Platform;

namespace NoDeps.Cli;

/// <summary>Prints the lines of <c>train --json</c> before the first and after the last epoch.</summary>
internal static unsafe class TrainingJson
{
    private const double Second = 1e9;

    /// <summary>Writes network, data and recipe.</summary>
    public static void WriteStart(Console console, in TrainOptions options, TrainingSetup setup)
    {
        Template json = console.Print("{\"event\":\"start\",\"network\":$,\"parameters\":$,\"data\":$,\"training_images\":$,"u8 +
            "\"validation_images\":$,\"test_images\":$,\"classes\":$,\"epochs\":$,\"batch\":$,\"steps_per_epoch\":$,"u8 +
            "\"optimizer\":$,\"schedule\":$,\"rate\":$,\"seed\":$,\"threads\":$}\n"u8);
        json.Quoted(options.NetworkPath);
        json.Integer(setup.Description.ParameterCount);
        json.Quoted(setup.Folder.Path);
        json.Integer(setup.TrainingCount);
        json.Integer(setup.ValidationCount);
        json.Integer(setup.HasTest ? setup.Test.Count : 0);
        json.Integer(setup.Description.Classes);
        json.Integer(setup.Recipe.Epochs);
        json.Integer(setup.Trainer.Batch);
        json.Integer(setup.Trainer.StepsPerEpoch);
        json.Quoted(RecipeOptions.OptimizerName(in setup.Recipe));
        json.Quoted(RecipeOptions.ScheduleName(in setup.Recipe));
        json.Shortest(setup.Recipe.LearningRate);
        json.Integer(options.Seed);
        json.Integer(options.Threads);
        json.End();
    }

    /// <summary>Writes the model file and its results.</summary>
    public static void WriteEnd(Console console, long start, TrainingSetup setup, TrainingProgress progress, TrainingRun run, long length)
    {
        Template json = console.Print("{\"event\":\"end\",\"model\":$,\"bytes\":$,\"seconds\":$,\"training_seconds\":$,"u8 +
            "\"images_per_second\":$,\"peak_bytes\":$,\"epochs\":$,\"best_epoch\":"u8);
        json.Quoted(setup.OutPath);
        json.Integer(length);
        json.Fixed((Clock.Nanoseconds() - start) / Second, 3);
        json.Fixed(run.TrainingNanoseconds / Second, 3);
        json.Fixed(run.Samples / (Math.Max(run.TrainingNanoseconds, 1) / Second), 0);
        json.Integer(Process.PeakResidentBytes());
        json.Integer(progress.History.Count);
        json.End();
        if (progress.BestEpoch > 0) console.Print("$"u8).Integer(progress.BestEpoch);
        else console.Out.Write("null"u8);
        if (setup.HasTest)
        {
            Evaluation test = setup.EvaluateTest();
            json = console.Print(",\"test_loss\":$,\"test_accuracy\":$,\"test_correct\":$,\"test_count\":$"u8);
            if (double.IsFinite(test.Loss)) json.Fixed(test.Loss, 9);
            else json.Text("null"u8);
            json.Fixed(test.Accuracy, 6);
            json.Integer(test.Correct);
            json.Integer(test.Count);
            json.End();
        }
        console.Out.Write("}\n"u8);
    }
}
