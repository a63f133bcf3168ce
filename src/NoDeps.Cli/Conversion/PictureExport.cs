using System;
using NoDeps.Formats;
using NoDeps.Network;
using NoDeps.Platform;
using NoDeps.Primitives;

namespace NoDeps.Cli;

/// <summary>
/// Writes a data set as PNG files, train/CLASS/00000.png and test/CLASS/00000.png, numbered as in the set. CLASS is the name of the
/// class, with '/' replaced by '_', or its number.
/// </summary>
internal static unsafe class PictureExport
{
    private const int NumberDigits = 5;
    private const int MaxName = 200;

    private static ReadOnlySpan<byte> Outputs => "train test classes.txt"u8;

    /// <summary>Fails if a folder already contains pictures, or a list of classes that may not be replaced.</summary>
    public static Fault Check(Console console, ReadOnlySpan<byte> folder, bool force)
    {
        for (int i = 0; i < (force ? 2 : 3); i++)
        {
            byte[] path = PathJoin.Of(folder, WordList.At(Outputs, i));
            if (!InputFile.Exists(path)) continue;
            return console.WithPath(path, Fault.Of(FaultKind.CannotCreate, i < 2
                ? "already exists\n"u8 + "remove it or name another directory"u8 : "already exists\n"u8 + "--force replaces it"u8));
        }
        return Fault.None;
    }

    /// <summary>
    /// Writes into a folder that <see cref="Check"/> has accepted: first into a hidden subfolder, from which train and test are moved once
    /// they are complete.
    /// </summary>
    public static Fault Write(Console console, ReadOnlySpan<byte> folder, in ImageSet set, bool force)
    {
        int channels = set.Training.Channels;
        if (channels != 1 && channels != 3)
            return Fault.Numbers(FaultKind.Data, "only gray and RGB images can be written as PNG files"u8, 3, channels);
        byte[][] classes = new byte[set.Classes][];
        Fault fault = NameClasses(in set, classes);
        if (fault.IsNone) fault = Check(console, folder, force);
        if (!fault.IsNone) return fault;
        fault = OutputFolder.MakeTemporary(folder, out byte[] temporary);
        if (!fault.IsNone) return console.WithPath(folder, fault);
        byte[] training = PathJoin.Of(temporary, "train"u8), test = PathJoin.Of(temporary, "test"u8);
        fault = WriteHalf(console, training, classes, in set.Training, true);
        if (fault.IsNone && set.Test.Count > 0) fault = WriteHalf(console, test, classes, in set.Test, false);
        byte[] names = PathJoin.Of(temporary, ClassList.FileName);
        if (fault.IsNone && set.Names.Length > 0) fault = IdxExport.WriteNames(console, names, set.Names);
        if (fault.IsNone && set.Names.Length > 0) fault = Move(console, names, PathJoin.Of(folder, ClassList.FileName));
        if (fault.IsNone && set.Test.Count > 0) fault = Move(console, test, PathJoin.Of(folder, "test"u8));
        if (fault.IsNone) fault = Move(console, training, PathJoin.Of(folder, "train"u8));
        OutputFolder.RemoveTree(temporary);
        return fault;
    }

    private static Fault Move(Console console, byte[] from, byte[] to) => console.WithPath(to, OutputFolder.Rename(from, to));

    /// <summary>Determines the folder names of the classes, which must differ.</summary>
    private static Fault NameClasses(in ImageSet set, byte[][] classes)
    {
        for (int i = 0; i < classes.Length; i++)
        {
            classes[i] = NameOf(in set, i);
            for (int before = 0; before < i; before++)
            {
                if (!new ReadOnlySpan<byte>(classes[before]).SequenceEqual(classes[i])) continue;
                return Fault.Of(FaultKind.Data, "two classes would have the same directory:"u8).WithQuote(classes[i])
                    .WithHint("give them different names in classes.txt"u8);
            }
        }
        return Fault.None;
    }

    /// <summary>Writes one set: a folder for each class or, if <paramref name="all"/> is false, for each class that occurs.</summary>
    private static Fault WriteHalf(Console console, byte[] folder, byte[][] names, in LabeledImages images, bool all)
    {
        byte[][] classes = new byte[names.Length][];
        Fault fault = OutputFolder.Make(folder);
        for (int i = 0; i < names.Length && fault.IsNone; i++)
        {
            if (!all && !Occurs(in images, i)) continue;
            classes[i] = PathJoin.Of(folder, names[i]);
            fault = OutputFolder.Make(classes[i]);
        }
        if (!fault.IsNone) return console.WithPath(folder, fault);
        int digits = NumberDigits;
        for (long limit = 100_000; images.Count > limit; limit *= 10) digits++;
        int rows = images.Rows, columns = images.Columns, channels = images.Channels;
        long fileBytes = PngWriter.MaxLength(columns, rows, channels), scratchBytes = PngWriter.ScratchBytes(columns, rows, channels);
        if (fileBytes < 0 || scratchBytes < 0) return Fault.Of(FaultKind.Data, "images are too large for PNG files"u8);
        fault = PageMemory.Take(fileBytes + scratchBytes + images.ImageSize, out byte* file);
        if (!fault.IsNone) return fault;
        byte* scratch = file + fileBytes, pixels = scratch + scratchBytes;
        for (int i = 0; i < images.Count && fault.IsNone; i++)
        {
            Interleave(images.Images + i * images.ImageSize, rows * columns, channels, pixels);
            long length = PngWriter.Write(pixels, columns, rows, channels, file, scratch);
            byte[] path = PathOf(classes[images.Labels[i]], i, digits);
            fault = console.WithPath(path, OutputFolder.WriteNew(path, file, length));
        }
        PageMemory.Return(file, fileBytes + scratchBytes + images.ImageSize);
        return fault;
    }

    private static bool Occurs(in LabeledImages images, int label)
    {
        for (int i = 0; i < images.Count; i++) if (images.Labels[i] == label) return true;
        return false;
    }

    /// <summary>Converts [channel][pixel] to [pixel][channel].</summary>
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

    private static byte[] PathOf(byte[] folder, int number, int digits)
    {
        Utf8Writer name = new(stackalloc byte[40]);
        Number(ref name, number, digits);
        name.Text(".png"u8);
        return PathJoin.Of(folder, name.Written);
    }

    /// <summary>Writes a number with leading zeros, so that names sort like numbers.</summary>
    private static void Number(scoped ref Utf8Writer to, int number, int digits)
    {
        long limit = 10;
        for (int i = 1; i < digits; i++, limit *= 10) if (number < limit) to.Byte((byte)'0');
        to.Integer(number);
    }
}
