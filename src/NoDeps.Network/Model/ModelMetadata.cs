using System;
using NoDeps.Formats;
using NoDeps.Primitives;

namespace NoDeps.Network;

/// <summary>What a model file says beside the network and its normalization; all of it may be missing.</summary>
public sealed class ModelMetadata
{
    /// <summary>Between two names of <see cref="Names"/>.</summary>
    public const byte Separator = (byte)'\n';

    private const int BytesBeside = 512;
    private byte[] _names = [];

    /// <summary>How the images of the training look.</summary>
    public InputStatistics Statistics;

    /// <summary>The names of all classes, UTF-8, a line feed between each two; empty where they have none.</summary>
    public ReadOnlySpan<byte> Names
    {
        get => _names;
        set
        {
            _names = new byte[value.Length];
            value.CopyTo(_names);
        }
    }

    /// <summary>The epochs of the training as <see cref="TrainingHistory.ToJson"/> has them; empty where they are not known.</summary>
    public byte[] History = [];

    /// <summary>The name of a class; empty where it has none.</summary>
    public ReadOnlySpan<byte> NameOf(int index) => index < 0 ? default : WordList.At(_names, index, Separator);

    /// <summary>How many names there are.</summary>
    public int NameCount
    {
        get
        {
            int count = _names.Length == 0 ? 0 : 1;
            for (int i = 0; i < _names.Length; i++) if (_names[i] == Separator) count++;
            return count;
        }
    }

    /// <summary>Enough room for <see cref="Write"/>: an escaped byte of a name takes 6, one of the history 2.</summary>
    internal long MaxBytes => BytesBeside + 6L * _names.Length + 2L * History.Length;

    /// <summary>Adds what is known.</summary>
    internal void Write(scoped ref SafetensorsHeader header)
    {
        if (History.Length > 0) header.Metadata("history"u8, History);
        if (_names.Length > 0) header.Metadata("class_names"u8, _names);
        if (!Statistics.IsKnown) return;
        Utf8Writer text = new(stackalloc byte[InputStatistics.MaxTextBytes]);
        Statistics.Write(ref text);
        header.Metadata("input_statistics"u8, text.Written);
    }

    /// <summary>What a file says; names only where they are as many as the classes.</summary>
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
