namespace NoDeps.Cli;

/// <summary>The kind of value of an option or operand.</summary>
internal enum OptionKind : byte
{
    /// <summary>No value.</summary>
    Flag,
    /// <summary>An integer.</summary>
    Integer,
    /// <summary>A decimal number.</summary>
    Number,
    /// <summary>Any text.</summary>
    Text,
    /// <summary>The path of a file.</summary>
    File,
    /// <summary>One of some names, or the path of a file.</summary>
    NameOrFile,
    /// <summary>One of some words.</summary>
    Choice,
}
