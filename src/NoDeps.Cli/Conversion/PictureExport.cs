using System;
using NoDeps.Formats;
using NoDeps.Network;
using NoDeps.Platform;
using NoDeps.Primitives;

namespace NoDeps.Cli;

/// <summary>
/// Writes a data set as PNG files, train/CLASS/00000.png and test/CLASS/00000.png, numbered as in the set. A class is its name, in
/// which '/' becomes '_', or its number.
/// </summary>
internal static unsafe class PictureExport
{
    private const int NumberDigits = 5;
    private const int MaxName = 200;

    /// <summary>Writes into a folder that has neither train nor test.</summary>
    public static Fault Write(Console console, ReadOnlySpan<byte> folder, in ImageSet set)
    {
        int channels = set.Training.Channels;
        if (channels != 1 && channels != 3)
            return Fault.Numbers(FaultKind.Data, "images with other channels than gray or RGB cannot be PNG files"u8, 3, channels);
        for (int half = 0; half < 2; half++)
        {
            byte[] path = PathJoin.Of(folder, half == 0 ? "train"u8 : "test"u8);
            if (!InputFile.Exists(path)) continue;
            Fault there = Fault.Of(FaultKind.CannotCreate, "exists already\n"u8 + "remove it or name another folder"u8);
            return console.WithPath(path, there);
        }
        Fault fault = WriteHalf(console, PathJoin.Of(folder, "train"u8), in set, in set.Training);
        if (fault.IsNone && set.Test.Count > 0) fault = WriteHalf(console, PathJoin.Of(folder, "test"u8), in set, in set.Test);
        if (!fault.IsNone || set.Names.Length == 0) return fault;
        return IdxExport.WriteNames(console, PathJoin.Of(folder, ClassList.FileName), set.Names);
    }

    private static Fault WriteHalf(Console console, byte[] folder, in ImageSet set, in LabeledImages images)
    {
        byte[][] classes = new byte[set.Classes][];
        Fault fault = OutputFolder.Make(folder);
        for (int i = 0; i < set.Classes && fault.IsNone; i++)
        {
            classes[i] = PathJoin.Of(folder, NameOf(in set, i));
            fault = OutputFolder.Make(classes[i]);
        }
        if (!fault.IsNone) return console.WithPath(folder, fault);
        int rows = images.Rows, columns = images.Columns, channels = images.Channels;
        long room = PngWriter.MaxLength(columns, rows, channels), scratchBytes = PngWriter.ScratchBytes(columns, rows, channels);
        if (room < 0 || scratchBytes < 0) return Fault.Of(FaultKind.Data, "images are too large for PNG files"u8);
        fault = PageMemory.Take(room + scratchBytes + images.ImageSize, out byte* file);
        if (!fault.IsNone) return fault;
        byte* scratch = file + room, pixels = scratch + scratchBytes;
        for (int i = 0; i < images.Count && fault.IsNone; i++)
        {
            Interleave(images.Images + i * images.ImageSize, rows * columns, channels, pixels);
            long length = PngWriter.Write(pixels, columns, rows, channels, file, scratch);
            byte[] path = PathOf(classes[images.Labels[i]], i);
            fault = console.WithPath(path, OutputFolder.WriteNew(path, file, length));
        }
        PageMemory.Return(file, room + scratchBytes + images.ImageSize);
        return fault;
    }

    /// <summary>[channel][pixel] to [pixel][channel].</summary>
    private static void Interleave(byte* from, int pixels, int channels, byte* to)
    {
        for (int channel = 0; channel < channels; channel++)
            for (int i = 0; i < pixels; i++) to[(long)i * channels + channel] = *from++;
    }

    private static byte[] NameOf(in ImageSet set, int index)
    {
        byte[] buffer = new byte[MaxName];
        Utf8Writer name = new(buffer);
        ReadOnlySpan<byte> known = set.Names.Length == 0 ? default : WordList.At(set.Names, index, ModelMetadata.Separator);
        if (known.IsEmpty || known.Length > MaxName) Number(ref name, index, set.Classes > 100 ? 3 : set.Classes > 10 ? 2 : 1);
        for (int i = 0; i < known.Length && known.Length <= MaxName; i++)
            name.Byte(known[i] == '/' || known[i] == '.' && i == 0 ? (byte)'_' : known[i]);
        return Words.Copy(name.Written);
    }

    private static byte[] PathOf(byte[] folder, int number)
    {
        Utf8Writer name = new(stackalloc byte[40]);
        Number(ref name, number, NumberDigits);
        name.Text(".png"u8);
        return PathJoin.Of(folder, name.Written);
    }

    /// <summary>With zeros in front, so that the order of names is that of numbers.</summary>
    private static void Number(scoped ref Utf8Writer to, int number, int digits)
    {
        for (int limit = 10, i = 1; i < digits; i++, limit *= 10) if (number < limit) to.Byte((byte)'0');
        to.Integer(number);
    }
}
