namespace NoDeps.Network;

/// <summary>What only a shortcut has.</summary>
internal unsafe struct ShortcutState
{
    /// <summary>The earlier output that it adds.</summary>
    public float* Input;
    public nint InputTile;
    /// <summary>
    /// The gradient of that output; and what it is without this layer's share (the same place, unless gradients are kept).
    /// </summary>
    public float* Gradient, GradientSum;
    /// <summary>A copy of what flows back to it.</summary>
    public float* SavedGradient;

    /// <summary>Lays a shortcut out.</summary>
    /// <param name="l">The layer.</param>
    /// <param name="source">The layer whose output it adds.</param>
    /// <param name="gradientSum">See <see cref="GradientSum"/>; null for the gradient itself.</param>
    /// <param name="layout">Where memory comes from.</param>
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
