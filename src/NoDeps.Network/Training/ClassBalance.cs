using System;

namespace NoDeps.Network;

/// <summary>Weights that give every class the same share of the loss, however often it occurs.</summary>
public static unsafe class ClassBalance
{
    /// <summary>
    /// The weight of class c is n/(C·n_c), where n_c of the n samples belong to it and C classes occur at all:
    /// class_weight="balanced" of scikit-learn. A class that does not occur has weight 0.
    /// </summary>
    /// <param name="labels">The labels of the data set.</param>
    /// <param name="subset">[count], the samples that count; null for the first ones.</param>
    /// <param name="count">Number of samples.</param>
    /// <param name="weights">One per class; invalid labels count as the last class, as in the engine.</param>
    public static void Weigh(byte* labels, int* subset, int count, Span<float> weights)
    {
        int[] counts = new int[weights.Length];
        for (int i = 0; i < count; i++) counts[Math.Min(labels[subset == null ? i : subset[i]], counts.Length - 1)]++;
        int classes = 0;
        for (int c = 0; c < counts.Length; c++) if (counts[c] > 0) classes++;
        for (int c = 0; c < counts.Length; c++) weights[c] = counts[c] == 0 ? 0 : (float)(count / ((double)classes * counts[c]));
    }
}
