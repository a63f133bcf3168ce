using NoDeps.Network;

namespace NoDeps.Cli;

/// <summary>A data set in memory, to be written in another form: one half or both.</summary>
internal struct ImageSet
{
    /// <summary>Images to train on, and to test on; of the latter there may be none.</summary>
    public LabeledImages Training, Test;
    /// <summary>Names of the classes, <see cref="ModelMetadata.Separator"/> between them; empty where they have none.</summary>
    public byte[] Names;
    /// <summary>How many classes.</summary>
    public int Classes;
}
