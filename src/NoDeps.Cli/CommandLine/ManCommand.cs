using NoDeps.Primitives;

namespace NoDeps.Cli;

/// <summary><c>nodeps man</c>: prints the man page.</summary>
internal static unsafe class ManCommand
{
    /// <summary>How it appears in the list of commands and in its help.</summary>
    public static CommandInfo Info => new()
    {
        Name = "man"u8,
        Summary = "print the manual page as input for man"u8,
        Introduction = """
            Prints the manual page in the format of man(7). To read it:
            nodeps man | man -l -

            """u8,
        Describe = &Describe,
        Run = &Run,
    };

    private static void Describe(ref OptionVisitor visitor)
    {
    }

    private static Fault Run(Console console, ref OptionVisitor visitor)
    {
        while (visitor.Next()) Describe(ref visitor);
        if (!visitor.IsStopped) ManWriter.WritePage(console.Out);
        return visitor.Fault;
    }
}
