namespace NoDeps.Network;

/// <summary>In which order a file's weights have their axes.</summary>
public enum TensorLayout : byte
{
    /// <summary>PyTorch's: dense out × in, convolutions out × in × rows × columns, features by channel, row, column.</summary>
    Torch,
    /// <summary>Keras': dense in × out, convolutions rows × columns × in × out, features by row, column, channel.</summary>
    Keras,
}
