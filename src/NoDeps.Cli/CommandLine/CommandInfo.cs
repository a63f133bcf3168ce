using System;
using NoDeps.Primitives;

namespace NoDeps.Cli;

/// <summary>A command: its name, its help around the options, its declaration of options, and the code that runs it.</summary>
internal unsafe ref struct CommandInfo
{
    /// <summary>The word that selects it.</summary>
    public ReadOnlySpan<byte> Name;

    /// <summary>One line for the list of commands.</summary>
    public ReadOnlySpan<byte> Summary;

    /// <summary>The description of the command: paragraphs with lines of at most 80 columns.</summary>
    public ReadOnlySpan<byte> Introduction;

    /// <summary>Notes after the options; may be empty.</summary>
    public ReadOnlySpan<byte> Notes;

    /// <summary>Declares the options.</summary>
    public delegate*<ref OptionVisitor, void> Describe;

    /// <summary>Parses the options and does the work.</summary>
    public delegate*<Console, ref OptionVisitor, Fault> Run;

    /// <summary>Shows the options.</summary>
    public readonly void Show(OptionWriter writer)
    {
        OptionVisitor visitor = new(writer);
        Describe(ref visitor);
    }
}
