using System;
using NoDeps.Formats;
using NoDeps.Platform;

namespace NoDeps.Cli;

/// <summary>The labels of an IDX file of images, if they are next to it under the usual name.</summary>
internal static unsafe class LabelsBeside
{
    private const int MaxPath = 4096;

    /// <summary>
    /// Opens <c>t10k-labels-idx1-ubyte</c> for <c>t10k-images-idx3-ubyte</c>, each with or without .gz; false if there
    /// is no such file, or if it does not have a label for every image.
    /// </summary>
    /// <param name="images">The path of the images.</param>
    /// <param name="count">The number of images.</param>
    /// <param name="needed">The number of labels needed from the start; a gzip file is decompressed no further.</param>
    /// <param name="labels">The labels.</param>
    public static bool TryOpen(ReadOnlySpan<byte> images, int count, long needed, out IdxView labels)
    {
        labels = default;
        byte[] buffer = new byte[MaxPath];
        if (images.Length + 8 > buffer.Length) return false;
        images.CopyTo(buffer);
        int length = images.Length, changed = 0;
        for (int i = Words.LastIndexOf(images, (byte)'/') + 1; i < length; i++)
        {
            changed += Replace(buffer, i, length, "images"u8, "labels"u8);
            changed += Replace(buffer, i, length, "idx3"u8, "idx1"u8);
        }
        if (changed == 0) return false;
        ReadOnlySpan<byte> path = new(buffer, 0, length);
        if (!InputFile.Exists(path))
        {
            ReadOnlySpan<byte> ending = ".gz"u8;
            if (length > ending.Length && path.Slice(length - ending.Length).SequenceEqual(ending))
            {
                path = path.Slice(0, length - ending.Length);
            }
            else
            {
                ending.CopyTo(new Span<byte>(buffer, length, ending.Length));
                path = new ReadOnlySpan<byte>(buffer, 0, length + ending.Length);
            }
            if (!InputFile.Exists(path)) return false;
        }
        return TryRead(path, needed, out labels) && Idx.RequireLabels(in labels).IsNone && labels.Count == count;
    }

    private static bool TryRead(ReadOnlySpan<byte> path, long needed, out IdxView labels)
    {
        labels = default;
        if (!InputFile.Read(path, out byte* data, out long bytes).IsNone) return false;
        if (Gzip.IsGzip(DataFile.Start(data, bytes)))
        {
            if (IdxFile.TryStart(data, bytes, Idx.MaxHeaderLength + needed, out labels)) return true;
            if (!IdxFile.Decompress(ref data, ref bytes).IsNone) return false;
        }
        return Idx.Open(data, bytes, out labels).IsNone;
    }

    /// <summary>Overwrites a word at a position with another of the same length; returns 1 if the word was there.</summary>
    private static int Replace(byte[] text, int at, int length, ReadOnlySpan<byte> word, ReadOnlySpan<byte> by)
    {
        if (at + word.Length > length) return 0;
        Span<byte> place = new(text, at, word.Length);
        if (!((ReadOnlySpan<byte>)place).SequenceEqual(word)) return 0;
        by.CopyTo(place);
        return 1;
    }
}
