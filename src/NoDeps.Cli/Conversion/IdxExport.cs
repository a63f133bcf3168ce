using System;
using NoDeps.Formats;
using NoDeps.Network;
using NoDeps.Platform;
using NoDeps.Primitives;

namespace NoDeps.Cli;

/// <summary>Writes a data set as the four files of MNIST and a list of its classes.</summary>
internal static unsafe class IdxExport
{
    private const int Files = 5;

    private static ReadOnlySpan<byte> Names =>
        "train-images-idx3-ubyte train-labels-idx1-ubyte t10k-images-idx3-ubyte t10k-labels-idx1-ubyte"u8;

    private static ReadOnlySpan<byte> NamesOfColor =>
        "train-images-idx4-ubyte train-labels-idx1-ubyte t10k-images-idx4-ubyte t10k-labels-idx1-ubyte"u8;

    /// <summary>Writes into a folder; files of these names are replaced only with <paramref name="force"/>.</summary>
    public static Fault Write(Console console, ReadOnlySpan<byte> folder, in ImageSet set, bool force)
    {
        ReadOnlySpan<byte> names = set.Training.Channels > 1 ? NamesOfColor : Names;
        int files = set.Test.Count > 0 ? 4 : 2;
        for (int i = 0; i < Files && !force; i++)
        {
            byte[] path = PathJoin.Of(folder, i == 4 ? ClassList.FileName : WordList.At(names, i));
            if (InputFile.Exists(path))
                return console.WithPath(path, Fault.Of(FaultKind.CannotCreate, "exists already\n"u8 + "--force replaces it"u8));
        }
        for (int i = 0; i < files; i++)
        {
            byte[] path = PathJoin.Of(folder, WordList.At(names, i));
            LabeledImages half = i < 2 ? set.Training : set.Test;
            Fault fault = (i & 1) == 0 ? WriteImages(path, in half) : WriteLabels(path, in half);
            if (!fault.IsNone) return console.WithPath(path, fault);
        }
        return set.Names.Length == 0 ? Fault.None : WriteNames(console, PathJoin.Of(folder, ClassList.FileName), set.Names);
    }

    /// <summary>A line for each name.</summary>
    public static Fault WriteNames(Console console, ReadOnlySpan<byte> path, ReadOnlySpan<byte> names)
    {
        byte[] text = new byte[names.Length + 1];
        for (int i = 0; i < names.Length; i++) text[i] = names[i] == ModelMetadata.Separator ? (byte)'\n' : names[i];
        text[names.Length] = (byte)'\n';
        fixed (byte* start = text) return console.WithPath(path, OutputFile.Replace(path, start, text.Length));
    }

    private static Fault WriteImages(ReadOnlySpan<byte> path, in LabeledImages images)
    {
        ReadOnlySpan<int> dimensions = images.Channels > 1 ? [images.Count, images.Channels, images.Rows, images.Columns]
            : [images.Count, images.Rows, images.Columns];
        return WriteFile(path, dimensions, images.Images);
    }

    private static Fault WriteLabels(ReadOnlySpan<byte> path, in LabeledImages images)
    {
        int count = images.Count;
        return WriteFile(path, new ReadOnlySpan<int>(in count), images.Labels);
    }

    private static Fault WriteFile(ReadOnlySpan<byte> path, ReadOnlySpan<int> dimensions, byte* elements)
    {
        long length = IdxWriter.LengthOf(IdxType.UInt8, dimensions);
        if (length == 0) return Fault.Of(FaultKind.Data, "too large for an IDX file"u8);
        Fault fault = PageMemory.Take(length, out byte* file);
        if (!fault.IsNone) return fault;
        IdxWriter.Write(file, length, IdxType.UInt8, dimensions, elements);
        fault = OutputFile.Replace(path, file, length);
        PageMemory.Return(file, length);
        return fault;
    }
}
