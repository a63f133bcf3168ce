using System;
using NoDeps.Formats;
using NoDeps.Network;
using NoDeps.Platform;
using NoDeps.Primitives;

namespace NoDeps.Cli;

/// <summary>Reads a data set in any format, or a folder of pictures, and writes it as IDX files or as pictures.</summary>
internal static unsafe class DataConversion
{
    /// <summary>The maximum number of folders between an output and the root; no path has more.</summary>
    private const int MaxDepth = 1024;

    /// <summary>Converts a data set. Nothing is written until all of the input has been read.</summary>
    public static Fault Run(Console console, in ConvertOptions options)
    {
        Fault fault = ImageSize.Parse(options.Size, out ImageSize size);
        if (fault.IsNone) fault = CheckOutput(console, in options);
        ImageSet set = default;
        if (fault.IsNone)
        {
            fault = IsPictureFolder(options.Source) ? ReadPictures(console, in options, size, out set)
                : ReadData(console, in options, size, out set);
        }
        if (fault.IsNone && options.Split > 0) fault = SetSplit.Apply(console, in options, ref set);
        if (!fault.IsNone) return fault;
        bool isNew = !InputFile.Exists(options.Out);
        fault = console.WithPath(options.Out, OutputFolder.Make(options.Out));
        if (!fault.IsNone) return fault;
        fault = options.Png ? PictureExport.Write(console, options.Out, in set, options.Force)
            : IdxExport.Write(console, options.Out, in set);
        if (fault.IsNone) PrintSummary(console, options.Out, in set);
        else if (isNew) OutputFolder.RemoveEmpty(options.Out);
        return fault;
    }

    /// <summary>Checks, before anything is read, that the output can be written and would not be mistaken for another data set.</summary>
    private static Fault CheckOutput(Console console, in ConvertOptions options)
    {
        ReadOnlySpan<byte> path = options.Out;
        if (IsWithin(path, options.Source))
            return console.WithPath(path, Fault.Of(FaultKind.CannotCreate,
                "is inside the source directory\n"u8 + "name another directory"u8));
        if (options.Png) return PictureExport.Check(console, path, options.Force);
        if (DataFit.IsEmnist(path))
            return console.WithPath(path, Fault.Of(FaultKind.CannotCreate,
                "data sets with EMNIST in their path are transposed when read, like EMNIST's own files\n"u8 + "name another directory"u8));
        return IdxExport.Check(console, path, options.Force);
    }

    /// <summary>Returns true if a path is a folder or inside it, so that the next conversion would read the output of this one.</summary>
    private static bool IsWithin(ReadOnlySpan<byte> path, ReadOnlySpan<byte> folder)
    {
        if (InputFile.IsSame(path, folder)) return true;
        while (path.Length > 1 && path[path.Length - 1] == '/') path = path.Slice(0, path.Length - 1);
        int slash = Words.LastIndexOf(path, (byte)'/');
        ReadOnlySpan<byte> parent = slash < 0 ? "."u8 : path.Slice(0, slash + 1);
        for (int depth = 0; depth < MaxDepth; depth++)
        {
            if (InputFile.IsSame(parent, folder)) return true;
            ReadOnlySpan<byte> above = PathJoin.Of(parent, ".."u8);
            if (InputFile.IsSame(parent, above)) return false;
            parent = above;
        }
        return false;
    }

    /// <summary>Returns true if a folder and its subfolders contain no data set.</summary>
    private static bool IsPictureFolder(ReadOnlySpan<byte> path)
    {
        DataCatalog catalog = new();
        return catalog.Search(path).IsNone && catalog.Count == 0;
    }

