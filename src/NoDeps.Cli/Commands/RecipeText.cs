using System;
using NoDeps.Network;

namespace NoDeps.Cli;

/// <summary>A recipe in words, as <c>train</c> and <c>describe</c> show it.</summary>
internal static class RecipeText
{
    /// <summary>Writes it, without a line feed.</summary>
    /// <param name="console">Receives the text on standard output.</param>
    /// <param name="recipe">The recipe.</param>
    /// <param name="batch">Samples in a step: the recipe's batch size, or all samples if there are fewer.</param>
    public static void Write(Console console, in Recipe recipe, int batch)
    {
        Template line = console.Print("$ $, batch $, $, $ "u8);
        line.Count(recipe.Epochs, "epoch"u8, "epochs"u8);
        line.Integer(batch);
        line.Text(RecipeOptions.OptimizerName(in recipe));
        line.Text(recipe.Schedule == ScheduleKind.Constant ? "constant rate"u8 : RecipeOptions.ScheduleName(in recipe));
        line.End();
        line = console.Print(recipe.Schedule switch
        {
            ScheduleKind.Constant => "$"u8,
            ScheduleKind.OneCycle => "to $"u8,
            _ => "from $"u8,
        });
        line.Shortest(recipe.LearningRate);
        line.End();
        if (recipe.Schedule == ScheduleKind.Step) WriteStep(console, in recipe);
        WriteNumber(console, recipe.Warmup, recipe.Warmup == 1 ? ", warm-up $ epoch"u8 : ", warm-up $ epochs"u8);
        bool hasMomentum = !recipe.IsAdam && recipe.Schedule != ScheduleKind.OneCycle;
        if (hasMomentum) WriteNumber(console, recipe.Momentum, ", momentum $"u8);
        line = console.Print(", weight decay $"u8);
        line.Shortest(recipe.WeightDecay);
        line.End();
        WriteNumber(console, recipe.ClipNorm, ", gradients clipped to $"u8);
        WriteNumber(console, recipe.AverageDecay, ", average of weights $"u8);
        if (recipe.BalancesClasses) console.Out.Write(", balanced class weights"u8);
        WriteNumber(console, recipe.Shift, ", shift $"u8);
        Augmentation augmentation = recipe.Augmentation;
        WriteNumber(console, augmentation.Rotate, ", rotate $"u8);
        WriteNumber(console, augmentation.Scale, ", scale $"u8);
        WriteNumber(console, augmentation.Shear, ", shear $"u8);
        WriteNumber(console, augmentation.ElasticAlpha, ", elastic $"u8);
        if (augmentation.IsElastic) WriteNumber(console, augmentation.ElasticSigma, ",$"u8);
        WriteNumber(console, augmentation.Erase, ", erase $"u8);
        if (augmentation.Flip) console.Out.Write(", flip"u8);
    }

    private static void WriteStep(Console console, in Recipe recipe)
    {
        Template line = console.Print(recipe.StepEpochs > 0 ? " times $ every $ $"u8 : " times $ every third of the epochs"u8);
        line.Shortest(recipe.StepFactor);
        if (recipe.StepEpochs > 0) line.Count(recipe.StepEpochs, "epoch"u8, "epochs"u8);
        line.End();
    }

    /// <summary>A number, omitted if it is 0.</summary>
    private static void WriteNumber(Console console, double value, ReadOnlySpan<byte> text)
    {
        if (value == 0) return;
        Template line = console.Print(text);
        line.Shortest(value);
        line.End();
    }
}
