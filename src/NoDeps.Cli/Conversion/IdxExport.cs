using System;
using NoDeps.Formats;
using NoDeps.Network;
using NoDeps.Platform;
using NoDeps.Primitives;

namespace NoDeps.Cli;

/// <summary>Writes a data set as the four files of MNIST and a list of its classes.</summary>
internal static unsafe class IdxExport
{
    private const int TrainImages = 0, TrainColorImages = 1, TrainLabels = 2, TestImages = 3, TestColorImages = 4, TestLabels = 5;
    private const int ClassNames = 6, Files = 7;
    private const int MaxHeader = 4 + 4 * 4;

    private static ReadOnlySpan<byte> Names => "train-images-idx3-ubyte train-images-idx4-ubyte train-labels-idx1-ubyte "u8 +
        "t10k-images-idx3-ubyte t10k-images-idx4-ubyte t10k-labels-idx1-ubyte classes.txt"u8;

    /// <summary>
    /// Fails if a folder contains files of a data set, which would be overwritten or, if this set has none of that name, read together
    /// with it. With <paramref name="force"/>, it fails only for gzipped files, which are not replaced.
    /// </summary>
    public static Fault Check(Console console, ReadOnlySpan<byte> folder, bool force)
    {
        for (int i = 0; i < Files; i++)
        {
            byte[] path = PathOf(folder, i);
            if (!force && InputFile.Exists(path))
                return console.WithPath(path, Fault.Of(FaultKind.CannotCreate, "already exists\n"u8 + "--force replaces it"u8));
            byte[] packed = new byte[path.Length + 3];
            Utf8Writer writer = new(packed);
            writer.Text(path);
            writer.Text(".gz"u8);
            if (InputFile.Exists(packed)) return console.WithPath(packed, OfAnotherSet());
        }
        return Fault.None;
    }

    /// <summary>Writes into a folder that <see cref="Check"/> has accepted. On a fault, new files are removed.</summary>
    public static Fault Write(Console console, ReadOnlySpan<byte> folder, in ImageSet set)
    {
        bool* existed = stackalloc bool[Files];
        for (int i = 0; i < Files; i++)
        {
            byte[] path = PathOf(folder, i);
            existed[i] = InputFile.Exists(path);
            if (existed[i] && !Has(in set, i)) return console.WithPath(path, OfAnotherSet());
        }
        // The training images come last, because a folder without them is not a data set.
        for (int i = Files - 1; i >= 0; i--)
        {
            if (!Has(in set, i)) continue;
            Fault fault = WriteFile(console, PathOf(folder, i), in set, i);
            if (fault.IsNone) continue;
            for (int written = i + 1; written < Files; written++)
                if (Has(in set, written) && !existed[written]) OutputFile.Remove(PathOf(folder, written));
            return fault;
        }
        return Fault.None;
    }

    private static byte[] PathOf(ReadOnlySpan<byte> folder, int file) => PathJoin.Of(folder, WordList.At(Names, file));

    private static Fault OfAnotherSet() => Fault.Of(FaultKind.CannotCreate,
        "would be read as part of the new data set\n"u8 + "remove it or name another directory"u8);

    private static bool Has(in ImageSet set, int file) => file switch
    {
        TrainImages => set.Training.Channels == 1,
        TrainColorImages => set.Training.Channels != 1,
        TrainLabels => true,
        TestImages => set.Test.Count > 0 && set.Test.Channels == 1,
        TestColorImages => set.Test.Count > 0 && set.Test.Channels != 1,
        TestLabels => set.Test.Count > 0,
        _ => set.Names.Length > 0,
    };

    private static Fault WriteFile(Console console, byte[] path, in ImageSet set, int file)
    {
        if (file == ClassNames) return WriteNames(console, path, set.Names);
        LabeledImages half = file < TestImages ? set.Training : set.Test;
        int count = half.Count;
        if (file is TrainLabels or TestLabels) return WriteIdx(console, path, new ReadOnlySpan<int>(in count), half.Labels);
        ReadOnlySpan<int> dimensions = half.Channels > 1 ? [count, half.Channels, half.Rows, half.Columns]
            : [count, half.Rows, half.Columns];
        return WriteIdx(console, path, dimensions, half.Images);
    }

    private static Fault WriteIdx(Console console, byte[] path, ReadOnlySpan<int> dimensions, byte* elements)
    {
        Span<byte> header = stackalloc byte[MaxHeader];
        int headerBytes = Idx.WriteHeader(header, IdxType.UInt8, dimensions);
        long length = IdxWriter.LengthOf(IdxType.UInt8, dimensions);
        Fault fault = headerBytes == 0 || length == 0 ? Fault.Of(FaultKind.Data, "too large for an IDX file"u8)
            : OutputFile.Replace(path, header.Slice(0, headerBytes), elements, length - headerBytes);
        return console.WithPath(path, fault);
    }

    /// <summary>Writes one name per line.</summary>
    public static Fault WriteNames(Console console, ReadOnlySpan<byte> path, ReadOnlySpan<byte> names)
    {
        byte[] text = new byte[names.Length + 1];
        for (int i = 0; i < names.Length; i++) text[i] = names[i] == ModelMetadata.Separator ? (byte)'\n' : names[i];
        text[names.Length] = (byte)'\n';
        fixed (byte* start = text) return console.WithPath(path, OutputFile.Replace(path, start, text.Length));
    }
}
