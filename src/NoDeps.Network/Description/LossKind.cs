namespace NoDeps.Network;

/// <summary>The loss that training minimizes; both are means over the batch.</summary>
public enum LossKind : byte
{
    /// <summary>Softmax and cross-entropy in one (scratch, 3.1; pedestrians, section 3).</summary>
    SoftmaxCrossEntropy,
    /// <summary>Half the squared distance to the one-hot target (Richard, equation 15).</summary>
    SquaredError,
}
