using System;
using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using NoDeps.Primitives;

namespace NoDeps.Formats;

/// <summary>
/// A view of a validated IDX file, returned by <see cref="Idx.Open"/>. The memory must remain valid while the view is in
/// use.
/// </summary>
public unsafe struct IdxView
{
    /// <summary>Element type.</summary>
    public IdxType Type;

    /// <summary>The number of dimensions, 1 to <see cref="Idx.MaxRank"/>.</summary>
    public int Rank;

    /// <summary>The total number of elements: the product of the dimensions.</summary>
    public long Count;

    /// <summary>The first element. Elements are contiguous, in row-major order, big-endian.</summary>
    public byte* Data;

    internal fixed int Sizes[Idx.MaxRank];

    /// <summary>The size of a dimension, 0 being the slowest-moving.</summary>
    public readonly int Dimension(int axis)
    {
        if ((uint)axis >= (uint)Rank) return 0;
        return Sizes[axis];
    }

    /// <summary>The number of elements per entry of the first dimension: the pixels of an image; 1 for labels.</summary>
    public readonly long ItemCount => Sizes[0] == 0 ? 0 : Count / Sizes[0];

    /// <summary>The offset of the data in the file.</summary>
    public readonly int HeaderLength => 4 + 4 * Rank;

    /// <summary>
    /// The element at an index from 0 to <see cref="Count"/> − 1 (not checked) as a double, which is exact for all types.
    /// </summary>
    public readonly double ElementAt(long index)
    {
        byte* p = Data + index * Idx.SizeOf(Type);
        switch (Type)
        {
            case IdxType.UInt8: return *p;
            case IdxType.Int8: return (sbyte)*p;
            case IdxType.Int16: return (short)((p[0] << 8) | p[1]);
            case IdxType.Int32: return (int)ReadUInt32(p);
            case IdxType.Float32: return BitConverter.UInt32BitsToSingle(ReadUInt32(p));
            default: return BitConverter.UInt64BitsToDouble(((ulong)ReadUInt32(p) << 32) | ReadUInt32(p + 4));
        }
    }

    /// <summary>
    /// Copies all elements in native byte order: <see cref="Count"/> numbers of the view's type.
    /// </summary>
    public readonly void CopyTo(void* to)
    {
        int size = Idx.SizeOf(Type);
        ByteSwap.Copy(Data, (byte*)to, (nint)(Count * size), size);
    }

    private static uint ReadUInt32(byte* p) => BinaryPrimitives.ReverseEndianness(Unsafe.ReadUnaligned<uint>(p));
}
