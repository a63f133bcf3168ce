using System;
using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using NoDeps.Primitives;

namespace NoDeps.Formats;

/// <summary>
/// A view of a validated array in the memory of an IDX file (<see cref="Of"/>) or a .npy file (<see cref="Npy.Open"/>). The
/// memory must remain valid while the array is in use.
/// </summary>
public unsafe struct NumericArray
{
    /// <summary>The maximum number of dimensions.</summary>
    public const int MaxRank = 8;

    /// <summary>Element type.</summary>
    public NumericType Type;

    /// <summary>True if the most significant byte comes first.</summary>
    public bool BigEndian;

    /// <summary>True if the first index moves fastest (Fortran order) instead of the last.</summary>
    public bool FirstIndexFastest;

    /// <summary>The number of dimensions; 0 for a scalar.</summary>
    public int Rank;

    /// <summary>The number of elements: the product of the dimensions.</summary>
    public long Count;

    /// <summary>The first element.</summary>
    public byte* Data;

    /// <summary>The offset of the data in the file.</summary>
    public long Offset;

    internal fixed long Sizes[MaxRank];

    /// <summary>The size of a dimension; 0 if there is no such dimension.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public readonly long Dimension(int axis)
    {
        if ((uint)axis >= (uint)Rank) return 0;
        return Sizes[axis];
    }

    /// <summary>Creates the array of an IDX file.</summary>
    public static NumericArray Of(scoped in IdxView view)
    {
        NumericArray array = default;
        array.Type = NumericTypes.Of(view.Type);
        array.BigEndian = true;
        array.Rank = view.Rank;
        array.Count = view.Count;
        array.Data = view.Data;
        array.Offset = view.HeaderLength;
        for (int i = 0; i < view.Rank; i++) array.Sizes[i] = view.Dimension(i);
        return array;
    }

    /// <summary>True if the elements are bytes in row-major order, which can be used without conversion.</summary>
    public readonly bool IsPlainBytes => Type == NumericType.UInt8 && !FirstIndexFastest;

    /// <summary>The offset in the file of an element given by its row-major index.</summary>
    public readonly long OffsetOf(long index) => Offset + PositionOf(index) * NumericTypes.SizeOf(Type);

    /// <summary>
    /// Converts a range of elements, given by row-major index, to doubles: exact except for integers beyond 2^53. The range is
    /// not checked.
    /// </summary>
    public readonly void Load(long start, int count, double* to)
    {
        int size = NumericTypes.SizeOf(Type);
        if (!FirstIndexFastest)
        {
            Load(Data + start * size, count, to);
            return;
        }
        for (int i = 0; i < count; i++) Load(Data + PositionOf(start + i) * size, 1, to + i);
    }

    private readonly long PositionOf(long index)
    {
        if (!FirstIndexFastest) return index;
        long position = 0, stride = Count;
        for (int axis = Rank - 1; axis >= 0; axis--)
        {
            stride /= Sizes[axis];
            position += index % Sizes[axis] * stride;
            index /= Sizes[axis];
        }
        return position;
    }

    private readonly void Load(byte* p, int count, double* to)
    {
        bool swap = BigEndian;
        switch (Type)
        {
            case NumericType.Bool: for (int i = 0; i < count; i++) to[i] = p[i] != 0 ? 1 : 0; break;
            case NumericType.UInt8: for (int i = 0; i < count; i++) to[i] = p[i]; break;
            case NumericType.Int8: for (int i = 0; i < count; i++) to[i] = (sbyte)p[i]; break;
            case NumericType.UInt16: for (int i = 0; i < count; i++) to[i] = ReadUInt16(p + 2 * i, swap); break;
            case NumericType.Int16: for (int i = 0; i < count; i++) to[i] = (short)ReadUInt16(p + 2 * i, swap); break;
            case NumericType.Float16:
                for (int i = 0; i < count; i++) to[i] = HalfPrecision.ToSingle(ReadUInt16(p + 2 * i, swap));
                break;
            case NumericType.UInt32: for (int i = 0; i < count; i++) to[i] = ReadUInt32(p + 4 * i, swap); break;
            case NumericType.Int32: for (int i = 0; i < count; i++) to[i] = (int)ReadUInt32(p + 4 * i, swap); break;
            case NumericType.Float32:
                for (int i = 0; i < count; i++) to[i] = BitConverter.UInt32BitsToSingle(ReadUInt32(p + 4 * i, swap));
                break;
            case NumericType.UInt64: for (int i = 0; i < count; i++) to[i] = ToDouble(ReadUInt64(p + 8 * i, swap)); break;
            case NumericType.Int64: for (int i = 0; i < count; i++) to[i] = (long)ReadUInt64(p + 8 * i, swap); break;
            default:
                for (int i = 0; i < count; i++) to[i] = BitConverter.UInt64BitsToDouble(ReadUInt64(p + 8 * i, swap));
                break;
        }
    }

    private static double ToDouble(ulong value) => (double)(uint)(value >> 32) * 4294967296.0 + (double)(uint)value;

    private static ushort ReadUInt16(byte* p, bool swap)
    {
        ushort value = Unsafe.ReadUnaligned<ushort>(p);
        return swap ? BinaryPrimitives.ReverseEndianness(value) : value;
    }

    private static uint ReadUInt32(byte* p, bool swap)
    {
        uint value = Unsafe.ReadUnaligned<uint>(p);
        return swap ? BinaryPrimitives.ReverseEndianness(value) : value;
    }

    private static ulong ReadUInt64(byte* p, bool swap)
    {
        ulong value = Unsafe.ReadUnaligned<ulong>(p);
        return swap ? BinaryPrimitives.ReverseEndianness(value) : value;
    }
}
