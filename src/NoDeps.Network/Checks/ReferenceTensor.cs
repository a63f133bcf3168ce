using System;

namespace NoDeps.Network;

/// <summary>A tensor of a reference case, and how the engine's result compares with it.</summary>
public sealed unsafe class ReferenceTensor
{
    /// <summary>The parameter kind that stands for num_batches_tracked.</summary>
    internal const ParameterKind BatchesTracked = ParameterKind.RunningVariance + 1;

    internal byte[] KeyText;
    internal byte* Data;

    /// <summary>Its role.</summary>
    public ReferenceRole Role;
    /// <summary>The layer, for roles that have one.</summary>
    public int Layer;
    /// <summary>The tensor of the layer, for roles that have several.</summary>
    public ParameterKind Kind;
    /// <summary>Number of elements.</summary>
    public int Count;
    /// <summary>The largest difference of an element, relative to <see cref="Scale"/>; infinite where a number is not finite.</summary>
    public double Error;
    /// <summary>
    /// How far noise in the last place moves an element, relative to the same scale; negative if not measured.
    /// </summary>
    public double Movement;
    /// <summary>
    /// The largest part of a difference, relative to the same scale, that no combination of such movements explains;
    /// negative if not measured.
    /// </summary>
    public double Rest;
    /// <summary>The magnitude that errors are relative to: usually the reference's largest.</summary>
    public double Scale;
    /// <summary>The result of the comparison.</summary>
    public Verdict Verdict;

    /// <summary>Its name in the file.</summary>
    public ReadOnlySpan<byte> Key => KeyText;

    /// <summary>True if it is a result, not an input.</summary>
    public bool IsResult => Role >= ReferenceRole.Output;

    /// <summary>True if it is the result of several steps.</summary>
    public bool IsLate => Role >= ReferenceRole.After;

    internal bool IsCount => Kind == BatchesTracked;
    internal float* Numbers => (float*)Data;
    internal long WholeNumber => *(long*)Data;

    /// <summary>The largest magnitude of the reference; NaN if it contains one.</summary>
    internal double Magnitude()
    {
        if (IsCount) return WholeNumber;
        double most = 0;
        for (int i = 0; i < Count; i++)
        {
            double magnitude = Math.Abs((double)Numbers[i]);
            if (!(magnitude <= most)) most = magnitude;
            if (double.IsNaN(most)) break;
        }
        return most;
    }
}
