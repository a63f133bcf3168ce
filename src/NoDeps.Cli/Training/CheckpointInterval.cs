using System;
using NoDeps.Primitives;

namespace NoDeps.Cli;

/// <summary>The interval between a training's checkpoints, in epochs or in time.</summary>
internal readonly struct CheckpointInterval
{
    private const long Second = 1_000_000_000;
    private const long DefaultNanoseconds = 600 * Second;
    private const int MaxNumber = 1_000_000;

    /// <summary>Epochs between two checkpoints; 0 if time decides.</summary>
    public readonly int Epochs;
    /// <summary>Nanoseconds between two checkpoints; 0 if epochs decide, or for no checkpoints.</summary>
    public readonly long Nanoseconds;

    private CheckpointInterval(int epochs, long nanoseconds)
    {
        Epochs = epochs;
        Nanoseconds = nanoseconds;
    }

    /// <summary>Parses "5" (epochs), "30s", "10min" or "2h"; "0" means never, and an empty text the default of 10 minutes.</summary>
    public static Fault Parse(ReadOnlySpan<byte> text, out CheckpointInterval interval)
    {
        interval = new CheckpointInterval(0, DefaultNanoseconds);
        if (text.IsEmpty) return Fault.None;
        if (IntegerParse.Signed(text, out long number, out int consumed) && number >= 0 && number <= MaxNumber)
        {
            ReadOnlySpan<byte> unit = text.Slice(consumed);
            int word = unit.IsEmpty ? 0 : WordList.IndexOf("epochs s min h"u8, unit);
            long seconds = word switch { 1 => 1, 2 => 60, 3 => 3600, _ => 0 };
            interval = word == 0 ? new CheckpointInterval((int)number, 0) : new CheckpointInterval(0, number * seconds * Second);
            if (word >= 0) return Fault.None;
        }
        return Fault.Of(FaultKind.Usage, "--checkpoint takes a number of epochs or a time such as 30s, 10min or 2h, not"u8).WithQuote(text);
    }
}
