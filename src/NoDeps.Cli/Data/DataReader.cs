using System;
using NoDeps.Formats;
using NoDeps.Platform;
using NoDeps.Primitives;

namespace NoDeps.Cli;

/// <summary>
/// The training or test images of a set, from any of the formats. Bytes of a mapped file in row-major order are used in
/// place; everything else is converted into new memory. Faults name the file.
/// </summary>
internal static unsafe class DataReader
{
    /// <summary>Reads one half of a set.</summary>
    /// <param name="console">Receives messages.</param>
    /// <param name="set">The files.</param>
    /// <param name="isTraining">Which half.</param>
    /// <param name="images">Images with labels from 0 to 255 as in their files.</param>
    public static Fault Open(Console console, DataSetFiles set, bool isTraining, out LabeledImages images)
    {
        images = default;
        images.LabelsOffset = -1;
        switch (set.Format)
        {
            case DataFormat.Npz: return OpenNpz(console, set.Path(DataRole.Everything), isTraining, ref images);
            case DataFormat.Csv when isTraining: return OpenCsv(console, set.Part(0), ref images);
            case DataFormat.Csv: return OpenCsv(console, set.Path(DataRole.Test), ref images);
            case DataFormat.Cifar10: return CifarReader.Open(console, set, isTraining, CifarKind.Ten, ref images);
            case DataFormat.Cifar100: return CifarReader.Open(console, set, isTraining, CifarKind.Hundred, ref images);
            default:
                return OpenPair(console, set.Path(isTraining ? DataRole.TrainingImages : DataRole.TestImages),
                set.Path(isTraining ? DataRole.TrainingLabels : DataRole.TestLabels), ref images);
        }
    }

    private static Fault OpenPair(Console console, ReadOnlySpan<byte> imagesPath, ReadOnlySpan<byte> labelsPath, ref LabeledImages images)
    {
        images.ImagesPath = Words.Copy(imagesPath);
        images.LabelsPath = Words.Copy(labelsPath);
        NumericArray pixels = default, labels = default;
        Fault fault = DataFile.CheckRegular(imagesPath);
        if (fault.IsNone) fault = DataFile.OpenArray(imagesPath, out pixels);
        if (fault.IsNone) fault = TakeImages(in pixels, ref images);
        if (!fault.IsNone) return console.WithPath(imagesPath, fault);
        fault = DataFile.CheckRegular(labelsPath);
        if (fault.IsNone) fault = DataFile.OpenArray(labelsPath, out labels);
        if (fault.IsNone) fault = TakeLabels(in labels, ref images);
        return console.WithPath(labelsPath, fault);
    }

    private static Fault OpenNpz(Console console, ReadOnlySpan<byte> path, bool isTraining, ref LabeledImages images)
    {
        images.ImagesPath = images.LabelsPath = Words.Copy(path);
        byte* data = null;
        long length = 0;
        Zip zip = default;
        NumericArray pixels = default, labels = default;
        Fault fault = DataFile.CheckRegular(path);
        if (fault.IsNone) fault = DataFile.Read(path, out data, out length);
        if (fault.IsNone && FileKind.IsPyTorch(DataFile.Start(data, length))) fault = Fault.Of(FaultKind.Data, "no arrays"u8);
        if (fault.IsNone) fault = Zip.Open(data, length, out zip);
        if (!fault.IsNone) fault = DataFile.Refused(data, length, fault);
        if (!fault.IsNone) return console.WithPath(path, fault);
        NpzRole role = isTraining ? NpzRole.TrainImages : NpzRole.TestImages;
        fault = Extract(zip, role, out pixels);
        if (fault.IsNone) fault = TakeImages(in pixels, ref images);
        if (!fault.IsNone) return WithArray(console, path, zip, role, fault);
        role = isTraining ? NpzRole.TrainLabels : NpzRole.TestLabels;
        fault = Extract(zip, role, out labels);
        if (fault.IsNone) fault = TakeLabels(in labels, ref images);
        images.LabelsOffset = -1;
        return WithArray(console, path, zip, role, fault);
    }

    /// <summary>Adds the path to a fault and, if the archive has the array, its name.</summary>
    private static Fault WithArray(Console console, ReadOnlySpan<byte> path, Zip zip, NpzRole role, Fault fault)
    {
        if (fault.IsNone || !Npz.TryFind(zip, role, out ZipEntry entry)) return console.WithPath(path, fault);
        byte[] place = new byte[path.Length + 2 + entry.Name.Length];
        Utf8Writer writer = new(place);
        writer.Text(path);
        writer.Text(": "u8);
        writer.Text(entry.Name);
        return console.WithPath(place, fault);
    }

