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
    /// <summary>The exponential moving average of the parameters; null where this step keeps none.</summary>
    public float* Average;
    /// <summary>For each chunk of all parameters: 16 sums of squares of gradients, and what they came to.</summary>
    public float* LaneSums;
    public double* SquareSums;
    /// <summary>From where to where a step goes; multiples of 16.</summary>
    public int Begin, End;
    public OptimizerKind Kind;
    /// <summary>
    /// SGD: learning rate, momentum, weight decay. Adam: learning rate / (1 − β1^t), β1, weight decay, 1 − β1, β2,
    /// 1 − β2, 1/√(1 − β2^t), ε. AdamW: its Decay is 0.
    /// </summary>
    public float Rate, Momentum, Decay, OneLessMomentum, Beta2, OneLessBeta2, Root, Epsilon;
    /// <summary>Adam: what a parameter is multiplied by first, 1; of AdamW, 1 − learning rate · weight decay.</summary>
    public float Keep;
    /// <summary>What every gradient is multiplied by: 1, or less to clip their norm.</summary>
    public float Scale;
    /// <summary>1 − the average's decay; 1 makes the average a copy.</summary>
    public float AverageShare;
}
