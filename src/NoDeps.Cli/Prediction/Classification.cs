using System;
using NoDeps.Network;
using NoDeps.Primitives;

namespace NoDeps.Cli;

/// <summary>Classifies single images with a saved model, and prints the results.</summary>
internal sealed unsafe class Classification
{
    private const int Best = 3;

    private readonly Console _console;
    private readonly SavedModel _model;
    private readonly bool _json;
    private readonly float[] _scores = new float[NetworkDescription.MaxClasses];
    private readonly float[] _outputs = new float[NetworkDescription.MaxClasses];

    public Classification(Console console, SavedModel model, bool json)
    {
        _console = console;
        _model = model;
        _json = json;
    }

    /// <summary>The predicted class of the last image.</summary>
    public int Class { get; private set; }

    /// <summary>
    /// True if the scores are probabilities: for a network trained with squared error the outputs themselves are the
    /// scores.
    /// </summary>
    private bool HasProbabilities => _model.Description.Loss == LossKind.SoftmaxCrossEntropy;

    /// <summary>Classifies an image and prints a line. Fails if the network computes infinities or NaN.</summary>
    /// <param name="images">Images in the network's input format, consecutive.</param>
    /// <param name="number">The index of the image.</param>
    /// <param name="place">Its name in the output.</param>
    public Fault Predict(byte* images, int number, in PredictionPlace place)
    {
        Engine engine = _model.Engine;
        engine.SetImages(images, &number, 1, in _model.Normalization);
        engine.Forward(isTraining: false);
        fixed (float* outputs = _outputs) engine.CopyOutput(_model.Description.LayerCount - 1, outputs);
        for (int c = 0; c < _model.Description.Classes; c++)
        {
            if (!float.IsFinite(_outputs[c]))
                return Fault.Of(FaultKind.Data, "the outputs of the network are not finite numbers\n"u8 +
                    "weights of the model are far too large, or damaged"u8);
        }
        fixed (float* scores = _scores)
        {
            if (HasProbabilities) engine.CopyProbabilities(scores);
            else engine.CopyOutput(_model.Description.LayerCount - 1, scores);
        }
        int prediction;
        engine.CopyPredictions(&prediction);
        Class = prediction;
        if (_json) WriteJson(in place);
        else WriteText(in place);
        return Fault.None;
    }

    /// <summary>The name of a class, or its number if it has no name.</summary>
    public void WriteName(int number)
    {
        ReadOnlySpan<byte> name = _model.Metadata.NameOf(number);
        Template text = _console.Print("$"u8);
        if (name.IsEmpty) text.Integer(number);
        else text.Text(name);
    }

    /// <summary>The class, and the best few with their scores.</summary>
    private void WriteText(in PredictionPlace place)
    {
        _console.Out.Write(place.Path);
        if (place.Image >= 0) WriteNumber(":$"u8, place.Image);
        if (place.Digit >= 0) WriteNumber("#$"u8, place.Digit);
        _console.Out.Write("  "u8);
        WriteName(Class);
        _console.Out.Write(HasProbabilities ? "  ("u8 : "  (scores "u8);
        WriteBest();
        _console.Out.Write(")"u8);
        if (place.Truth >= 0)
        {
            _console.Out.Write("  truth "u8);
            WriteName(place.Truth);
            if (place.Truth != Class) _console.Out.Write(", wrong"u8);
        }
        _console.Out.Write("\n"u8);
    }

    private void WriteNumber(ReadOnlySpan<byte> literal, int number)
    {
        Template text = _console.Print(literal);
        text.Integer(number);
        text.End();
    }

    private void WriteBest()
    {
        int classes = _model.Description.Classes, shown = 0;
        double bound = double.PositiveInfinity;
        // Classes of equal score share a rank; the output is in descending order of score.
        while (shown < Best && shown < classes)
        {
            float best = float.NegativeInfinity;
            for (int c = 0; c < classes; c++)
            {
                if (_scores[c] < bound && _scores[c] > best) best = _scores[c];
            }
            if (best == float.NegativeInfinity) break;
            for (int c = 0; c < classes && shown < Best; c++)
            {
                if (_scores[c] != best) continue;
                if (shown++ > 0) _console.Out.Write(", "u8);
                WriteName(c);
                Template score = _console.Print(HasProbabilities ? ": $%"u8 : ": $"u8);
                if (HasProbabilities) score.Fixed(100.0 * best, 2);
                else score.Fixed(best, 4);
                score.End();
            }
            bound = best;
        }
    }

    /// <summary>The class with its score, and every output of the last layer, before any softmax.</summary>
    private void WriteJson(in PredictionPlace place)
    {
        Template json = _console.Print("{\"file\":$"u8);
        json.Quoted(place.Path);
        if (place.Image >= 0) WriteNumber(",\"image\":$"u8, place.Image);
        if (place.Digit >= 0) WriteNumber(",\"digit\":$"u8, place.Digit);
        WriteNumber(",\"class\":$"u8, Class);
        ReadOnlySpan<byte> name = _model.Metadata.NameOf(Class);
        if (!name.IsEmpty)
        {
            json = _console.Print(",\"name\":$"u8);
            json.Quoted(name);
        }
        json = _console.Print(HasProbabilities ? ",\"probability\":$,\"logits\":["u8 : ",\"score\":$,\"outputs\":["u8);
        json.Fixed(_scores[Class], 6);
        json.End();
        for (int c = 0; c < _model.Description.Classes; c++)
        {
            json = _console.Print(c == 0 ? "$"u8 : ",$"u8);
            json.Fixed(_outputs[c], 6);
        }
        _console.Out.Write("]"u8);
        if (place.Truth >= 0) WriteNumber(",\"truth\":$"u8, place.Truth);
        _console.Out.Write("}\n"u8);
    }
}
