namespace NoDeps.Network;

/// <summary>The state of a shortcut.</summary>
internal unsafe struct ShortcutState
{
    /// <summary>The earlier output that it adds.</summary>
    public float* Input;
    public nint InputTile;
    /// <summary>
    /// The gradient of that output, and the same without this layer's share (equal, unless gradients are kept).
    /// </summary>
    public float* Gradient, GradientSum;
    /// <summary>A copy of the gradient that flows back to it.</summary>
    public float* SavedGradient;

    /// <summary>Lays out a shortcut.</summary>
    /// <param name="l">The layer.</param>
    /// <param name="source">The layer whose output it adds.</param>
    /// <param name="gradientSum">See <see cref="GradientSum"/>; null for the gradient itself.</param>
    /// <param name="layout">Provides the memory.</param>
    public static void Plan(ref LayerState l, scoped in LayerState source, float* gradientSum, EngineLayout layout)
    {
        ShortcutState own = new() { Input = source.Output, InputTile = source.OutputTile };
        if (layout.IsTraining)
        {
            own.Gradient = source.OutputGradient;
            own.GradientSum = gradientSum == null ? own.Gradient : gradientSum;
            own.SavedGradient = layout.Activation(l.Out.Size);
        }
        l.Set(layout.Place(in own));
    }
}
