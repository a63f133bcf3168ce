using System;
using NoDeps.Primitives;

namespace NoDeps.Network;

/// <summary>The results of an epoch.</summary>
public struct EpochRecord
{
    /// <summary>Counted from 1.</summary>
    public long Epoch;
    /// <summary>Steps of the training so far.</summary>
    public long Step;
    /// <summary>Mean loss of its steps.</summary>
    public double Loss;
    /// <summary>Learning rate of its last step.</summary>
    public double LearningRate;
    /// <summary>Results on the validation set; without one, its count is 0.</summary>
    public Evaluation Validation;
    /// <summary>Results on the test set, if it was evaluated; otherwise its count is 0.</summary>
    public Evaluation Test;

    /// <summary>Maximum bytes of <see cref="WriteJson"/>.</summary>
    public const int MaxJson = 400;

    /// <summary>
    /// Members of a JSON object, without its braces: epoch, step, loss, rate and, where known, validation_loss,
    /// validation_accuracy, test_loss and test_accuracy.
    /// </summary>
    public readonly void WriteJson(scoped ref Utf8Writer text)
    {
        text.Text("\"epoch\":"u8);
        text.Integer(Epoch);
        text.Text(",\"step\":"u8);
        text.Integer(Step);
        WriteMember(ref text, ",\"loss\":"u8, Loss);
        WriteMember(ref text, ",\"rate\":"u8, LearningRate);
        if (Validation.Count > 0)
        {
            WriteMember(ref text, ",\"validation_loss\":"u8, Validation.Loss);
            WriteMember(ref text, ",\"validation_accuracy\":"u8, Validation.Accuracy);
        }
        if (Test.Count > 0)
        {
            WriteMember(ref text, ",\"test_loss\":"u8, Test.Loss);
            WriteMember(ref text, ",\"test_accuracy\":"u8, Test.Accuracy);
        }
    }

    /// <summary>The shortest number that reads back as the same float.</summary>
    public static void WriteNumber(scoped ref Utf8Writer text, double value)
    {
        Span<byte> digits = stackalloc byte[40];
        text.Text(digits.Slice(0, FloatFormat.Shortest(digits, (float)value)));
    }

    /// <summary>A key and a number; null for NaN and infinity, which JSON does not have.</summary>
    private static void WriteMember(scoped ref Utf8Writer text, ReadOnlySpan<byte> key, double value)
    {
        text.Text(key);
        if (double.IsFinite(value)) WriteNumber(ref text, value);
        else text.Text("null"u8);
    }
}
