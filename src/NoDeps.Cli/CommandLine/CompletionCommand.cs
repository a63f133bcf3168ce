using NoDeps.Primitives;

namespace NoDeps.Cli;

/// <summary><c>nodeps completion SHELL</c>: prints a completion script.</summary>
internal static unsafe class CompletionCommand
{
    private const int Bash = 0;
    private const int Zsh = 1;
    private const int Fish = 2;

    /// <summary>How it appears in the list of commands and in its help.</summary>
    public static CommandInfo Info => new()
    {
        Name = "completion"u8,
        Summary = "print a completion script for a shell"u8,
        Introduction = """
            Prints a script that completes commands, options and their values in a shell.

            """u8,
        Notes = """
            To try it in bash: source <(nodeps completion bash)
            "make install" puts the scripts where the shells look for them.

            """u8,
        Describe = &Describe,
        Run = &Run,
    };

    private static void Describe(ref OptionVisitor visitor)
    {
        int shell = -1;
        Describe(ref visitor, ref shell);
    }

    private static void Describe(ref OptionVisitor visitor, ref int shell)
    {
        visitor.Required();
        visitor.Subjects("SHELL"u8, "Shells"u8);
        visitor.Subject("bash"u8, default, Bash, ref shell, "the GNU shell"u8);
        visitor.Subject("zsh"u8, default, Zsh, ref shell, "the Z shell"u8);
        visitor.Subject("fish"u8, default, Fish, ref shell, "the friendly interactive shell"u8);
    }

    private static Fault Run(Console console, ref OptionVisitor visitor)
    {
        int shell = -1;
        while (visitor.Next()) Describe(ref visitor, ref shell);
        if (visitor.IsStopped) return visitor.Fault;
        if (shell == Bash) BashWriter.WriteScript(console);
        else if (shell == Zsh) ZshWriter.WriteScript(console.Out);
        else FishWriter.WriteScript(console.Out);
        return Fault.None;
    }
}
