namespace NoDeps.Primitives;

/// <summary>The functions of <see cref="Elementary"/>.</summary>
public enum ElementaryFunction
{
    /// <summary>e^x.</summary>
    Exp,
    /// <summary>ln x.</summary>
    Log,
    /// <summary>1 / (1 + e^−x).</summary>
    Sigmoid,
    /// <summary>The hyperbolic tangent.</summary>
    Tanh,
}
