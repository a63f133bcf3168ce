using System;
using NoDeps.Platform;
using NoDeps.Primitives;

namespace NoDeps.Cli;

/// <summary>The command line: one word picks the command, each command is a file of its own.</summary>
public static unsafe class Program
{
    /// <summary>
    /// Runs the command and returns the exit code. <paramref name="values"/> is laid out as the kernel does it:
    /// the arguments, a null, the environment, a null, all zero-ended.
    /// </summary>
    public static int Run(int count, byte** values)
    {
        Console console = new(new Environment(values + count + 1));
        Arguments arguments = new(count, values);
        Fault fault = Dispatch(console, ref arguments);
        if (!fault.IsNone) console.Report(in fault);
        return console.Finish(fault.Kind);
    }

    private static Fault Dispatch(Console console, ref Arguments arguments)
    {
        if (!arguments.TryNext(out ReadOnlySpan<byte> word))
        {
            console.Out.Write(HelpText.Program);
            return Fault.None;
        }
        if (arguments.IsOption)
        {
            if (Is(word, "--help"u8) || Is(word, "-h"u8)) return Say(console, HelpText.Program);
            if (Is(word, "--version"u8) || Is(word, "-V"u8)) return Say(console, HelpText.Version);
            return arguments.UnknownOption();
        }
        if (Is(word, "train"u8)) return TrainCommand.Run(console, ref arguments);
        if (Is(word, "eval"u8)) return EvalCommand.Run(console, ref arguments);
        if (Is(word, "predict"u8)) return PredictCommand.Run(console, ref arguments);
        if (Is(word, "inspect"u8)) return InspectCommand.Run(console, ref arguments);
        if (Is(word, "help"u8)) return Say(console, HelpText.Program);
        return Fault.Of(FaultKind.Usage, "unknown command"u8).WithQuote(word)
            .WithHint("the commands are train, eval, predict and inspect; see \"nodeps --help\""u8);
    }

    private static bool Is(ReadOnlySpan<byte> word, ReadOnlySpan<byte> name) => Words.Same(word, name);

    private static Fault Say(Console console, ReadOnlySpan<byte> text)
    {
        console.Out.Write(text);
        return Fault.None;
    }
}
