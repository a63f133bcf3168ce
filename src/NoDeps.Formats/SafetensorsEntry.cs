using System.Runtime.CompilerServices;

namespace NoDeps.Formats;

/// <summary>A tensor of a <see cref="SafetensorsFile"/>, where it lies in the file's memory.</summary>
public unsafe struct SafetensorsEntry
{
    /// <summary>Element type.</summary>
    public SafetensorsType Type;

    /// <summary>How many dimensions, 0 (a single number) to <see cref="SafetensorsFile.MaxRank"/>.</summary>
    public int Rank;

    /// <summary>How many elements: the product of the dimensions, 1 where there are none.</summary>
    public long Count;

    /// <summary>How many bytes.</summary>
    public long Length;

    /// <summary>The first element; row-major, little-endian. Aligned only as the file's writer cared to.</summary>
    public byte* Data;

    /// <summary>The first byte and that after the last, counted from the end of the header.</summary>
    internal long Begin, End;

    internal fixed long Sizes[SafetensorsFile.MaxRank];

    /// <summary>Size of a dimension, 0 being the slowest-moving one; 0 where there is no such dimension.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public readonly long Dimension(int axis)
    {
        if ((uint)axis >= (uint)Rank) return 0;
        return Sizes[axis];
    }
}
