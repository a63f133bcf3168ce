namespace NoDeps.Network;

/// <summary>The tensors of a layer.</summary>
public enum ParameterKind : byte
{
    /// <summary>weight: out, in, rows, columns of a convolution; out, in of a dense layer; channels of a batchnorm.</summary>
    Weight,
    /// <summary>bias: one for each output channel or feature.</summary>
    Bias,
    /// <summary>running_mean of a batchnorm: one for each channel.</summary>
    RunningMean,
    /// <summary>running_var of a batchnorm: one for each channel.</summary>
    RunningVariance,
}
