namespace NoDeps.Network;

/// <summary>The kinds of layers; the grammar's keywords are in parentheses.</summary>
public enum LayerKind : byte
{
    /// <summary>Convolution in the sense of cross-correlation (conv).</summary>
    Convolution,
    /// <summary>max(0, x) (relu).</summary>
    Relu,
    /// <summary>1 / (1 + e^−x) (sigmoid).</summary>
    Sigmoid,
    /// <summary>Hyperbolic tangent (tanh).</summary>
    Tanh,
    /// <summary>x where x &gt; 0, slope · x elsewhere (leakyrelu).</summary>
    LeakyRelu,
    /// <summary>Batch normalization by channel or feature (batchnorm).</summary>
    BatchNormalization,
    /// <summary>Maximum over a window (maxpool).</summary>
    MaximumPooling,
    /// <summary>Mean over a window, including padding (avgpool).</summary>
    AveragePooling,
    /// <summary>Adds an earlier output (shortcut).</summary>
    Shortcut,
    /// <summary>Inverted dropout (dropout).</summary>
    Dropout,
    /// <summary>Channels, rows and columns become one feature vector (flatten).</summary>
    Flatten,
    /// <summary>Fully connected layer (dense).</summary>
    Dense,
}
