using NoDeps.Formats;

namespace NoDeps.Cli;

/// <summary>Images [count][rows][columns] and their classes [count], where their files lie in memory.</summary>
internal unsafe struct LabelledImages
{
    public byte* Images;
    public byte* Labels;
    public int Count;
    public int Rows;
    public int Columns;

    public LabelledImages(in IdxView images, in IdxView labels)
    {
        Images = images.Data;
        Labels = labels.Data;
        Count = images.Dimension(0);
        Rows = images.Dimension(1);
        Columns = images.Dimension(2);
    }
}
