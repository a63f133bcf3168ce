using System;

namespace NoDeps.Cli;

/// <summary>One declaration of a command's options, as help pages, completions and the man page show it.</summary>
internal ref struct OptionInfo
{
    /// <summary>What the value is.</summary>
    public OptionKind Kind;

    /// <summary>Without dashes; of an operand its placeholder; of a subject its name.</summary>
    public ReadOnlySpan<byte> Name;

    /// <summary>The placeholder of the value, such as FILE; of a subject its arguments, optional ones in brackets.</summary>
    public ReadOnlySpan<byte> Value;

    /// <summary>The words that a choice accepts.</summary>
    public ReadOnlySpan<byte> Words;

    /// <summary>What it does, without a full stop.</summary>
    public ReadOnlySpan<byte> Help;

    /// <summary>The default; may be empty.</summary>
    public ReadOnlySpan<byte> Default;

    /// <summary>The range of an integer or a number, where <see cref="HasRange"/>.</summary>
    public long Min, Max;

    public bool HasRange;

    /// <summary>Whether <see cref="Min"/> itself is not accepted.</summary>
    public bool IsMinExcluded;

    /// <summary>Whether it must be given.</summary>
    public bool IsRequired;

    /// <summary>Whether it is a word without dashes.</summary>
    public bool IsOperand;

    /// <summary>Whether it is one of the words that the first operand may be.</summary>
    public bool IsSubject;

    /// <summary>Whether it may be given any number of times.</summary>
    public bool IsRepeated;
}
