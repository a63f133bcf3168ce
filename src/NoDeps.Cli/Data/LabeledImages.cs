using NoDeps.Network;

namespace NoDeps.Cli;

/// <summary>Images [count][channels][rows][columns] and their classes [count] in memory.</summary>
internal unsafe struct LabeledImages
{
    /// <summary>Pixels.</summary>
    public byte* Images;
    /// <summary>Classes.</summary>
    public byte* Labels;
    /// <summary>The number of images.</summary>
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
    /// <summary>The offset of the labels in their file; negative if they are not stored there as bytes.</summary>
    public long LabelsOffset;
    /// <summary>True if the pixels are a mapped file, which is not writable.</summary>
    public bool IsMapped;

    /// <summary>The shape of an image.</summary>
    public readonly Shape Shape => new(Channels, Rows, Columns);

    /// <summary>Bytes per image.</summary>
    public readonly long ImageSize => (long)Channels * Rows * Columns;
}
