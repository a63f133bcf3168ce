using System;
using NoDeps.Primitives;

namespace NoDeps.Cli;

/// <summary>All commands, in the order in which they are listed. A switch makes the rows, so nothing is initialized at start-up.</summary>
internal static class CommandTable
{
    /// <summary>The command with a number from 0; false after the last.</summary>
    public static bool TryAt(int index, out CommandInfo command)
    {
        command = default;
        switch (index)
        {
            case 0: command = TrainCommand.Info; break;
            case 1: command = EvalCommand.Info; break;
            case 2: command = PredictCommand.Info; break;
            case 3: command = InspectCommand.Info; break;
            case 4: command = DescribeCommand.Info; break;
            case 5: command = VerifyCommand.Info; break;
            case 6: command = GradcheckCommand.Info; break;
            case 7: command = ExplainCommand.Info; break;
            case 8: command = LabCommand.Info; break;
            case 9: command = BenchCommand.Info; break;
            case 10: command = ConvertCommand.Info; break;
            case 11: command = CompletionCommand.Info; break;
            case 12: command = ManCommand.Info; break;
            case 13: command = HelpCommand.Info; break;
            default: return false;
        }
        return true;
    }

    /// <summary>The command of that name; a fault names the nearest.</summary>
    public static Fault Find(scoped ReadOnlySpan<byte> name, scoped in Arguments arguments, out CommandInfo command)
    {
        for (int i = 0; TryAt(i, out command); i++)
        {
            if (command.Name.SequenceEqual(name)) return Fault.None;
        }
        Utf8Writer names = new(stackalloc byte[400]);
        WriteNames(ref names);
        Utf8Writer advice = new(stackalloc byte[100]);
        Suggestion.TryWrite(ref advice, names.Written, name);
        return arguments.Usage("unknown command"u8, advice.Written).WithQuote(name);
    }

    /// <summary>Writes a <see cref="WordList"/> of the commands.</summary>
    public static void WriteNames(scoped ref Utf8Writer to)
    {
        for (int i = 0; TryAt(i, out CommandInfo command); i++)
        {
            if (i > 0) to.Byte((byte)' ');
            to.Text(command.Name);
        }
    }
}
