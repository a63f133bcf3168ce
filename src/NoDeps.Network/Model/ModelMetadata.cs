using System;
using NoDeps.Formats;
using NoDeps.Primitives;

namespace NoDeps.Network;

/// <summary>The metadata of a model file other than the network and its normalization; every item is optional.</summary>
public sealed class ModelMetadata
{
    /// <summary>The separator of <see cref="Names"/>.</summary>
    public const byte Separator = (byte)'\n';

    private const int BytesBeside = 512;
    private byte[] _names = [];

    /// <summary>Statistics of the training images.</summary>
    public InputStatistics Statistics;

    /// <summary>The names of all classes, UTF-8, separated by line feeds; empty if the classes have no names.</summary>
    public ReadOnlySpan<byte> Names
    {
        get => _names;
        set
        {
            _names = new byte[value.Length];
            value.CopyTo(_names);
        }
    }

    /// <summary>The epochs of the training in the form of <see cref="TrainingHistory.ToJson"/>; empty if unknown.</summary>
    public byte[] History = [];

    /// <summary>The name of a class; empty if it has none.</summary>
    public ReadOnlySpan<byte> NameOf(int index) => index < 0 ? default : WordList.At(_names, index, Separator);

    /// <summary>Number of names.</summary>
    public int NameCount => CountNames(_names);

    /// <summary>Number of names in a text with <see cref="Separator"/> between each two.</summary>
    public static int CountNames(ReadOnlySpan<byte> names)
    {
        int count = names.IsEmpty ? 0 : 1;
        for (int i = 0; i < names.Length; i++) if (names[i] == Separator) count++;
        return count;
    }

    /// <summary>Enough room for <see cref="Write"/>: an escaped byte takes 6 in a name, 2 in the history.</summary>
    internal long MaxBytes => BytesBeside + 6L * _names.Length + 2L * History.Length;

    /// <summary>Writes the items that are known.</summary>
    internal void Write(scoped ref SafetensorsHeader header)
    {
        if (History.Length > 0) header.Metadata("history"u8, History);
        if (_names.Length > 0) header.Metadata("class_names"u8, _names);
        if (!Statistics.IsKnown) return;
        Utf8Writer text = new(stackalloc byte[InputStatistics.MaxTextBytes]);
        Statistics.Write(ref text);
        header.Metadata("input_statistics"u8, text.Written);
    }

    /// <summary>Reads a file's metadata; names are used only if there is one per class.</summary>
    public static ModelMetadata Read(SafetensorsFile file, int classes)
    {
        ModelMetadata metadata = new();
        if (file.TryMetadata("class_names"u8, out ReadOnlySpan<byte> raw))
        {
            byte[] names = new byte[raw.Length];
            metadata.Names = new ReadOnlySpan<byte>(names, 0, Math.Max(JsonText.Unescape(raw, names), 0));
            if (metadata.NameCount != classes) metadata.Names = default;
        }
        if (file.TryMetadata("history"u8, out raw))
        {
            byte[] history = new byte[raw.Length];
            int length = Math.Max(JsonText.Unescape(raw, history), 0);
            metadata.History = new byte[length];
            new ReadOnlySpan<byte>(history, 0, length).CopyTo(metadata.History);
        }
        bool hasStatistics = file.TryMetadata("input_statistics"u8, out raw) && InputStatistics.TryParse(raw, out metadata.Statistics);
        if (!hasStatistics) metadata.Statistics = default;
        return metadata;
    }
}
