namespace NoDeps.Network;

/// <summary>One gradient as backpropagation computed it, and how it compares with finite differences.</summary>
public sealed unsafe class GradientTensor
{
    /// <summary>The layer; the number of layers for the loss.</summary>
    public int Layer;
    /// <summary>The kind of gradient.</summary>
    public GradientKind Kind;
    /// <summary>The number of elements.</summary>
    public int Count;
    /// <summary>
    /// The gradient itself, laid out like the parameter, or [sample][channel][row][column]: a copy, which a test may
    /// falsify.
    /// </summary>
    public float* Gradient;

    /// <summary>Elements that were compared.</summary>
    public int Probed;
    /// <summary>Elements that were skipped because the loss has a kink there.</summary>
    public int Kinks;
    /// <summary>
    /// The worst |backpropagation − difference| of the probed elements, relative to the tensor's largest gradient; +∞
    /// when something was not finite, 0 when nothing could be probed.
    /// </summary>
    public double Error;
    /// <summary>The element with that error; −1 when nothing was probed.</summary>
    public int Worst;

    /// <summary>
    /// When backpropagation reaches it: larger is earlier. Of several wrong gradients, the earliest is the cause.
    /// </summary>
    internal int Order;
    /// <summary>The layer whose output it belongs to (Input, Sum).</summary>
    internal int Output;
}
