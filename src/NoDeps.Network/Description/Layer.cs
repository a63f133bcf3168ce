namespace NoDeps.Network;

/// <summary>One layer of a description: its kind, shapes and number of parameters.</summary>
public sealed class Layer
{
    /// <summary>The kind of layer.</summary>
    public LayerKind Kind;
    /// <summary>Its position, counted from 0 after the input line: the index in the equivalent torch.nn.Sequential.</summary>
    public int Index;
    /// <summary>Its line in the description, counted from 1.</summary>
    public int Line;
    /// <summary>Shape of one sample going in.</summary>
    public Shape Input;
    /// <summary>Shape of one sample coming out.</summary>
    public Shape Output;
    /// <summary>The window of a convolution or a pooling layer.</summary>
    public Geometry Window;
    /// <summary>Leaky ReLU: factor of negative inputs, at least 0.</summary>
    public float Slope;
    /// <summary>Dropout: probability with which an element is dropped, 0 ≤ p &lt; 1.</summary>
    public float DropProbability;
    /// <summary>Shortcut: adds the output of layer <see cref="Index"/> − Back (−1 is the input itself).</summary>
    public int Back;

    /// <summary>Trainable weights: out·in·rows·columns of a convolution, out·in of a dense layer, channels of a batchnorm.</summary>
    public int WeightCount;
    /// <summary>Trainable biases: one for each output channel or feature.</summary>
    public int BiasCount;
    /// <summary>Where the weights start in the engine's flat parameter array, in floats; a multiple of 16.</summary>
    public int WeightOffset;
    /// <summary>Where the biases start in the engine's flat parameter array, in floats; a multiple of 16.</summary>
    public int BiasOffset;
    /// <summary>Multiply-adds of the forward pass of one sample (convolution and dense layers; 0 for the others).</summary>
    public long MultiplyAdds;

    /// <summary>Trainable parameters.</summary>
    public int ParameterCount => WeightCount + BiasCount;

    /// <summary>True if it has a running mean, a running variance and a batch count.</summary>
    public bool HasRunningStatistics => Kind == LayerKind.BatchNormalization;

    /// <summary>True if each output element depends only on the input element at the same place.</summary>
    public bool IsActivation =>
        Kind == LayerKind.Relu || Kind == LayerKind.Sigmoid || Kind == LayerKind.Tanh || Kind == LayerKind.LeakyRelu;
}
