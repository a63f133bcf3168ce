using System;
using System.Runtime.CompilerServices;
using NoDeps.Formats;
using NoDeps.Primitives;

namespace NoDeps.Network;

/// <summary>
/// Copies matched tensors into an engine: any floating-point type, either layout, finite numbers only; missing biases become 0.
/// </summary>
internal static unsafe class ModelReader
{
    internal static Fault Load(SafetensorsFile file, TensorMatch match, Engine engine) =>
        Load(file, match, engine, engine.Network.LayerCount);

    /// <summary>The same for the first <paramref name="layers"/> layers.</summary>
    internal static Fault Load(SafetensorsFile file, TensorMatch match, Engine engine, int layers)
    {
        NetworkDescription network = engine.Network;
        for (int i = 0; i < layers; i++)
        {
            for (ParameterKind kind = ParameterKind.Weight; kind <= ParameterKind.RunningVariance; kind++)
            {
                float* numbers = engine.Parameter(i, kind, out int count);
                if (count == 0) continue;
                int source = match.SourceOf(i, kind);
                if (source < 0)
                {
                    for (int at = 0; at < count; at++) numbers[at] = 0;
                    continue;
                }
                Fault fault = LoadTensor(file.EntryAt(source), network.Layers[i], kind, match.Layout, numbers, network);
                if (!fault.IsNone) return fault.WithQuote(file.RawNameAt(source));
            }
            int batches = match.BatchesOf(i);
            if (batches < 0) continue;
            // PyTorch requires it; evaluation does not use it.
            SafetensorsEntry entry = file.EntryAt(batches);
            if (entry.Type == SafetensorsType.I64 && entry.Count == 1) *engine.BatchesTracked(i) = Unsafe.ReadUnaligned<long>(entry.Data);
        }
        return Fault.None;
    }

    private static Fault LoadTensor(in SafetensorsEntry entry, Layer layer, ParameterKind kind, TensorLayout layout, float* to,
        NetworkDescription network)
    {
        if (!SafetensorsNumbers.IsReadable(entry.Type))
        {
            Utf8Writer what = new(stackalloc byte[100]);
            what.Text("weights of dtype "u8);
            what.Text(SafetensorsTypes.NameOf(entry.Type));
            what.Text(" cannot be read: tensor"u8);
            return Fault.Of(FaultKind.Data, what.Written).WithHint("supported are F16, BF16, F32 and F64"u8);
        }
        Fault fault = SafetensorsNumbers.ToSingle(in entry, to);
        if (!fault.IsNone) return fault;
        for (long i = 0; i < entry.Count; i++)
        {
            if (!float.IsFinite(to[i])) return Wrong(i, " is not a finite number: tensor"u8, "the training of this model diverged"u8);
            if (kind == ParameterKind.RunningVariance && to[i] < 0)
                return Wrong(i, " is negative, unlike any variance: tensor"u8, "do the description and the tensors belong together?"u8);
        }
        bool isPermuted = layout == TensorLayout.Keras && kind == ParameterKind.Weight &&
            layer.Kind is LayerKind.Convolution or LayerKind.Dense;
        if (isPermuted) Permute(layer, network, to, (int)entry.Count);
        return fault;
    }

    private static Fault Wrong(long index, ReadOnlySpan<byte> why, ReadOnlySpan<byte> hint)
    {
        Utf8Writer what = new(stackalloc byte[100]);
        what.Text("element "u8);
        what.Integer(index);
        what.Text(why);
        return Fault.Of(FaultKind.Data, what.Written).WithHint(hint);
    }

    /// <summary>Converts from Keras' order of axes to PyTorch's, in place.</summary>
    private static void Permute(Layer layer, NetworkDescription network, float* weights, int count)
    {
        float[] from = new float[count];
        new ReadOnlySpan<float>(weights, count).CopyTo(from);
        int outputs = layer.BiasCount;
        int channels = layer.Input.Channels;
        int places = layer.Window.KernelRows * layer.Window.KernelColumns;
        if (layer.Kind == LayerKind.Dense)
        {
            Shape features = FeaturesOf(layer, network);
            channels = features.Channels;
            places = features.Rows * features.Columns;
        }
        for (int place = 0; place < places; place++)
        {
            for (int channel = 0; channel < channels; channel++)
            {
                for (int output = 0; output < outputs; output++)
                    weights[(output * channels + channel) * places + place] = from[(place * channels + channel) * outputs + output];
            }
        }
    }

    /// <summary>The shape of a dense layer's input before it was flattened.</summary>
    private static Shape FeaturesOf(Layer layer, NetworkDescription network)
    {
        for (int i = layer.Index - 1; i >= 0; i--)
        {
            Layer before = network.Layers[i];
            if (before.Kind == LayerKind.Dense) break;
            if (before.Kind == LayerKind.Flatten) return before.Input;
        }
        return layer.Input;
    }
}
