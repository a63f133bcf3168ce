using System;
using NoDeps.Formats;
using NoDeps.Network;
using NoDeps.Platform;
using NoDeps.Primitives;

namespace NoDeps.Cli;

/// <summary><c>nodeps predict</c>: classes of single images.</summary>
internal static unsafe class PredictCommand
{
    private const int LineBytes = 1024;
    private const int Best = 3;

    public static Fault Run(Console console, ref Arguments arguments)
    {
        arguments.Command = "predict"u8;
        Arguments images = arguments;
        ReadOnlySpan<byte> modelPath = default;
        PredictStyle style = default;
        InstructionSet isa = ProcessorLevel.Best;
        int imageCount = 0;
        Fault fault = Fault.None;
        while (arguments.TryNext(out ReadOnlySpan<byte> name))
        {
            if (!arguments.IsOption) imageCount++;
            else if (Words.Same(name, "--model"u8)) fault = arguments.TakeText(out modelPath);
            else if (Words.Same(name, "--isa"u8)) fault = IsaOption.Take(ref arguments, out isa);
            else if (Words.Same(name, "--json"u8)) fault = TakeSwitch(ref arguments, ref style.Json);
            else if (Words.Same(name, "--show"u8)) fault = TakeSwitch(ref arguments, ref style.Show);
            else if (Words.Same(name, "--help"u8) || Words.Same(name, "-h"u8))
            {
                console.Out.Write(HelpText.Predict);
                return Fault.None;
            }
            else return arguments.UnknownOption();
            if (!fault.IsNone) return fault;
        }
        if (modelPath.IsEmpty) return arguments.Missing("predict needs --model FILE"u8);
        if (imageCount == 0) return arguments.Missing("predict needs an IMAGE such as FILE:0"u8);

        fault = SavedModel.Open(console, modelPath, 1, 1, isa, out SavedModel model);
        if (!fault.IsNone) return fault;
        return PredictAll(console, ref images, model, style);
    }

    /// <summary>Goes through the command line again, for the images this time.</summary>
    private static Fault PredictAll(Console console, scoped ref Arguments arguments, SavedModel model, PredictStyle style)
    {
        while (arguments.TryNext(out ReadOnlySpan<byte> word))
        {
            Fault fault = Fault.None;
            if (!arguments.IsOption) fault = PredictRange(console, word, model, style);
            else if (Words.Same(word, "--model"u8) || Words.Same(word, "--isa"u8)) arguments.TakeText(out _);
            if (!fault.IsNone) return fault;
        }
        return Fault.None;
    }

    private static Fault TakeSwitch(scoped ref Arguments arguments, scoped ref bool value)
    {
        value = true;
        return arguments.CheckNoValue();
    }

    /// <summary>FILE:NUMBER or FILE:FIRST-LAST.</summary>
    private static Fault PredictRange(Console console, ReadOnlySpan<byte> image, SavedModel model, PredictStyle style)
    {
        int colon = Words.LastIndexOf(image, (byte)':');
        if (colon <= 0 || !TryRange(image.Slice(colon + 1), out long first, out long last))
        {
            return Fault.Of(FaultKind.Usage, "not an image:"u8).WithQuote(image)
                .WithHint("write FILE:NUMBER or FILE:FIRST-LAST"u8);
        }
        ReadOnlySpan<byte> path = image.Slice(0, colon);
        Fault fault = IdxFile.Open(console, path, out IdxView view);
        if (!fault.IsNone) return fault;
        fault = Idx.RequireImages(view);
        if (fault.IsNone) fault = Workshop.CheckImages(model.Description, view.Dimension(1), view.Dimension(2));
        if (fault.IsNone && last >= view.Dimension(0))
        {
            fault = Fault.Numbers(FaultKind.Data, "no such image"u8, view.Dimension(0) - 1, last)
                .WithHint("images count from 0; the first number is that of the last image"u8);
        }
        if (!fault.IsNone) return console.About(path, fault);
        for (long i = first; i <= last; i++) PredictOne(console, path, in view, (int)i, model, style);
        return Fault.None;
    }

    private static bool TryRange(ReadOnlySpan<byte> text, out long first, out long last)
    {
        last = 0;
        if (!IntegerParse.Unsigned(text, out ulong from, out int consumed) || from > int.MaxValue)
        {
            first = 0;
            return false;
        }
        first = last = (long)from;
        text = text.Slice(consumed);
        if (text.IsEmpty) return true;
        if (text[0] != '-') return false;
        text = text.Slice(1);
        if (!IntegerParse.Unsigned(text, out ulong to, out consumed) || to > int.MaxValue) return false;
        last = (long)to;
        return consumed == text.Length && last >= first;
    }

    private static void PredictOne(Console console, ReadOnlySpan<byte> path, in IdxView view, int number,
        SavedModel model, PredictStyle style)
    {
        Engine engine = model.Engine;
        int one = number;
        engine.LoadImages(view.Data, &one, 1, model.Normalization.Mean, model.Normalization.Deviation);
        engine.Forward(isTraining: false);
        int classes = model.Description.Classes;
        float* scores = stackalloc float[NetworkDescription.MaxClasses];
        engine.CopyProbabilities(scores);
        int prediction;
        engine.CopyPredictions(&prediction);
        if (style.Show)
            ImageDrawing.Draw(console, view.Data + number * view.ItemCount, view.Dimension(1), view.Dimension(2), 1, number);
        Utf8Writer line = new(stackalloc byte[LineBytes + 4096]);
        if (style.Json) WriteJson(ref line, path, number, prediction, scores, classes);
        else WriteText(ref line, path, number, prediction, scores, classes);
        console.Out.Write(line.Written);
    }

    /// <summary>The class, and the three best with their probabilities.</summary>
    private static void WriteText(ref Utf8Writer line, ReadOnlySpan<byte> path, int number, int prediction, float* scores,
        int classes)
    {
        line.Text(path);
        line.Byte((byte)':');
        line.Integer(number);
        line.Text("  "u8);
        line.Integer(prediction);
        line.Text("  ("u8);
        double bound = double.PositiveInfinity;
        int shown = 0;
        // Classes of equal score share a place; what is shown goes down from the best.
        while (shown < Best && shown < classes)
        {
            float best = float.NegativeInfinity;
            for (int c = 0; c < classes; c++)
            {
                if (scores[c] < bound && scores[c] > best) best = scores[c];
            }
            if (best == float.NegativeInfinity) break;
            for (int c = 0; c < classes && shown < Best; c++)
            {
                if (scores[c] != best) continue;
                if (shown++ > 0) line.Text(", "u8);
                line.Integer(c);
                line.Text(": "u8);
                line.Fixed(100.0 * best, 2);
                line.Byte((byte)'%');
            }
            bound = best;
        }
        line.Text(")\n"u8);
    }

    private static void WriteJson(ref Utf8Writer line, ReadOnlySpan<byte> path, int number, int prediction, float* scores,
        int classes)
    {
        line.Text("{\"file\":"u8);
        JsonText.Write(ref line, path);
        line.Text(",\"image\":"u8);
        line.Integer(number);
        line.Text(",\"class\":"u8);
        line.Integer(prediction);
        line.Text(",\"probability\":"u8);
        line.Fixed(scores[prediction], 6);
        line.Text("}\n"u8);
    }
}
