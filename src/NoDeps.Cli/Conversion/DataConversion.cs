using System;
using NoDeps.Formats;
using NoDeps.Network;
using NoDeps.Platform;
using NoDeps.Primitives;

namespace NoDeps.Cli;

/// <summary>Reads a data set of any form, or a folder of pictures, and writes it as IDX files or as pictures.</summary>
internal static unsafe class DataConversion
{
    /// <summary>Converts; the output is begun only when all of the input has been read.</summary>
    public static Fault Run(Console console, in ConvertOptions options)
    {
        Fault fault = ImageSize.Parse(options.Size, out ImageSize size);
        ImageSet set = default;
        if (fault.IsNone)
        {
            fault = IsPictureFolder(options.Source) ? ReadPictures(console, in options, size, out set)
                : ReadData(console, in options, size, out set);
        }
        if (fault.IsNone && options.Split > 0) fault = Split(console, in options, ref set);
        if (fault.IsNone) fault = console.WithPath(options.Out, OutputFolder.Make(options.Out));
        if (!fault.IsNone) return fault;
        fault = options.Png ? PictureExport.Write(console, options.Out, in set)
            : IdxExport.Write(console, options.Out, in set, options.Force);
        if (fault.IsNone) PrintSummary(console, options.Out, in set);
        return fault;
    }

    /// <summary>A folder in which and below which there is no data set.</summary>
    private static bool IsPictureFolder(ReadOnlySpan<byte> path)
    {
        DataCatalog catalog = new();
        return catalog.Search(path).IsNone && catalog.Count == 0;
    }

    private static Fault ReadPictures(Console console, in ConvertOptions options, ImageSize size, out ImageSet set)
    {
        set = default;
        PictureFolder pictures = new(console, size, options.Channels, options.MaxPixels);
        ReadOnlySpan<byte> training = options.Source, test = default;
        if (HalfOf(options.Source, "train training"u8, out byte[] half))
        {
            training = half;
            if (HalfOf(options.Source, "test testing val validation"u8, out half)) test = half;
        }
        int trainingCount = 0, testCount = 0;
        Fault fault = pictures.FindClasses(training);
        if (fault.IsNone) fault = pictures.Measure(training, out trainingCount);
        if (fault.IsNone && !test.IsEmpty) fault = pictures.Measure(test, out testCount);
        if (!fault.IsNone) return fault;
        pictures.Decide();
        fault = pictures.Read(training, trainingCount, out set.Training);
        if (fault.IsNone && !test.IsEmpty) fault = pictures.Read(test, testCount, out set.Test);
        set.Classes = pictures.Classes;
        set.Names = pictures.Names();
        return fault;
    }

    /// <summary>The subfolder of one of these names.</summary>
    private static bool HalfOf(ReadOnlySpan<byte> folder, ReadOnlySpan<byte> names, out byte[] path)
    {
        path = null;
        if (!FolderListing.Read(folder, out FolderListing listing).IsNone) return false;
        for (int i = 0; i < listing.Count; i++)
        {
            if (WordList.IndexOf(names, listing[i]) < 0 || !listing.IsFolder(folder, i)) continue;
            path = PathJoin.Of(folder, listing[i]);
            return true;
        }
        return false;
    }

    private static Fault ReadData(Console console, in ConvertOptions options, ImageSize size, out ImageSet set)
    {
        set = default;
        DataOptions data = options.Data;
        data.Path = options.Source;
        DataFolder folder = new();
        Fault fault = folder.Find(console, in data);
        if (!fault.IsNone) return fault;
        bool hasTest = folder.Set.HasTest;
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

    /// <summary>Scales all images by area.</summary>
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
        images.Images = scaled;
        images.IsMapped = false;
        images.Rows = size.Rows;
        images.Columns = size.Columns;
        return fault;
    }

    /// <summary>Makes a test set of some of the training images, with the classes in proportion.</summary>
    private static Fault Split(Console console, in ConvertOptions options, ref ImageSet set)
    {
        if (set.Test.Count > 0)
            return console.WithPath(options.Source, Fault.Of(FaultKind.Usage, "--split of data that has a test set"u8));
        int count = set.Training.Count;
        int testCount = count - (int)(options.Split * count + 0.5);
        if (testCount == 0 || testCount == count)
            return Fault.Of(FaultKind.Usage, "--split leaves one of the two sets empty"u8);
        Fault fault = PageMemory.Take((long)count * sizeof(int), out byte* memory);
        if (!fault.IsNone) return fault;
        int* training = (int*)memory, test = training + (count - testCount);
        DataSplit.Stratified(set.Training.Labels, count, testCount, (ulong)options.Seed, training, test);
        LabeledImages whole = set.Training;
        fault = Gather(in whole, training, count - testCount, out set.Training);
        return fault.IsNone ? Gather(in whole, test, testCount, out set.Test) : fault;
    }

    private static Fault Gather(in LabeledImages from, int* order, int count, out LabeledImages to)
    {
        to = default;
        to.Count = count;
        to.Channels = from.Channels;
        to.Rows = from.Rows;
        to.Columns = from.Columns;
        long size = from.ImageSize;
        Fault fault = PageMemory.Take(count * size, out to.Images);
        if (fault.IsNone) fault = PageMemory.Take(count, out to.Labels);
        for (int i = 0; i < count && fault.IsNone; i++)
        {
            to.Labels[i] = from.Labels[order[i]];
            MemoryCopy.Copy(to.Images + i * size, from.Images + order[i] * size, (nuint)size);
        }
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
