using System;

namespace NoDeps.Cli;

/// <summary>One declaration of a command's options, as help pages, completions and the man page show it.</summary>
internal ref struct OptionInfo
{
    /// <summary>The kind of value.</summary>
    public OptionKind Kind;

    /// <summary>The name of an option (without dashes) or a subject; the placeholder of an operand.</summary>
    public ReadOnlySpan<byte> Name;

    /// <summary>The placeholder of the value, such as FILE; for a subject, its arguments, with optional ones in brackets.</summary>
    public ReadOnlySpan<byte> Value;

    /// <summary>The words that a choice accepts.</summary>
    public ReadOnlySpan<byte> Words;

    /// <summary>The help text, without a full stop.</summary>
    public ReadOnlySpan<byte> Help;

    /// <summary>The default; may be empty.</summary>
    public ReadOnlySpan<byte> Default;

    /// <summary>The range of an integer or a number, where <see cref="HasRange"/>.</summary>
    public long Min, Max;

    public bool HasRange;

    /// <summary>True if values must be greater than <see cref="Min"/>.</summary>
    public bool IsMinExcluded;

    /// <summary>True if it is mandatory.</summary>
    public bool IsRequired;

    /// <summary>True for an operand, false for an option.</summary>
    public bool IsOperand;

    /// <summary>True for a subject: one of the words allowed as the first operand.</summary>
    public bool IsSubject;

    /// <summary>True if it may be repeated.</summary>
    public bool IsRepeated;
}
