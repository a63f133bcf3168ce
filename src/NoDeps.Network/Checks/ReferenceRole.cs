namespace NoDeps.Network;

/// <summary>The role of a tensor of a reference case, given by the beginning of its key.</summary>
public enum ReferenceRole : byte
{
    /// <summary>param.N.…: the starting state.</summary>
    Parameter,
    /// <summary>input: the batch.</summary>
    Input,
    /// <summary>labels: its classes.</summary>
    Labels,
    /// <summary>output.N: a layer's output, training mode, first pass.</summary>
    Output,
    /// <summary>loss: the mean over the batch.</summary>
    Loss,
    /// <summary>probabilities: softmax rows.</summary>
    Probabilities,
    /// <summary>grad.input.</summary>
    InputGradient,
    /// <summary>grad.N.…: gradients of that loss.</summary>
    Gradient,
    /// <summary>after.N.…: the state after three steps of plain gradient descent.</summary>
    After,
    /// <summary>eval.output: the output in evaluation mode with that state.</summary>
    Evaluation,
}
