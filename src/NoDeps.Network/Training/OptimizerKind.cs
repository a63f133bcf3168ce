namespace NoDeps.Network;

/// <summary>The rule that updates parameters.</summary>
public enum OptimizerKind : byte
{
    /// <summary>Stochastic gradient descent, with momentum if that is not 0, as torch.optim.SGD.</summary>
    Sgd,
    /// <summary>The same with Nesterov momentum, as torch.optim.SGD with nesterov=True.</summary>
    Nesterov,
    /// <summary>Adam with bias correction, as torch.optim.Adam (weight decay is added to the gradient).</summary>
    Adam,
    /// <summary>The same with decoupled weight decay, as torch.optim.AdamW (Loshchilov and Hutter 2019).</summary>
    AdamW,
}
