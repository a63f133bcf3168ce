namespace NoDeps.Network;

/// <summary>The flat arrays that an optimizer step updates, and its hyperparameters in the form that the kernel needs.</summary>
internal unsafe struct OptimizerState
{
    /// <summary>Floats in a chunk, the work item of a step.</summary>
    public const int Chunk = 8192;

    /// <summary>The kernel for a chunk; a clock, or null; the time that it measured.</summary>
    public delegate*<void*, int, void> Body;
    public delegate*<long> Clock;
    public long Time;

    public float* Parameters, Gradients, First, Second;
    /// <summary>The exponential moving average of the parameters; null if this step does not update it.</summary>
    public float* Average;
    /// <summary>For each chunk of all parameters: 16 sums of squares of gradients, and their total.</summary>
    public float* LaneSums;
    public double* SquareSums;
    /// <summary>The range of a step; multiples of 16.</summary>
    public int Begin, End;
    public OptimizerKind Kind;
    /// <summary>
    /// SGD: learning rate, momentum, weight decay. Adam: learning rate / (1 − β1^t), β1, weight decay, 1 − β1, β2, 1 −
    /// β2, 1/√(1 − β2^t), ε. For AdamW, Decay is 0.
    /// </summary>
    public float Rate, Momentum, Decay, OneLessMomentum, Beta2, OneLessBeta2, Root, Epsilon;
    /// <summary>The factor by which each parameter is first multiplied: 1 for Adam, 1 − learning rate · weight decay for AdamW.</summary>
    public float Keep;
    /// <summary>The factor of every gradient: 1, or less to clip their norm.</summary>
    public float Scale;
    /// <summary>1 − the average's decay; 1 makes the average a copy.</summary>
    public float AverageShare;
}
