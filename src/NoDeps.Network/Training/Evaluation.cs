using System;
using NoDeps.Primitives;

namespace NoDeps.Network;

/// <summary>Results of a network on a labeled set.</summary>
public struct Evaluation
{
    /// <summary>Images classified correctly.</summary>
    public int Correct;
    /// <summary>Images classified.</summary>
    public int Count;
    /// <summary>Mean loss.</summary>
    public double Loss;

    /// <summary>Accuracy, from 0 to 1.</summary>
    public readonly double Accuracy => Count == 0 ? 0 : (double)Correct / Count;

    /// <summary>
    /// Classifies <paramref name="count"/> images in evaluation mode, in batches of whole tiles if the engine's batch has one, so
    /// that neither the counts nor the loss depend on the batch size, bit for bit.
    /// </summary>
    /// <param name="engine">The network.</param>
    /// <param name="normalization">Normalization of the input.</param>
    /// <param name="images">The data set.</param>
    /// <param name="labels">Its labels.</param>
    /// <param name="count">The number of images to classify.</param>
    /// <param name="order">[count], their indices; null for the first ones.</param>
    public static unsafe Evaluation Of(Engine engine, Normalization normalization, byte* images, byte* labels, int count,
        int* order = null)
    {
        Evaluation result = default;
        result.Count = count;
        double loss = 0;
        long pixels = engine.Network.Input.Size;
        int piece = BatchOf(engine);
        for (int first = 0; first < count; first += piece)
        {
            int n = Math.Min(piece, count - first);
            int* part = order == null ? null : order + first;
            long start = order == null ? first : 0;
            engine.SetImages(images + start * pixels, part, n, in normalization);
            engine.SetLabels(labels + start, part);
            engine.Forward(isTraining: false);
            loss = engine.TotalLoss(loss);
            result.Correct += engine.CountCorrect();
        }
        result.Loss = count == 0 ? 0 : loss / count;
        return result;
    }

    /// <summary>The number of images per batch: whole tiles if the engine's maximum batch has at least one.</summary>
    internal static int BatchOf(Engine engine) =>
        engine.MaxBatch < Lanes.Count ? engine.MaxBatch : engine.MaxBatch / Lanes.Count * Lanes.Count;
}
