using System;
using NoDeps.Platform;
using NoDeps.Primitives;

namespace NoDeps.Cli;

/// <summary>The command line: the first word selects the command; each command has its own file.</summary>
public static unsafe class Program
{
    /// <summary>
    /// Runs the command and returns the exit code. <paramref name="values"/> is laid out as by the kernel: the
    /// arguments, a null, the environment, a null, all strings NUL-terminated.
    /// </summary>
    public static int Run(int count, byte** values)
    {
        Process.IgnoreWriteSignals();
        Console console = new(new Environment(values + count + 1));
        Arguments arguments = new(count, values);
        Fault fault = Dispatch(console, ref arguments);
        if (!fault.IsNone) console.Report(in fault);
        return console.Finish(fault.Kind);
    }

    private static Fault Dispatch(Console console, ref Arguments arguments)
    {
        bool hasWord = arguments.TryNext(out ReadOnlySpan<byte> word);
        if (!hasWord || arguments.IsOption && WordList.IndexOf("--help -h"u8, word) >= 0)
        {
            HelpWriter.WriteProgram(console.Out);
            return Fault.None;
        }
        if (arguments.IsOption) return Option(console, in arguments, word);
        Fault fault = CommandTable.Find(word, in arguments, out CommandInfo command);
        if (!fault.IsNone) return fault;
        arguments.Command = command.Name;
        OptionVisitor visitor = new(arguments, command.Describe);
        fault = command.Run(console, ref visitor);
        if (visitor.WantsHelp) HelpWriter.WritePage(console.Out, in command);
        return fault;
    }

    private static Fault Option(Console console, in Arguments arguments, ReadOnlySpan<byte> word)
    {
        if (WordList.IndexOf("--version -V"u8, word) >= 0)
        {
            Template line = console.Print("nodeps $\n"u8);
            line.Text(ProductVersion.Text);
            line.End();
            return Fault.None;
        }
        Utf8Writer advice = new(stackalloc byte[100]);
        Suggestion.TryWrite(ref advice, "--help --version"u8, word);
        return arguments.Usage("unknown option"u8, advice.Written).WithQuote(word);
    }
}
