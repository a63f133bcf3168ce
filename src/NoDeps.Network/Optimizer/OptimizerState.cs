namespace NoDeps.Network;

/// <summary>The flat arrays that an optimizer step goes over, and its numbers as the kernel wants them.</summary>
internal unsafe struct OptimizerState
{
    /// <summary>Floats in a chunk, the piece of a step that one worker takes.</summary>
    public const int Chunk = 8192;

    /// <summary>The step for a chunk; a clock, or null; what that has counted.</summary>
    public delegate*<void*, int, void> Body;
    public delegate*<long> Clock;
    public long Time;

    public float* Parameters, Gradients, First, Second;
    /// <summary>From where to where a step goes; multiples of 16.</summary>
    public int Begin, End;
    public OptimizerKind Kind;
    /// <summary>
    /// SGD: learning rate, momentum, weight decay. Adam: learning rate / (1 − β1^t), β1, weight decay, 1 − β1, β2,
    /// 1 − β2, 1/√(1 − β2^t), ε.
    /// </summary>
    public float Rate, Momentum, Decay, OneLessMomentum, Beta2, OneLessBeta2, Root, Epsilon;
}
