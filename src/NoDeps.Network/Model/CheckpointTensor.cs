using System;
using NoDeps.Formats;
using NoDeps.Primitives;

namespace NoDeps.Network;

/// <summary>A one-dimensional tensor that only checkpoints have.</summary>
public unsafe struct CheckpointTensor
{
    /// <summary>The part of the checkpoint that it stores.</summary>
    public CheckpointPart Part;
    /// <summary>Type of an element.</summary>
    public SafetensorsType Type;
    /// <summary>The elements.</summary>
    public byte* Data;
    /// <summary>Number of elements; a tensor without elements is not stored.</summary>
    public int Count;

    /// <summary>A tensor.</summary>
    public CheckpointTensor(CheckpointPart part, SafetensorsType type, void* data, int count)
    {
        Part = part;
        Type = type;
        Data = (byte*)data;
        Count = count;
    }

    /// <summary>Bytes of all elements.</summary>
    public readonly long Bytes => (long)Count * SafetensorsTypes.SizeOf(Type);

    private static ReadOnlySpan<byte> Prefix => "training."u8;

    private static ReadOnlySpan<byte> Names => "training.state training.history training.first_moments "u8 +
        "training.second_moments training.average training.best training.arguments"u8;

    /// <summary>The tensor's name in the file.</summary>
    public static ReadOnlySpan<byte> NameOf(CheckpointPart part) => WordList.At(Names, (int)part);

    /// <summary>Returns true if a tensor belongs to a checkpoint and not to the model.</summary>
    public static bool IsCheckpointName(ReadOnlySpan<byte> name) =>
        name.Length > Prefix.Length && name.Slice(0, Prefix.Length).SequenceEqual(Prefix);
}
