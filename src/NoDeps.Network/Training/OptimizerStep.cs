namespace NoDeps.Network;

/// <summary>The hyperparameters of one optimizer step.</summary>
public struct OptimizerStep
{
    /// <summary>The update rule.</summary>
    public OptimizerKind Kind;
    /// <summary>Learning rate of this step.</summary>
    public double LearningRate;
    /// <summary>Momentum of this step (SGD and Nesterov), or Adam's first decay.</summary>
    public double Momentum;
    /// <summary>Adam's second decay.</summary>
    public double Beta2;
    /// <summary>Adam's ε.</summary>
    public double Epsilon;
    /// <summary>Weight decay.</summary>
    public double WeightDecay;
    /// <summary>The maximum L2 norm of all gradients together, to which a larger one is scaled down; 0 for no clipping.</summary>
    public double ClipNorm;
    /// <summary>
    /// Decay of the exponential moving average of the parameters, in an engine with
    /// <see cref="EngineOptions.KeepsAverage"/>; 0 leaves the average unchanged.
    /// </summary>
    public double AverageDecay;
    /// <summary>Number of this step, from 1: Adam's bias correction; at step 1 the average is a copy.</summary>
    public long Number;
}
