using System;
using NoDeps.Primitives;

namespace NoDeps.Network;

/// <summary>
/// A network as its description says: the shapes and counts of every layer, checked. The grammar, one item a line, with
/// # comments (sizes are N or ROWSxCOLUMNS):
/// <code>
/// input 1x28x28
/// conv OUT kernel=SIZE [stride=SIZE] [pad=SIZE]
/// relu | sigmoid | tanh | leakyrelu [slope=0.01] | batchnorm | flatten
/// maxpool kernel=SIZE [stride=SIZE] [pad=SIZE]      stride defaults to kernel
/// avgpool kernel=SIZE [stride=SIZE] [pad=SIZE]
/// shortcut back=K
/// dropout P
/// dense OUT
/// loss softmax-cross-entropy | squared-error
/// recipe [epochs=N] [batch=N] [optimizer=sgd|momentum|nesterov|adam] [rate=X] [momentum=X] [decay=X]
///        [schedule=constant|one-cycle] [shift=N]
/// </code>
/// </summary>
public sealed class NetworkDescription
{
    /// <summary>Most layers that a description may have.</summary>
    public const int MaxLayers = 256;
    /// <summary>Most classes: labels are bytes.</summary>
    public const int MaxClasses = 256;

    /// <summary>Shape of one input sample.</summary>
    public Shape Input;
    /// <summary>The layers; only the first <see cref="LayerCount"/> entries are used.</summary>
    public Layer[] Layers;
    /// <summary>How many layers.</summary>
    public int LayerCount;
    /// <summary>The loss.</summary>
    public LossKind Loss;
    /// <summary>Elements of the last output: the number of classes.</summary>
    public int Classes;
    /// <summary>How to train it unless told otherwise.</summary>
    public Recipe Recipe;
    /// <summary>The text it was read from, a copy.</summary>
    public byte[] Text;
    /// <summary>Floats in the engine's flat parameter array: every tensor padded to a multiple of 16.</summary>
    public int FlatParameters;

    internal NetworkDescription()
    {
    }

    /// <summary>Trainable parameters.</summary>
    public long ParameterCount
    {
        get
        {
            long n = 0;
            for (int i = 0; i < LayerCount; i++) n += Layers[i].ParameterCount;
            return n;
        }
    }

    /// <summary>Multiply-adds of the forward pass of one sample.</summary>
    public long MultiplyAdds
    {
        get
        {
            long n = 0;
            for (int i = 0; i < LayerCount; i++) n += Layers[i].MultiplyAdds;
            return n;
        }
    }

    /// <summary>Shape of the last layer's output.</summary>
    public Shape Output => Layers[LayerCount - 1].Output;

    /// <summary>
    /// Reads a description. The fault names the line, what is wrong and what would be right; its texts may quote
    /// <paramref name="text"/>, so they live as long as that does.
    /// </summary>
    /// <param name="text">The description, UTF-8.</param>
    /// <param name="description">The network; null on a fault.</param>
    public static Fault Parse(ReadOnlySpan<byte> text, out NetworkDescription description) =>
        DescriptionParser.Parse(text, out description);
}
