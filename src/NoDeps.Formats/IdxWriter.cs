using System;
using NoDeps.Primitives;

namespace NoDeps.Formats;

/// <summary>IDX files from numbers in memory: what <see cref="Idx.Open"/> reads.</summary>
public static unsafe class IdxWriter
{
    /// <summary>
    /// The length in bytes of a file of such elements, header included; 0 for an unknown type, for no or more than
    /// <see cref="Idx.MaxRank"/> dimensions, a negative one, or a length beyond 64 bits.
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
    /// <param name="to">Where the file goes.</param>
    /// <param name="room">How many bytes are there.</param>
    /// <param name="type">Type of the elements.</param>
    /// <param name="dimensions">The dimensions, the slowest-moving one first.</param>
    /// <param name="elements">All elements in row-major order, without gaps, in the byte order of this machine; not within
    /// the file's place.</param>
    /// <returns>The length of the file; 0, and nothing written, where <see cref="LengthOf"/> is 0 or exceeds
    /// <paramref name="room"/>.</returns>
    public static long Write(byte* to, long room, IdxType type, ReadOnlySpan<int> dimensions, void* elements)
    {
        long length = LengthOf(type, dimensions);
        if (length == 0 || length > room) return 0;
        int header = Idx.WriteHeader(new Span<byte>(to, 4 + 4 * dimensions.Length), type, dimensions);
        ByteSwap.Copy((byte*)elements, to + header, (nint)(length - header), Idx.SizeOf(type));
        return length;
    }
}
