using NoDeps.Primitives;

namespace NoDeps.Cli;

/// <summary><c>nodeps help [COMMAND]</c>: the same as <c>nodeps [COMMAND] --help</c>.</summary>
internal static unsafe class HelpCommand
{
    /// <summary>How it appears in the list of commands and in its help.</summary>
    public static CommandInfo Info => new()
    {
        Name = "help"u8,
        Summary = "list the commands, or print the help of one"u8,
        Introduction = """
            Prints the help of a command; without one, the list of commands.

            """u8,
        Describe = &Describe,
        Run = &Run,
    };

    private static void Describe(ref OptionVisitor visitor)
    {
        int command = -1;
        Describe(ref visitor, ref command);
    }

    private static void Describe(ref OptionVisitor visitor, ref int number)
    {
        visitor.Subjects("COMMAND"u8, "Commands"u8);
        for (int i = 0; CommandTable.TryAt(i, out CommandInfo command); i++)
            visitor.Subject(command.Name, default, i, ref number, command.Summary);
    }

    private static Fault Run(Console console, ref OptionVisitor visitor)
    {
        int number = -1;
        while (visitor.Next()) Describe(ref visitor, ref number);
        if (visitor.IsStopped) return visitor.Fault;
        if (CommandTable.TryAt(number, out CommandInfo command)) HelpWriter.WritePage(console.Out, in command);
        else HelpWriter.WriteProgram(console.Out);
        return Fault.None;
    }
}
