using System;
using NoDeps.Primitives;

namespace NoDeps.Network;

/// <summary>The results of all epochs of a training. Machine-independent: contains no times.</summary>
public sealed class TrainingHistory
{
    private const int FirstCapacity = 64;
    /// <summary>Maximum bytes of an epoch's JSON object.</summary>
    public const int MaxRecordText = 400;
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
    /// A JSON array of objects with the keys epoch, step, loss, rate and, where known, validation_loss,
    /// validation_accuracy, test_loss and test_accuracy; empty if there are no epochs.
    /// </summary>
    public byte[] ToJson()
    {
        if (Count == 0) return [];
        byte[] buffer = new byte[Math.Min(Count, MaxRecords) * MaxRecordText + 2];
        Utf8Writer text = new(buffer);
        text.Byte((byte)'[');
        for (int i = 0; i < Count; i++)
        {
            if (i > 0) text.Byte((byte)',');
            Write(ref text, in _records[i]);
        }
        text.Byte((byte)']');
        byte[] json = new byte[text.Length];
        text.Written.CopyTo(json);
        return json;
    }

    private static void Write(ref Utf8Writer text, in EpochRecord record)
    {
        text.Text("{\"epoch\":"u8);
        text.Integer(record.Epoch);
        text.Text(",\"step\":"u8);
        text.Integer(record.Step);
        Number(ref text, ",\"loss\":"u8, record.Loss);
        Number(ref text, ",\"rate\":"u8, record.LearningRate);
        if (record.Validation.Count > 0)
        {
            Number(ref text, ",\"validation_loss\":"u8, record.Validation.Loss);
            Number(ref text, ",\"validation_accuracy\":"u8, record.Validation.Accuracy);
        }
        if (record.Test.Count > 0)
        {
            Number(ref text, ",\"test_loss\":"u8, record.Test.Loss);
            Number(ref text, ",\"test_accuracy\":"u8, record.Test.Accuracy);
        }
        text.Byte((byte)'}');
    }

    /// <summary>
    /// A key and the shortest number that reads back as the same float; null for NaN and infinity, which JSON does not
    /// have.
    /// </summary>
    private static void Number(ref Utf8Writer text, ReadOnlySpan<byte> key, double value)
    {
        text.Text(key);
        if (!double.IsFinite(value))
        {
            text.Text("null"u8);
            return;
        }
        Span<byte> digits = stackalloc byte[40];
        text.Text(digits.Slice(0, FloatFormat.Shortest(digits, (float)value)));
    }
}
