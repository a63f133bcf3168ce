using System;
using NoDeps.Primitives;

namespace NoDeps.Formats;

/// <summary>Writes IDX files, as read by <see cref="Idx.Open"/>.</summary>
public static unsafe class IdxWriter
{
    /// <summary>
    /// The length in bytes of a file with these elements, including the header; 0 for an undefined type, for no dimensions or
    /// more than <see cref="Idx.MaxRank"/>, for a negative dimension, or if the length exceeds 64 bits.
    /// </summary>
    public static long LengthOf(IdxType type, ReadOnlySpan<int> dimensions)
    {
        long length = Idx.SizeOf(type);
        if (length == 0 || dimensions.IsEmpty || dimensions.Length > Idx.MaxRank) return 0;
        bool empty = false;
        for (int i = 0; i < dimensions.Length; i++)
        {
            if (dimensions[i] < 0) return 0;
            empty |= dimensions[i] == 0;
        }
        int header = 4 + 4 * dimensions.Length;
        if (empty) return header;
        for (int i = 0; i < dimensions.Length; i++)
        {
            if (length > (long.MaxValue - header) / dimensions[i]) return 0;
            length *= dimensions[i];
        }
        return header + length;
    }

    /// <summary>
    /// Writes a whole file: the header, and the elements in big-endian order.
    /// </summary>
    /// <param name="to">Receives the file.</param>
    /// <param name="capacity">The size of that buffer in bytes.</param>
    /// <param name="type">The type of the elements.</param>
    /// <param name="dimensions">The dimensions, slowest-moving first.</param>
    /// <param name="elements">All elements, contiguous in row-major order, in native byte order; must not overlap
    /// <paramref name="to"/>.</param>
    /// <returns>The length of the file; 0, with nothing written, if <see cref="LengthOf"/> is 0 or exceeds
    /// <paramref name="capacity"/>.</returns>
    public static long Write(byte* to, long capacity, IdxType type, ReadOnlySpan<int> dimensions, void* elements)
    {
        long length = LengthOf(type, dimensions);
        if (length == 0 || length > capacity) return 0;
        int header = Idx.WriteHeader(new Span<byte>(to, 4 + 4 * dimensions.Length), type, dimensions);
        ByteSwap.Copy((byte*)elements, to + header, (nint)(length - header), Idx.SizeOf(type));
        return length;
    }
}
