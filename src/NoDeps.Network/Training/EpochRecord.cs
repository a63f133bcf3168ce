namespace NoDeps.Network;

/// <summary>What is known of an epoch after it.</summary>
public struct EpochRecord
{
    /// <summary>Counted from 1.</summary>
    public long Epoch;
    /// <summary>Steps of the training so far.</summary>
    public long Step;
    /// <summary>Mean of the losses of its steps.</summary>
    public double Loss;
    /// <summary>Learning rate of its last step.</summary>
    public double LearningRate;
    /// <summary>The validation set, if there is one; otherwise its count is 0.</summary>
    public Evaluation Validation;
    /// <summary>The test set, if it was looked at; otherwise its count is 0.</summary>
    public Evaluation Test;
}
