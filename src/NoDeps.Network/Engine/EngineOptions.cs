namespace NoDeps.Network;

/// <summary>What an engine is for; the default value is plain training by the fast kernels.</summary>
public struct EngineOptions
{
    /// <summary>Which form of the layers runs.</summary>
    public KernelForm Kernel;
    /// <summary>No gradients: needs less memory, and only the evaluation mode works.</summary>
    public bool EvaluationOnly;
    /// <summary>
    /// Every layer keeps an output of its own, so that <see cref="Engine.CopyOutput"/> is right for each. Otherwise an
    /// activation may overwrite the output of the layer before it.
    /// </summary>
    public bool KeepOutputs;
    /// <summary>The backward pass goes on to the gradient of the network's input.</summary>
    public bool WantInputGradient;
}