    private static Fault Extract(Zip zip, NpzRole role, out NumericArray array)
    {
        array = default;
        if (Npz.TryFind(zip, role, out ZipEntry entry)) return DataFile.Extract(zip, in entry, out array);
        Utf8Writer hint = new(stackalloc byte[320]);
        zip.Rewind();
        hint.Text(zip.TryNext(out _) ? "it contains "u8 : "it is empty"u8);
        Npz.WriteNames(zip, ref hint);
        return Fault.Of(FaultKind.NoInput, "no such array in the file:"u8).WithQuote(WordList.At(Npz.NamesOf(role), 0))
            .WithHint(hint.Written);
    }

    private static Fault OpenCsv(Console console, ReadOnlySpan<byte> path, ref LabeledImages images)
    {
        images.ImagesPath = images.LabelsPath = Words.Copy(path);
        Fault fault = DataFile.Read(path, out byte* text, out long length);
        if (fault.IsNone) fault = ParseCsv(text, length, ref images);
        return console.WithPath(path, fault);
    }

    /// <summary>Parses images as text: one image per line, its label first.</summary>
    public static Fault ParseCsv(byte* text, long length, ref LabeledImages images)
    {
        Fault fault = Csv.Measure(text, length, out CsvShape shape);
        if (!fault.IsNone) return Csv.IsLikely(DataFile.Start(text, length)) ? fault : DataFile.Refused(text, length, fault);
        fault = CheckCount(shape.Rows);
        if (fault.IsNone) fault = PageMemory.Take(shape.PixelBytes, out images.Images);
        if (fault.IsNone) fault = PageMemory.Take(shape.Rows, out images.Labels);
        if (fault.IsNone) fault = CsvPixels.Parse(text, in shape, images.Labels, images.Images, out _);
        images.Count = (int)shape.Rows;
        images.Channels = shape.Channels;
        images.Rows = images.Columns = shape.Side;
        return fault;
    }

    /// <summary>Takes images of any layout and element type, in place or converted.</summary>
    public static Fault TakeImages(in NumericArray array, ref LabeledImages images)
    {
        Fault fault = ImageLayout.Recognize(array, out ImageLayout layout);
        if (fault.IsNone) fault = CheckCount(layout.Images);
        if (fault.IsNone) fault = CheckSize(layout.ImageSize);
        if (!fault.IsNone) return fault;
        images.Count = (int)layout.Images;
        images.Channels = layout.Channels;
        images.Rows = layout.Height;
        images.Columns = layout.Width;
        images.Images = array.Data;
        images.IsMapped = true;
        if (array.IsPlainBytes && !layout.ChannelsLast) return fault;
        images.IsMapped = false;
        fault = NumericPixels.Scan(array, out PixelScale scale);
        if (fault.IsNone) fault = PageMemory.Take(NumericPixels.SizeOf(layout, layout.Images), out images.Images);
        return fault.IsNone ? NumericPixels.Convert(array, layout, scale, 0, layout.Images, images.Images) : fault;
    }

    /// <summary>Copies labels of any form and element type.</summary>
    private static Fault TakeLabels(in NumericArray array, ref LabeledImages images)
    {
        Fault fault = NumericLabels.Recognize(array, out LabelForm form);
        if (!fault.IsNone) return fault;
        if (array.Dimension(0) != images.Count)
            return Fault.Numbers(FaultKind.Data, "labels and images differ in number\n"u8 + "do the two files belong together?"u8,
                images.Count, array.Dimension(0));
        fault = PageMemory.Take(images.Count, out images.Labels);
        images.LabelsOffset = form == LabelForm.Plain && array.IsPlainBytes ? array.Offset : -1;
        return fault.IsNone ? NumericLabels.Convert(array, form, images.Labels) : fault;
    }

    /// <summary>Checks the number of images, which must fit in 32 bits.</summary>
    internal static Fault CheckCount(long images) => images is > 0 and <= int.MaxValue ? Fault.None
        : Fault.Numbers(FaultKind.Data, images == 0 ? "no images"u8 : "too many images"u8, images == 0 ? 1 : int.MaxValue, images);

    private static Fault CheckSize(long size) => size <= MaxElements ? Fault.None
        : Fault.Numbers(FaultKind.Data, "images are too large"u8, MaxElements, size);

    /// <summary>The maximum number of elements per image, because a network's input counts them in 32 bits.</summary>
    private const long MaxElements = 1 << 28;
}
