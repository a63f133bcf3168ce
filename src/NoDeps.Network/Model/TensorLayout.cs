namespace NoDeps.Network;

/// <summary>The order of axes of a file's weights.</summary>
public enum TensorLayout : byte
{
    /// <summary>PyTorch's: dense out × in, convolutions out × in × rows × columns, features by channel, row, column.</summary>
    Torch,
    /// <summary>Keras': dense in × out, convolutions rows × columns × in × out, features by row, column, channel.</summary>
    Keras,
}
