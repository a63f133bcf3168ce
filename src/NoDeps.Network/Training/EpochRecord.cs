namespace NoDeps.Network;

/// <summary>The results of an epoch.</summary>
public struct EpochRecord
{
    /// <summary>Counted from 1.</summary>
    public long Epoch;
    /// <summary>Steps of the training so far.</summary>
    public long Step;
    /// <summary>Mean loss of its steps.</summary>
    public double Loss;
    /// <summary>Learning rate of its last step.</summary>
    public double LearningRate;
    /// <summary>Results on the validation set; without one, its count is 0.</summary>
    public Evaluation Validation;
    /// <summary>Results on the test set, if it was evaluated; otherwise its count is 0.</summary>
    public Evaluation Test;
}
