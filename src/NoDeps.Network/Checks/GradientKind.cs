namespace NoDeps.Network;

/// <summary>The gradients of a layer; the loss has only that of its input.</summary>
public enum GradientKind : byte
{
    /// <summary>∂L/∂weight.</summary>
    Weight,
    /// <summary>∂L/∂bias.</summary>
    Bias,
    /// <summary>∂L/∂input: what flows back through this layer.</summary>
    Input,
    /// <summary>Shortcut: ∂L/∂output of the earlier layer, the sum of all gradients that flow back to it.</summary>
    Sum,
}
