using System;
using NoDeps.Formats;
using NoDeps.Platform;
using NoDeps.Primitives;

namespace NoDeps.Cli;

/// <summary>Shows files that contain both images and labels for <c>nodeps inspect</c>.</summary>
internal static unsafe class InspectSet
{
    /// <summary>Shows the arrays of an .npz file, and draws its training images.</summary>
    public static Fault Archive(Console console, in InspectOptions options, byte* data, long length)
    {
        Fault fault = Zip.Open(data, length, out Zip zip);
        if (!fault.IsNone) return fault;
        Begin(console, in options, "ZIP archive of NumPy arrays"u8);
        zip.Rewind();
        while (fault.IsNone && zip.TryNext(out ZipEntry entry))
        {
            fault = DataFile.Extract(zip, in entry, out NumericArray array);
            if (!fault.IsNone) return fault;
            Template line = console.Print("array       $, $, "u8);
            line.Name(entry.Name);
            line.Text(NumericTypes.NameOf(array.Type));
            line.End();
            InspectArray.WriteDimensions(console, in array);
            console.Out.Write("\n"u8);
            bool isFirst = Npz.TryFind(zip, NpzRole.TrainImages, out ZipEntry first) && first.Name.SequenceEqual(entry.Name);
            if (options.Show == 0 || !isFirst)
            {
                PageMemory.Return(array.Data - array.Offset, entry.Size);
                continue;
            }
            LabeledImages images = default;
            fault = DataReader.TakeImages(in array, ref images);
            if (fault.IsNone) fault = InspectCommand.Show(console, in options, in images);
        }
        return fault;
    }

    /// <summary>Images as text.</summary>
    public static Fault Text(Console console, in InspectOptions options, byte* text, long length)
    {
        LabeledImages images = default;
        Fault fault = DataReader.ParseCsv(text, length, ref images);
        return fault.IsNone ? Write(console, in options, "CSV"u8, in images) : fault;
    }

    /// <summary>CIFAR's binary files.</summary>
    public static Fault Cifar(Console console, in InspectOptions options, byte* file, long length, CifarKind kind)
    {
        LabeledImages images = default;
        images.Channels = Formats.Cifar.Channels;
        images.Rows = images.Columns = Formats.Cifar.Side;
        Fault fault = Formats.Cifar.Open(file, length, kind, out long count);
        if (fault.IsNone) fault = DataReader.CheckCount(count);
        if (fault.IsNone) fault = PageMemory.Take(count * images.ImageSize, out images.Images);
        if (fault.IsNone) fault = PageMemory.Take(count, out images.Labels);
        if (!fault.IsNone) return fault;
        images.Count = (int)count;
        Formats.Cifar.Convert(file, count, kind, images.Labels, images.Images);
        return Write(console, in options, kind == CifarKind.Ten ? "CIFAR-10 binary"u8 : "CIFAR-100 binary"u8, in images);
    }

    private static Fault Write(Console console, in InspectOptions options, ReadOnlySpan<byte> format, in LabeledImages images)
    {
        Begin(console, in options, format);
        Template line = console.Print("images      $ of $x$x$\n"u8);
        line.Grouped(images.Count);
        line.Integer(images.Channels);
        line.Integer(images.Rows);
        line.Integer(images.Columns);
        line.End();
        InspectArray.WriteClasses(console, images.Labels, images.Count);
        return InspectCommand.Show(console, in options, in images);
    }

    private static void Begin(Console console, in InspectOptions options, ReadOnlySpan<byte> format)
    {
        Template line = console.Print("file        $\nformat      $\n"u8);
        line.Text(options.File);
        line.Text(format);
        line.End();
    }
}
