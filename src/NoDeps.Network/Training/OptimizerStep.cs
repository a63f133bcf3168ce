namespace NoDeps.Network;

/// <summary>The numbers of one optimizer step.</summary>
public struct OptimizerStep
{
    /// <summary>Which rule.</summary>
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
    /// <summary>Number of this step, from 1 (Adam's bias correction).</summary>
    public long Number;
}
