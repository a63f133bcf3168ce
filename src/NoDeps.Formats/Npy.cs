using System;
using NoDeps.Primitives;

namespace NoDeps.Formats;

/// <summary>
/// NumPy's .npy files (numpy.lib.format, versions 1, 2 and 3): magic number, version, length of the header, the header
/// (<see cref="NpyHeader"/>), the elements.
/// </summary>
public static unsafe class Npy
{
    private const int MagicLength = 6;

    /// <summary>The maximum length of a header in bytes.</summary>
    public const int MaxHeaderLength = 1 << 20;

    /// <summary>Returns true if the file begins with the .npy magic number.</summary>
    public static bool IsNpy(ReadOnlySpan<byte> file) =>
        file.Length >= MagicLength && file.Slice(0, MagicLength).SequenceEqual(Magic);

    private static ReadOnlySpan<byte> Magic => [0x93, (byte)'N', (byte)'U', (byte)'M', (byte)'P', (byte)'Y'];

    /// <summary>
    /// Validates a whole file and returns a view of its array; nothing is copied. The file must have exactly the length that
    /// its header implies.
    /// </summary>
    public static Fault Open(byte* file, long length, out NumericArray array)
    {
        array = default;
        if (length == 0) return Fault.At(0, "the file is empty"u8);
        if (length < MagicLength + 4) return Fault.At(length, "the .npy file ends within its header\n"u8 + "is the file complete?"u8);
        if (!IsNpy(new ReadOnlySpan<byte>(file, MagicLength))) return Fault.At(0, "not a .npy file"u8);
        int version = file[MagicLength];
        if (version is < 1 or > 3) return Fault.At(MagicLength, "unknown version of a .npy file"u8, 3, version);
        int start = version == 1 ? MagicLength + 4 : MagicLength + 6;
        if (length < start) return Fault.At(length, "the .npy file ends within its header\n"u8 + "is the file complete?"u8);
        uint header = file[MagicLength + 2] | (uint)file[MagicLength + 3] << 8;
        if (version > 1) header |= (uint)file[MagicLength + 4] << 16 | (uint)file[MagicLength + 5] << 24;
        if (header > MaxHeaderLength)
            return Fault.At(MagicLength + 2, "the header of the .npy file is too long"u8, MaxHeaderLength, header);
        if (length - start < header)
            return Fault.At(length, "the .npy file ends within its header\n"u8 + "is the file complete?"u8, start + header, length);
        var reader = new NpyHeader(new ReadOnlySpan<byte>(file + start, (int)header));
        NumericArray read = default;
        Fault fault = reader.Read(ref read);
        if (!fault.IsNone) return fault.Shifted(start);
        read.Offset = start + header;
        fault = Measure(ref read, length - read.Offset);
        if (!fault.IsNone) return fault;
        read.Data = file + read.Offset;
        array = read;
        return Fault.None;
    }

    /// <summary>Checks that the elements fill the rest of the file.</summary>
    private static Fault Measure(scoped ref NumericArray array, long available)
    {
        int size = NumericTypes.SizeOf(array.Type);
        bool empty = false;
        for (int i = 0; i < array.Rank; i++) empty |= array.Sizes[i] == 0;
        long count = empty ? 0 : 1;
        for (int i = 0; i < array.Rank && !empty; i++)
        {
            if (count > long.MaxValue / size / array.Sizes[i])
                return Fault.At(array.Offset, "the shape of the array is too large for any file"u8);
            count *= array.Sizes[i];
        }
        array.Count = count;
        long expected = count * size;
        if (available < expected)
            return Fault.At(array.Offset + available, "the .npy file is shorter than its shape requires\n"u8 +
                "is the file complete?"u8, expected, available);
        if (available > expected)
            return Fault.At(array.Offset + expected, "bytes after the last element of a .npy file\n"u8 +
                "save each array to its own file"u8, expected, available);
        if (array.Rank < 2 || empty) array.FirstIndexFastest = false;
        return Fault.None;
    }
}
