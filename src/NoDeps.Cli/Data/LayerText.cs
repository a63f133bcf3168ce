using System;
using NoDeps.Network;

namespace NoDeps.Cli;

/// <summary>Finds a layer's line in the network description.</summary>
internal static class LayerText
{
    /// <summary>The layer's line without indentation and comment; for the index after the last layer, that of the loss.</summary>
    public static ReadOnlySpan<byte> Of(NetworkDescription network, int layer)
    {
        ReadOnlySpan<byte> rest = network.Text;
        int line = 1;
        while (true)
        {
            int end = rest.IndexOf((byte)'\n');
            ReadOnlySpan<byte> text = Trimmed(rest.Slice(0, end < 0 ? rest.Length : end));
            bool found = layer < network.LayerCount
                ? line == network.Layers[layer].Line
                : text.Length >= 4 && text.Slice(0, 4).SequenceEqual("loss"u8);
            if (found || end < 0) return text;
            rest = rest.Slice(end + 1);
            line++;
        }
    }

    private static ReadOnlySpan<byte> Trimmed(ReadOnlySpan<byte> text)
    {
        int comment = text.IndexOf((byte)'#');
        if (comment >= 0) text = text.Slice(0, comment);
        int start = 0, end = text.Length;
        while (start < end && text[start] <= ' ') start++;
        while (end > start && text[end - 1] <= ' ') end--;
        return text.Slice(start, end - start);
    }
}