    private static Fault ReadPictures(Console console, in ConvertOptions options, ImageSize size, out ImageSet set)
    {
        set = default;
        if (!options.Data.IsContentDefault)
            return Fault.Of(FaultKind.Usage, "--set, --first-label and --transpose apply to data sets; this is a directory of pictures"u8);
        if (options.Prepares && size.Rows == 0) return Fault.Of(FaultKind.Usage, "--prepare auto requires --size, for example 28x28"u8);
        PictureFolder pictures = new(console, size, options.Prepares ? 1 : options.Channels,
            new PictureReader(options.MaxPixels, options.Prepares));
        PictureHalves halves = new(console, options.Source);
        Fault fault = pictures.FindClasses(halves.Training);
        int trainingCount = 0, testCount = 0;
        if (fault.IsNone) fault = pictures.Measure(halves.Training, out trainingCount);
        if (fault.IsNone && halves.HasTest) fault = pictures.Measure(halves.Test, out testCount);
        if (!fault.IsNone) return fault;
        pictures.Decide();
        fault = pictures.Read(halves.Training, trainingCount, out set.Training);
        if (fault.IsNone && halves.HasTest) fault = pictures.Read(halves.Test, testCount, out set.Test);
        set.Classes = pictures.Classes;
        set.Names = pictures.Names();
        return fault;
    }

    private static Fault ReadData(Console console, in ConvertOptions options, ImageSize size, out ImageSet set)
    {
        set = default;
        if (options.Channels > 0 || options.Prepares)
            return Fault.Of(FaultKind.Usage, "--channels and --prepare apply to directories of pictures; this is a data set"u8);
        DataOptions data = options.Data;
        data.Path = options.Source;
        DataFolder folder = new();
        Fault fault = folder.Find(console, in data);
        if (!fault.IsNone) return fault;
        bool hasTest = folder.HasTestFiles;
        fault = folder.OpenTraining(console, out set.Training);
        if (fault.IsNone && hasTest) fault = folder.OpenTest(console, out set.Test);
        DataFit fit = new(folder, in data);
        if (fault.IsNone) fault = fit.ReadNames(console);
        if (!fault.IsNone) return fault;
        fit.Note(in set.Training);
        if (hasTest) fit.Note(in set.Test);
        fit.Decide(NetworkDescription.MaxClasses);
        fault = fit.Normalize(ref set.Training);
        if (fault.IsNone && hasTest) fault = fit.Normalize(ref set.Test);
        if (fault.IsNone) fault = Scale(ref set.Training, size);
        if (fault.IsNone && hasTest) fault = Scale(ref set.Test, size);
        set.Classes = fit.CountClasses();
        set.Names = fit.NamesOf(set.Classes);
        return fault;
    }

    /// <summary>Scales all images by area averaging.</summary>
    private static Fault Scale(ref LabeledImages images, ImageSize size)
    {
        if (size.Rows == 0 || size.Rows == images.Rows && size.Columns == images.Columns) return Fault.None;
        long from = images.ImageSize, to = (long)images.Channels * size.Rows * size.Columns;
        Fault fault = PageMemory.Take(images.Count * to, out byte* scaled);
        if (!fault.IsNone) return fault;
        int plane = images.Rows * images.Columns, scaledPlane = size.Rows * size.Columns;
        for (long i = 0; i < images.Count; i++)
        {
            for (int channel = 0; channel < images.Channels; channel++)
            {
                PictureScaling.Scale(images.Images + i * from + (long)channel * plane, images.Rows, images.Columns, 1,
                    scaled + i * to + (long)channel * scaledPlane, 1, size.Rows, size.Columns, false);
            }
        }
        if (!images.IsMapped) PageMemory.Return(images.Images, images.Count * from);
        images.Images = scaled;
        images.IsMapped = false;
        images.Rows = size.Rows;
        images.Columns = size.Columns;
        return fault;
    }

    private static void PrintSummary(Console console, ReadOnlySpan<byte> path, in ImageSet set)
    {
        Template line = console.Print("data      $, $ training"u8);
        line.Text(path);
        line.Grouped(set.Training.Count);
        line.End();
        if (set.Test.Count > 0)
        {
            line = console.Print(" and $ test"u8);
            line.Grouped(set.Test.Count);
            line.End();
        }
        line = console.Print(set.Training.Channels > 1 ? " images of $x$x$, $ $\n"u8 : " images of $x$, $ $\n"u8);
        if (set.Training.Channels > 1) line.Integer(set.Training.Channels);
        line.Integer(set.Training.Rows);
        line.Integer(set.Training.Columns);
        line.Count(set.Classes, "class"u8, "classes"u8);
        line.End();
    }
}
