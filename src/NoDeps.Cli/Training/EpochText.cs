using System;
using NoDeps.Network;
using NoDeps.Primitives;

namespace NoDeps.Cli;

/// <summary>Formats an epoch as JSON or as a line of CSV.</summary>
internal static class EpochText
{
    /// <summary>The maximum length of either.</summary>
    public const int MaxBytes = 512;

    /// <summary>The first line of a CSV file.</summary>
    public static ReadOnlySpan<byte> CsvHeader => "epoch,step,loss,rate,validation_loss,validation_accuracy,"u8 +
        "test_loss,test_accuracy,seconds,images_per_second\n"u8;

    private static ReadOnlySpan<byte> JsonStart => "{\"epoch\":"u8;

    /// <summary>Writes the members of a JSON object, without braces.</summary>
    public static void WriteJson(scoped ref Utf8Writer to, in EpochRecord record, double seconds, double speed)
    {
        record.WriteJson(ref to);
        to.Text(",\"seconds\":"u8);
        to.Fixed(seconds, 3);
        to.Text(",\"images_per_second\":"u8);
        to.Fixed(speed, 0);
    }

    /// <summary>Writes a line of CSV in the order of <see cref="CsvHeader"/>; unknown values are empty.</summary>
    public static void WriteCsv(scoped ref Utf8Writer to, in EpochRecord record, double seconds, double speed)
    {
        to.Integer(record.Epoch);
        to.Byte((byte)',');
        to.Integer(record.Step);
        Cell(ref to, record.Loss, true);
        Cell(ref to, record.LearningRate, true);
        Cell(ref to, record.Validation.Loss, record.Validation.Count > 0);
        Cell(ref to, record.Validation.Accuracy, record.Validation.Count > 0);
        Cell(ref to, record.Test.Loss, record.Test.Count > 0);
        Cell(ref to, record.Test.Accuracy, record.Test.Count > 0);
        to.Byte((byte)',');
        to.Fixed(seconds, 3);
        to.Byte((byte)',');
        to.Fixed(speed, 0);
        to.Byte((byte)'\n');
    }

    /// <summary>
    /// The offset in a log of the line of the first epoch after <paramref name="epochs"/>, or of an incomplete last line; −1 if the text
    /// is not a log.
    /// </summary>
    public static int EndOf(ReadOnlySpan<byte> text, bool isCsv, int epochs)
    {
        ReadOnlySpan<byte> first = isCsv ? CsvHeader : JsonStart;
        int compared = Math.Min(first.Length, text.Length), at = isCsv ? first.Length : 0;
        if (!text.Slice(0, compared).SequenceEqual(first.Slice(0, compared))) return -1;
        if (compared < first.Length) return 0;
        while (at < text.Length)
        {
            ReadOnlySpan<byte> rest = text.Slice(at);
            int end = rest.IndexOf((byte)'\n');
            if (end < 0) return at;
            ReadOnlySpan<byte> line = rest.Slice(0, end);
            int start = isCsv ? 0 : JsonStart.Length;
            if (line.Length < start || !isCsv && !line.Slice(0, start).SequenceEqual(JsonStart)) return -1;
            if (!IntegerParse.Signed(line.Slice(start), out long epoch, out int digits)) return -1;
            if (start + digits == line.Length || line[start + digits] != ',') return -1;
            if (epoch > epochs) return at;
            at += end + 1;
        }
        return at;
    }

    private static void Cell(scoped ref Utf8Writer to, double value, bool isKnown)
    {
        to.Byte((byte)',');
        if (isKnown) EpochRecord.WriteNumber(ref to, value);
    }
}
