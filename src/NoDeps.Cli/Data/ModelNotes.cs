using System;
using NoDeps.Formats;
using NoDeps.Network;
using NoDeps.Platform;
using NoDeps.Primitives;

namespace NoDeps.Cli;

/// <summary>Reports on standard error what was assumed about a model file; nothing if the file is complete.</summary>
internal static unsafe class ModelNotes
{
    private const int MaxUnused = 20;

    /// <summary>Reports tensors matched by order, permuted weights, missing biases, and unused tensors.</summary>
    public static void Write(Console console, SafetensorsFile file, TensorMatch match, NetworkDescription network)
    {
        if (match.IsByOrder) WriteMapping(console, file, match, network);
        if (match.Layout == TensorLayout.Keras) console.Error.Write("nodeps: weights are in Keras' layout and were permuted\n"u8);
        if (match.MissingBiases > 0) WriteMissing(console, match, network);
        int unused = 0;
        for (int i = 0; i < file.Count; i++)
        {
            if (match.IsUsed(i) || CheckpointTensor.IsCheckpointName(file.RawNameAt(i))) continue;
            if (unused < MaxUnused)
            {
                Template line = console.PrintError("$$"u8);
                line.Text(unused == 0 ? "nodeps: tensors not used: "u8 : ", "u8);
                line.Text(file.RawNameAt(i));
            }
            unused++;
        }
        if (unused > MaxUnused) console.PrintError(" and $"u8).Integer(unused - MaxUnused);
        if (unused > MaxUnused) console.Error.Write(" more"u8);
        if (unused > 0) console.Error.Write("\n"u8);
    }

    /// <summary>
    /// Reports the same for a model that is only described; nothing for any other file. A fault if the tensors do not fit the network.
    /// </summary>
    public static Fault WriteOf(Console console, ReadOnlySpan<byte> path, NetworkDescription network)
    {
        if (BuiltInNetworks.TryFind(path, out _) || !ModelPeek.IsModel(path)) return Fault.None;
        Fault fault = InputFile.Read(path, out byte* data, out long length);
        SafetensorsFile file = null;
        TensorMatch match = null;
        if (fault.IsNone) fault = ModelFile.Open(data, length, out file, ref network, out _);
        if (fault.IsNone) fault = TensorMatch.Of(file, network, out match);
        if (fault.IsNone) Write(console, file, match, network);
        return console.WithPath(path, fault);
    }

    /// <summary>Reports that pixels are scaled to 0 to 1 by default, and how to change that.</summary>
    public static void WriteUnknownNormalization(Console console) => console.Error.Write(
        "nodeps: warning: the model file has no mean and std, so pixels are scaled to 0 to 1; "u8 +
        "if it was trained otherwise, pass --mean and --std\n"u8);

    private static void WriteMissing(Console console, TensorMatch match, NetworkDescription network)
    {
        bool isFirst = true;
        for (int layer = 0; layer < network.LayerCount; layer++)
        {
            if (!match.IsMissing(layer)) continue;
            Template item = console.PrintError("$$.bias"u8);
            item.Text(isFirst ? "nodeps: missing tensors, taken as 0: "u8 : ", "u8);
            item.Integer(layer);
            item.End();
            isFirst = false;
        }
        console.Error.Write("\n"u8);
    }

    private static void WriteMapping(Console console, SafetensorsFile file, TensorMatch match, NetworkDescription network)
    {
        bool isFirst = true;
        for (int layer = 0; layer < network.LayerCount; layer++)
        {
            for (ParameterKind kind = ParameterKind.Weight; kind <= ParameterKind.RunningVariance; kind++)
            {
                int source = match.SourceOf(layer, kind);
                if (source < 0) continue;
                Template item = console.PrintError("$$ → $.$"u8);
                item.Text(isFirst ? "nodeps: tensors matched by order and shape: "u8 : ", "u8);
                item.Text(file.RawNameAt(source));
                item.Integer(layer);
                item.Text(ModelFile.NameOf(kind));
                item.End();
                isFirst = false;
            }
        }
        console.Error.Write("\n"u8);
    }
}
