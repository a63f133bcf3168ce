using System;
using System.Runtime.CompilerServices;
using NoDeps.Formats;
using NoDeps.Network;
using NoDeps.Platform;
using NoDeps.Primitives;

namespace NoDeps.Cli;

/// <summary><c>nodeps predict</c>: classes of single images.</summary>
internal static unsafe class PredictCommand
{
    private const int Best = 3;

    /// <summary>How it appears in the list of commands and in its help.</summary>
    public static CommandInfo Info => new()
    {
        Name = "predict"u8,
        Summary = "classify images with a saved model"u8,
        Introduction = """
            Classifies single images. An IMAGE is an IDX or .npy file and a position in it,
            or a range of positions; "-" is standard input:

              nodeps predict --model FILE DIR/t10k-images-idx3-ubyte.gz:17
              nodeps predict --model FILE DIR/t10k-images-idx3-ubyte.gz:0-9

            """u8,
        Notes = """
            A gzip file is decompressed, and checked, only as far as the images need it.

            """u8,
        Describe = &Describe,
        Run = &Run,
    };

    private static void Describe(ref OptionVisitor visitor)
    {
        PredictOptions options = new();
        PredictOptions.Describe(ref visitor, ref options);
    }

    private static Fault Run(Console console, ref OptionVisitor visitor)
    {
        PredictOptions options = new();
        while (visitor.Next()) PredictOptions.Describe(ref visitor, ref options);
        if (visitor.IsStopped) return visitor.Fault;
        Fault fault = SavedModel.Open(console, in options.Model, 1, 1, options.Isa, KernelForm.Lanes, out SavedModel model);
        OpenImages images = default;
        for (int i = 0; i < options.Images.Count && fault.IsNone; i++)
            fault = PredictRange(console, options.Images.At(i), model, in options, ref images);
        return fault;
    }

    /// <summary>The file that the last image came from: the next one mostly comes from it too.</summary>
    private ref struct OpenImages
    {
        public ReadOnlySpan<byte> Path;
        public LabelledImages Images;
        /// <summary>Images that were asked for when it was opened: perhaps no more were decompressed.</summary>
        public long Count;
    }

    /// <summary>FILE:NUMBER or FILE:FIRST-LAST.</summary>
    private static Fault PredictRange(Console console, ReadOnlySpan<byte> image, SavedModel model, in PredictOptions options,
        ref OpenImages images)
    {
        int colon = Words.LastIndexOf(image, (byte)':');
        if (colon > 0 && TryRange(image.Slice(colon + 1), out long first, out long last))
            return PredictImages(console, image, colon, first, last, model, in options, ref images);
        return Fault.Of(FaultKind.Usage, "not an image:\n"u8 + "write FILE:NUMBER or FILE:FIRST-LAST"u8).WithQuote(image);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static Fault PredictImages(Console console, ReadOnlySpan<byte> image, int colon, long first, long last,
        SavedModel model, in PredictOptions options, ref OpenImages images)
    {
        ReadOnlySpan<byte> path = image.Slice(0, colon);
        Fault fault = Fault.None;
        bool another = !images.Path.SequenceEqual(path);
        if (another || last >= images.Count)
        {
            images.Count = another ? last + 1 : long.MaxValue;
            long wanted = another ? Idx.MaxHeaderLength + images.Count * model.Description.Input.Size : images.Count;
            fault = DataFile.OpenArray(path, ref wanted, out NumericArray array);
            if (wanted == long.MaxValue) images.Count = wanted;
            if (fault.IsNone) fault = DataReader.TakeImages(in array, ref images.Images);
            if (fault.IsNone)
                fault = EngineSession.CheckImages(model.Description, images.Images.Shape);
            images.Path = path;
        }
        if (fault.IsNone && last >= images.Images.Count)
        {
            fault = Fault.Numbers(FaultKind.Data,
                "no such image\nimages count from 0; the first number is that of the last image"u8,
                images.Images.Count - 1, last).WithQuote(image.Slice(colon + 1));
        }
        fault = console.WithPath(path, fault);
        for (long i = first; i <= last && fault.IsNone; i++)
            PredictOne(console, path, in images.Images, (int)i, model, in options);
        return fault;
    }

    private static bool TryRange(ReadOnlySpan<byte> text, out long first, out long last)
    {
        last = 0;
        if (!TryNumber(ref text, out first)) return false;
        last = first;
        if (text.IsEmpty) return true;
        if (text[0] != '-') return false;
        text = text.Slice(1);
        return TryNumber(ref text, out last) && text.IsEmpty && last >= first;
    }

    /// <summary>Takes digits from the front; a number beyond all images stands for one that is just that.</summary>
    private static bool TryNumber(ref ReadOnlySpan<byte> text, out long value)
    {
        bool parsed = IntegerParse.Unsigned(text, out ulong number, out int consumed);
        value = !parsed || number > int.MaxValue ? int.MaxValue : (long)number;
        text = text.Slice(consumed);
        return consumed > 0;
    }

    private static void PredictOne(Console console, ReadOnlySpan<byte> path, in LabelledImages images, int number,
        SavedModel model, in PredictOptions options)
    {
        Engine engine = model.Engine;
        int one = number;
        engine.LoadImages(images.Images, &one, 1, model.Normalization.Mean, model.Normalization.Deviation);
        engine.Forward(isTraining: false);
        int classes = model.Description.Classes;
        float* scores = stackalloc float[NetworkDescription.MaxClasses];
        // Of a network trained by squared error the outputs themselves are the scores.
        if (model.Description.Loss == LossKind.SoftmaxCrossEntropy) engine.CopyProbabilities(scores);
        else engine.CopyOutput(model.Description.LayerCount - 1, scores);
        int prediction;
        engine.CopyPredictions(&prediction);
        if (options.Show)
            GrayDrawing.Draw(console, in images, number, 1);
        if (!options.Json)
        {
            WriteText(console, path, number, prediction, scores, classes);
            return;
        }
        float probability = scores[prediction];
        engine.CopyOutput(model.Description.LayerCount - 1, scores);
        WriteJson(console, path, number, prediction, probability, scores, classes);
    }

    /// <summary>The class, and the three best with their probabilities.</summary>
    private static void WriteText(Console console, ReadOnlySpan<byte> path, int number, int prediction, float* scores,
        int classes)
    {
        Template line = console.Print("$:$  $  ("u8);
        line.Text(path);
        line.Integer(number);
        line.Integer(prediction);
        line.End();
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
                line = console.Print(shown++ > 0 ? ", $: $%"u8 : "$: $%"u8);
                line.Integer(c);
                line.Fixed(100.0 * best, 2);
                line.End();
            }
            bound = best;
        }
        console.Out.Write(")\n"u8);
    }

    /// <summary>The class with its probability, and every output of the last layer, before any softmax.</summary>
    private static void WriteJson(Console console, ReadOnlySpan<byte> path, int number, int prediction, float probability,
        float* logits, int classes)
    {
        Template json = console.Print("{\"file\":$,\"image\":$,\"class\":$,\"probability\":$,\"logits\":["u8);
        json.Quoted(path);
        json.Integer(number);
        json.Integer(prediction);
        json.Fixed(probability, 6);
        json.End();
        for (int c = 0; c < classes; c++)
        {
            json = console.Print(c == 0 ? "$"u8 : ",$"u8);
            json.Fixed(logits[c], 6);
        }
        console.Out.Write("]}\n"u8);
    }
}
