using System.Runtime.CompilerServices;

namespace NoDeps.Formats;

/// <summary>A tensor of a <see cref="SafetensorsFile"/>: a view of the file's memory.</summary>
public unsafe struct SafetensorsEntry
{
    /// <summary>Element type.</summary>
    public SafetensorsType Type;

    /// <summary>The number of dimensions, 0 (a scalar) to <see cref="SafetensorsFile.MaxRank"/>.</summary>
    public int Rank;

    /// <summary>The number of elements: the product of the dimensions, 1 for a scalar.</summary>
    public long Count;

    /// <summary>The length of the data in bytes.</summary>
    public long Length;

    /// <summary>The first element; row-major, little-endian, not necessarily aligned.</summary>
    public byte* Data;

    /// <summary>The offsets of the first byte and of one past the last, from the end of the header.</summary>
    internal long Begin, End;

    internal fixed long Sizes[SafetensorsFile.MaxRank];

    /// <summary>The size of a dimension, 0 being the slowest-moving; 0 if there is no such dimension.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public readonly long Dimension(int axis)
    {
        if ((uint)axis >= (uint)Rank) return 0;
        return Sizes[axis];
    }
}
