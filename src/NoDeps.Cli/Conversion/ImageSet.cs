using NoDeps.Network;

namespace NoDeps.Cli;

/// <summary>A data set in memory, to be written in another format.</summary>
internal struct ImageSet
{
    /// <summary>The training and test sets; the latter may be empty.</summary>
    public LabeledImages Training, Test;
    /// <summary>The class names, separated by <see cref="ModelMetadata.Separator"/>; empty if there are none.</summary>
    public byte[] Names;
    /// <summary>The number of classes.</summary>
    public int Classes;
}
