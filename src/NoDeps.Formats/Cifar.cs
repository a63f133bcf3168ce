using NoDeps.Primitives;

namespace NoDeps.Formats;

/// <summary>
/// The binary versions of CIFAR-10 and CIFAR-100 (A. Krizhevsky, "Learning multiple layers of features from tiny images",
/// 2009): records of one or two label bytes and 3072 pixel bytes, in three planes of 32 × 32: red, green, blue.
/// </summary>
public static unsafe class Cifar
{
    /// <summary>Rows and columns.</summary>
    public const int Side = 32;

    /// <summary>Planes: red, green, blue.</summary>
    public const int Channels = 3;

    /// <summary>Bytes per image.</summary>
    public const int ImageSize = Channels * Side * Side;

    private const int CoarseClasses = 20;

    /// <summary>The number of classes.</summary>
    public static int Classes(CifarKind kind) => kind == CifarKind.Ten ? 10 : 100;

    /// <summary>
    /// Detects the format of a file from its length and labels; returns false if it can be neither. A file that could be both
    /// is taken as CIFAR-10.
    /// </summary>
    public static bool TryKind(byte* file, long length, out CifarKind kind)
    {
        for (kind = CifarKind.Ten; kind <= CifarKind.Hundred; kind++)
            if (Open(file, length, kind, out _).IsNone) return true;
        kind = default;
        return false;
    }

    /// <summary>Validates a whole file, including its labels, and counts its images, of which there must be at least one.</summary>
    public static Fault Open(byte* file, long length, CifarKind kind, out long images)
    {
        images = 0;
        int record = (int)kind + ImageSize;
        if (length == 0) return Fault.At(0, "the file is empty"u8);
        if (length % record != 0)
            return Fault.At(length, kind == CifarKind.Ten
                ? "the file does not end with a whole record of CIFAR-10\n"u8 + "is the file complete, and the binary version?"u8
                : "the file does not end with a whole record of CIFAR-100\n"u8 + "is the file complete, and the binary version?"u8,
                (length / record + 1) * record, length);
        for (long at = 0; at < length; at += record)
        {
            if (kind == CifarKind.Hundred && file[at] >= CoarseClasses) return OutOfRange(at, CoarseClasses, file[at]);
            int label = (int)kind - 1;
            if (file[at + label] >= Classes(kind)) return OutOfRange(at + label, Classes(kind), file[at + label]);
        }
        images = length / record;
        return Fault.None;
    }

    /// <summary>Splits a file into labels (the fine ones) and pixels.</summary>
    /// <param name="file">A file validated by <see cref="Open"/>.</param>
    /// <param name="images">The number of images that <see cref="Open"/> returned.</param>
    /// <param name="kind">The format.</param>
    /// <param name="labels">Receives one byte per image.</param>
    /// <param name="pixels">Receives <see cref="ImageSize"/> bytes per image: [image][channel][row][column].</param>
    public static void Convert(byte* file, long images, CifarKind kind, byte* labels, byte* pixels)
    {
        for (long i = 0; i < images; i++)
        {
            byte* record = file + i * ((int)kind + ImageSize);
            labels[i] = record[(int)kind - 1];
            MemoryCopy.Copy(pixels + i * ImageSize, record + (int)kind, ImageSize);
        }
    }

    private static Fault OutOfRange(long offset, int classes, int label) =>
        Fault.At(offset, "label out of range\n"u8 + "is this a CIFAR binary file?"u8, classes - 1, label);
}
