using System;
using System.Runtime.CompilerServices;
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

    /// <summary>In the order of <see cref="Command"/>.</summary>
    private static ReadOnlySpan<byte> Commands =>
        "train eval predict inspect describe verify gradcheck explain lab bench help"u8;

    /// <summary>What each command takes, by number of <see cref="Command"/>: its options, and words that are none.</summary>
    private static ReadOnlySpan<uint> Taken =>
        [
            TrainCommand.Takes, EvalCommand.Takes, PredictCommand.Takes, InspectCommand.Takes, DescribeCommand.Takes,
            VerifyCommand.Takes, GradcheckCommand.Takes, ExplainCommand.Takes, LabCommand.Takes, BenchCommand.Takes,
        ];

    private static ReadOnlySpan<int> MostWords => [0, 0, int.MaxValue, 1, 1, int.MaxValue, 0, 3, 2, 2];

    private static Fault Dispatch(Console console, ref Arguments arguments)
    {
        if (!arguments.TryNext(out ReadOnlySpan<byte> word)) return Say(console, HelpText.Of(Command.Help));
        if (arguments.IsOption)
        {
            int option = WordList.IndexOf("--help -h --version -V"u8, word);
            if (option < 0) return arguments.UnknownOption();
            return Say(console, option < 2 ? HelpText.Of(Command.Help) : "nodeps 0.1.0\n"u8);
        }
        int command = WordList.IndexOf(Commands, word);
        if (command < 0)
        {
            return Fault.Of(FaultKind.Usage, "unknown command\n"u8 +
                "the commands are train, eval, predict, inspect, describe, verify, gradcheck, explain, lab and bench; "u8 +
                "see \"nodeps --help\""u8).WithQuote(word);
        }
        if (command == (int)Command.Help) return Say(console, HelpText.Of(Command.Help));
        arguments.Command = word;
        Arguments again = arguments;
        Options options = new();
        Fault fault = Options.Read(ref arguments, Taken[command], MostWords[command], ref options);
        if (!fault.IsNone) return fault;
        if (options.Help) return Say(console, HelpText.Of((Command)command));
        switch ((Command)command)
        {
            case Command.Train: return TrainCommand.Run(console, in options);
            case Command.Eval: return EvalCommand.Run(console, in arguments, in options);
            case Command.Predict: return PredictCommand.Run(console, ref again, in options);
            case Command.Describe: return DescribeCommand.Run(console, in options);
            case Command.Verify: return VerifyCommand.Run(console, ref again, in options);
            case Command.Gradcheck: return GradcheckCommand.Run(console, in arguments, in options);
            case Command.Bench: return BenchCommand.Run(console, in arguments, in options);
            case Command.Lab: return LabCommand.Run(console, in arguments, in options);
            case Command.Explain: return ExplainCommand.Run(console, ref again, in options);
            default: return InspectCommand.Run(console, in arguments, in options);
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static Fault Say(Console console, ReadOnlySpan<byte> text)
    {
        console.Out.Write(text);
        return Fault.None;
    }
}
