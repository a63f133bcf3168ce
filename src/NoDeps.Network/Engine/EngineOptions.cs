namespace NoDeps.Network;

/// <summary>What an engine is for; the default value is plain training by the fast kernels.</summary>
public struct EngineOptions
{
    /// <summary>Which form of the layers runs.</summary>
    public KernelForm Kernel;
    /// <summary>
    /// No gradients: needs less memory, and only the evaluation mode works. Of batches of one the sums of dense layers have an
    /// order of their own, see <see cref="SingleImageLanes{S, V}"/>.
    /// </summary>
    public bool EvaluationOnly;
    /// <summary>
    /// Every layer keeps an output of its own, so that <see cref="Engine.CopyOutput"/> is right for each. Otherwise an
    /// activation may overwrite the output of the layer before it, evaluation takes batchnorm and pooling along with a
    /// convolution, and a single image has a layout of its own; only the last layer's output is there for sure then.
    /// </summary>
    public bool KeepOutputs;
    /// <summary>The backward pass goes on to the gradient of the network's input.</summary>
    public bool WantInputGradient;
    /// <summary>
    /// Every layer keeps the gradient of its input, and the source of a shortcut the sum of what flows back to it, for
    /// <see cref="GradientCheck"/>; implies <see cref="WantInputGradient"/>. The kernels are the same: only flatten, and a
    /// ReLU whose gradient the batch normalisation after it takes over, share theirs with the layer after them.
    /// </summary>
    public bool KeepGradients;
    /// <summary>There is room for the exponential moving average of the parameters and running statistics.</summary>
    public bool KeepsAverage;
    /// <summary>Called with the filled table of kernels if set, so that a test can put a wrong one into it.</summary>
    internal unsafe delegate*<KernelTable*, void> KernelOverride;
}
