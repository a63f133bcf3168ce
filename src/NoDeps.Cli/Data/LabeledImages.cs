using NoDeps.Network;

namespace NoDeps.Cli;

/// <summary>Images [count][channels][rows][columns] and their classes [count] in memory.</summary>
internal unsafe struct LabeledImages
{
    /// <summary>Pixels.</summary>
    public byte* Images;
    /// <summary>Classes.</summary>
    public byte* Labels;
    /// <summary>How many images.</summary>
    public int Count;
    /// <summary>Channels of an image.</summary>
    public int Channels;
    /// <summary>Rows of an image.</summary>
    public int Rows;
    /// <summary>Columns of an image.</summary>
    public int Columns;
    /// <summary>The file that the images came from.</summary>
    public byte[] ImagesPath;
    /// <summary>The file that the labels came from.</summary>
    public byte[] LabelsPath;
    /// <summary>Where the labels begin in their file; below 0 where they do not lie there byte by byte.</summary>
    public long LabelsOffset;
    /// <summary>Whether the pixels are a mapped file, which cannot be written to.</summary>
    public bool IsMapped;

    /// <summary>The shape of an image.</summary>
    public readonly Shape Shape => new(Channels, Rows, Columns);

    /// <summary>Bytes of an image.</summary>
    public readonly long ImageSize => (long)Channels * Rows * Columns;
}
