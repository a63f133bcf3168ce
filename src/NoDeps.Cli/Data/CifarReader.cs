using System;
using NoDeps.Formats;
using NoDeps.Platform;
using NoDeps.Primitives;

namespace NoDeps.Cli;

/// <summary>Reads CIFAR's binary files, of which the training set may have several, into one array.</summary>
internal static unsafe class CifarReader
{
    /// <summary>Reads one half of a set. Faults name the file.</summary>
    public static Fault Open(Console console, DataSetFiles set, bool isTraining, CifarKind kind, ref LabeledImages images)
    {
        int parts = isTraining ? set.PartCount : 1;
        byte** data = stackalloc byte*[DataSetFiles.MaxParts];
        long* lengths = stackalloc long[DataSetFiles.MaxParts];
        long* counts = stackalloc long[DataSetFiles.MaxParts];
        long total = 0;
        for (int i = 0; i < parts; i++)
        {
            ReadOnlySpan<byte> path = isTraining ? set.Part(i) : set.Path(DataRole.Test);
            if (i == 0) images.ImagesPath = images.LabelsPath = Words.Copy(path);
            data[i] = null;
            lengths[i] = 0;
            Fault read = DataFile.CheckRegular(path);
            if (read.IsNone) read = DataFile.Read(path, out data[i], out lengths[i]);
            if (read.IsNone) read = Cifar.Open(data[i], lengths[i], kind, out counts[i]);
            if (!read.IsNone) return console.WithPath(path, DataFile.Refused(data[i], lengths[i], read));
            total += counts[i];
        }
        Fault fault = DataReader.CheckCount(total);
        if (fault.IsNone) fault = PageMemory.Take(total * Cifar.ImageSize, out images.Images);
        if (fault.IsNone) fault = PageMemory.Take(total, out images.Labels);
        if (!fault.IsNone) return console.WithPath(set.Folder, fault);
        long at = 0;
        for (int i = 0; i < parts; i++)
        {
            Cifar.Convert(data[i], counts[i], kind, images.Labels + at, images.Images + at * Cifar.ImageSize);
            InputFile.Release(data[i], lengths[i]);
            at += counts[i];
        }
        images.Count = (int)total;
        images.Channels = Cifar.Channels;
        images.Rows = images.Columns = Cifar.Side;
        return fault;
    }
}
