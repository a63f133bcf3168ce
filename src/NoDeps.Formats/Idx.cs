using System;
using NoDeps.Primitives;

namespace NoDeps.Formats;

/// <summary>
/// IDX files, the format of MNIST (Y. LeCun, "The MNIST database of handwritten digits", section "file formats"): two
/// zero bytes, the element type, the number of dimensions, the dimensions as big-endian 32-bit integers, the elements.
/// </summary>
public static unsafe class Idx
{
    /// <summary>The maximum number of dimensions supported.</summary>
    public const int MaxRank = 8;

    /// <summary>The maximum length of a header in bytes: the magic number and <see cref="MaxRank"/> dimensions.</summary>
    public const int MaxHeaderLength = 4 + 4 * MaxRank;

    /// <summary>Bytes per element; 0 for an undefined type.</summary>
    public static int SizeOf(IdxType type) => type switch
    {
        IdxType.UInt8 or IdxType.Int8 => 1,
        IdxType.Int16 => 2,
        IdxType.Int32 or IdxType.Float32 => 4,
        IdxType.Float64 => 8,
        _ => 0,
    };

    /// <summary>
    /// Validates a whole file (decompressed) and returns a view of it; nothing is copied. The file must have exactly the
    /// length that its header implies. Empty dimensions are allowed.
    /// </summary>
    public static Fault Open(byte* file, long length, out IdxView view)
    {
        view = default;
        if (length == 0) return Fault.At(0, "the file is empty"u8);
        if (length >= 2 && file[0] == 0x1F && file[1] == 0x8B)
            return Fault.At(0, "a gzip file where an IDX file is expected\n"u8 + "decompress it first"u8);
        if (length < 4) return HeaderTruncated(length, 4);
        if ((file[0] | file[1]) != 0)
            return Fault.AtHex(0, "wrong magic number\n"u8 + "is this an IDX file?"u8, 0, (file[0] << 8) | file[1]);
        view.Type = (IdxType)file[2];
        int size = SizeOf(view.Type);
        if (size == 0) return Fault.AtHex(2, "unknown element type of an IDX file"u8, (int)IdxType.UInt8, file[2]);
        int rank = file[3];
        if (rank == 0 || rank > MaxRank)
            return Fault.At(3, rank == 0 ? "the IDX file has no dimensions"u8 : "too many dimensions"u8, MaxRank, rank);
        int header = 4 + 4 * rank;
        if (length < header) return HeaderTruncated(length, header);
        view.Rank = rank;
        // An empty dimension makes the file empty, however large the others are.
        bool empty = false;
        for (int i = 0; i < rank; i++)
        {
            uint dimension = ReadUInt32(file + 4 + 4 * i);
            if (dimension > int.MaxValue) return TooLarge(4 + 4 * i, length - header, dimension);
            view.Sizes[i] = (int)dimension;
            empty |= dimension == 0;
        }
        long count = empty ? 0 : 1;
        for (int i = 0; i < rank && !empty; i++)
        {
            if (count > long.MaxValue / size / view.Sizes[i]) return TooLarge(4 + 4 * i, length - header, view.Sizes[i]);
            count *= view.Sizes[i];
        }
        long expected = header + count * size;
        if (expected < 0) return TooLarge(4, length - header, view.Sizes[0]);
        if (length < expected)
            return Fault.At(length, "the file is shorter than its dimensions require\n"u8 +
                "is the file complete?"u8, expected, length);
        if (length > expected)
            return Fault.At(expected, "bytes after the last element\n"u8 +
                "does the header belong to this file?"u8, expected, length);
        view.Count = count;
        view.Data = file + header;
        return Fault.None;
    }

    /// <summary>Checks that a view can hold labels: bytes, one dimension, at least one label.</summary>
    public static Fault RequireLabels(scoped in IdxView view)
    {
        if (view.Type != IdxType.UInt8) return WrongType(view);
        if (view.Rank == 3)
            return Fault.At(3, "images where labels are expected\n"u8 + "is this the labels file?"u8, 1, view.Rank);
        if (view.Rank != 1) return Fault.At(3, "wrong number of dimensions for labels"u8, 1, view.Rank);
        return view.Count == 0 ? Fault.At(4, "no labels: the dimension is 0"u8) : Fault.None;
    }

    /// <summary>
    /// Writes the header of a file and returns its length in bytes; 0 if it does not fit, a dimension is negative, or the
    /// number of dimensions is not from 1 to <see cref="MaxRank"/>.
    /// </summary>
    public static int WriteHeader(Span<byte> to, IdxType type, ReadOnlySpan<int> dimensions)
    {
        int length = 4 + 4 * dimensions.Length;
        if (dimensions.IsEmpty || dimensions.Length > MaxRank || to.Length < length) return 0;
        to[0] = 0;
        to[1] = 0;
        to[2] = (byte)type;
        to[3] = (byte)dimensions.Length;
        for (int i = 0; i < dimensions.Length; i++)
        {
            int dimension = dimensions[i];
            if (dimension < 0) return 0;
            to[4 + 4 * i] = (byte)(dimension >> 24);
            to[5 + 4 * i] = (byte)(dimension >> 16);
            to[6 + 4 * i] = (byte)(dimension >> 8);
            to[7 + 4 * i] = (byte)dimension;
        }
        return length;
    }

    private static Fault HeaderTruncated(long length, long expected) =>
        Fault.At(length, "the file ends within its header\n"u8 + "is this an IDX file?"u8, expected, length);

    private static Fault TooLarge(int offset, long max, long found) =>
        Fault.At(offset, "the dimensions exceed the file\n"u8 + "is this an IDX file?"u8, max, found);

    private static Fault WrongType(scoped in IdxView view) =>
        Fault.AtHex(2, "wrong element type\n"u8 +
            "images and labels are unsigned bytes"u8, (int)IdxType.UInt8, (int)view.Type);

    private static uint ReadUInt32(byte* p) => ((uint)p[0] << 24) | ((uint)p[1] << 16) | ((uint)p[2] << 8) | p[3];
}
