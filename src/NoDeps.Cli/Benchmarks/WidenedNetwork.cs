using System;
using NoDeps.Network;
using NoDeps.Primitives;

namespace NoDeps.Cli;

/// <summary>A network with the same layers but more channels and features.</summary>
internal static class WidenedNetwork
{
    private const int MaxNumberLength = 12;

    /// <summary>Multiplies the outputs of every convolution and dense layer except the last.</summary>
    public static Fault Of(NetworkDescription network, int factor, out NetworkDescription widened)
    {
        Utf8Writer text = new(new byte[network.Text.Length + network.LayerCount * MaxNumberLength]);
        int last = network.LayerCount - 1;
        while (last > 0 && network.Layers[last].MultiplyAdds == 0) last--;
        int layer = 0;
        for (int number = 1; number <= network.LossLine; number++)
        {
            ReadOnlySpan<byte> line = network.LineText(number);
            bool isLayer = layer < network.LayerCount && network.Layers[layer].Line == number;
            if (isLayer && layer < last && network.Layers[layer].MultiplyAdds > 0)
            {
                // conv N ..., dense N ...: the second word is the number of outputs.
                ReadOnlySpan<byte> kind = WordList.At(line, 0);
                text.Text(kind);
                text.Byte((byte)' ');
                text.Integer(network.Layers[layer].Output.Channels * factor);
                line = line.Slice(kind.Length + 1);
                line = line.Slice(WordList.At(line, 0).Length);
            }
            text.Text(line);
            text.Byte((byte)'\n');
            if (isLayer) layer++;
        }
        return NetworkDescription.Parse(text.Written, out widened);
    }
}
