namespace NoDeps.Network;

/// <summary>The options of an engine; the default is plain training with the fast kernels.</summary>
public struct EngineOptions
{
    /// <summary>The implementation of the layers.</summary>
    public KernelForm Kernel;
    /// <summary>
    /// No gradients: less memory, and evaluation mode only. With batches of one, the sums of dense layers have another
    /// order, see <see cref="SingleImageLanes{S, V}"/>.
    /// </summary>
    public bool EvaluationOnly;
    /// <summary>
    /// Every layer keeps its own output, so that <see cref="Engine.CopyOutput"/> is valid for each. Otherwise an
    /// activation may overwrite the output of the layer before it, evaluation fuses batchnorm and pooling with a
    /// convolution, and a single image has a special layout; then only the last layer's output is guaranteed.
    /// </summary>
    public bool KeepOutputs;
    /// <summary>The backward pass also computes the gradient of the network's input.</summary>
    public bool WantInputGradient;
    /// <summary>
    /// Every layer keeps the gradient of its input, and the source of a shortcut the sum of the gradients that flow
    /// back to it, for <see cref="GradientCheck"/>; implies <see cref="WantInputGradient"/>. The kernels are the same.
    /// Only flatten, and a ReLU whose gradient is applied by the batch normalization after it, share their gradient
    /// with the layer after them.
    /// </summary>
    public bool KeepGradients;
    /// <summary>Keeps the exponential moving average of the parameters and running statistics.</summary>
    public bool KeepsAverage;
    /// <summary>
    /// The most that <see cref="Engine.Augment"/> may be asked to do; determines whether scratch for moving pixels is allocated.
    /// </summary>
    public Augmentation Augmentation;
    /// <summary>If set, called with the filled table of kernels, so that a test can insert a wrong kernel.</summary>
    internal unsafe delegate*<KernelTable*, void> KernelOverride;
}
