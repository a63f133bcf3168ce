using System;
using NoDeps.Primitives;

namespace NoDeps.Network;

/// <summary>The results of all epochs of a training. Independent of the machine, because it contains no times.</summary>
public sealed class TrainingHistory
{
    private const int FirstCapacity = 64;
    /// <summary>Maximum epochs: their text fits an array.</summary>
    private const int MaxRecords = 5_000_000;

    private EpochRecord[] _records = new EpochRecord[FirstCapacity];

    /// <summary>Number of epochs.</summary>
    public int Count { get; private set; }

    /// <summary>An epoch, from 0.</summary>
    public ref readonly EpochRecord this[int index] => ref _records[index];

    /// <summary>All epochs.</summary>
    public ReadOnlySpan<EpochRecord> Records => new(_records, 0, Count);

    /// <summary>Adds an epoch.</summary>
    public void Add(in EpochRecord record)
    {
        if (Count == _records.Length)
        {
            EpochRecord[] larger = new EpochRecord[2 * Count];
            Records.CopyTo(larger);
            _records = larger;
        }
        _records[Count++] = record;
    }

    /// <summary>
    /// A JSON array of an object for each epoch, as <see cref="EpochRecord.WriteJson"/> writes it; empty if there are no epochs.
    /// </summary>
    public byte[] ToJson()
    {
        if (Count == 0) return [];
        byte[] buffer = new byte[Math.Min(Count, MaxRecords) * (EpochRecord.MaxJson + 3) + 2];
        Utf8Writer text = new(buffer);
        text.Byte((byte)'[');
        for (int i = 0; i < Count; i++)
        {
            text.Text(i > 0 ? ",{"u8 : "{"u8);
            _records[i].WriteJson(ref text);
            text.Byte((byte)'}');
        }
        text.Byte((byte)']');
        byte[] json = new byte[text.Length];
        text.Written.CopyTo(json);
        return json;
    }
}
