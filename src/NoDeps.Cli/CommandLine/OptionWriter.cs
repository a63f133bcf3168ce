using System;

namespace NoDeps.Cli;

/// <summary>Shows the declarations of a command's options in one form: a help page, a completion script, a man page.</summary>
internal abstract class OptionWriter
{
    /// <summary>Shows an option, an operand or a subject.</summary>
    public abstract void Write(scoped in OptionInfo info);

    /// <summary>Announces the subjects that follow.</summary>
    /// <param name="placeholder">Its name in a usage line.</param>
    /// <param name="heading">The heading above their list.</param>
    /// <param name="isRequired">True if one must be given.</param>
    public virtual void BeginSubjects(ReadOnlySpan<byte> placeholder, ReadOnlySpan<byte> heading, bool isRequired)
    {
    }
}
