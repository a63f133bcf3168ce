using System;
using System.Runtime.CompilerServices;
using NoDeps.Formats;
using NoDeps.Network;
using NoDeps.Platform;
using NoDeps.Primitives;

namespace NoDeps.Cli;

/// <summary><c>nodeps inspect FILE</c>: shows the content of a data file.</summary>
internal static unsafe class InspectCommand
{
    /// <summary>How it appears in the list of commands and in its help.</summary>
    public static CommandInfo Info => new()
    {
        Name = "inspect"u8,
        Summary = "show a data file: header, class counts, images"u8,
        Introduction = """
            Shows a file of images or labels: header, class counts, statistics. The format
            (IDX, .npy, .npz, CSV, CIFAR, each plain or gzipped) is detected from the
            content. The augmentation options show the images as training would see them.

            """u8,
        Notes = """
            Images are drawn in plain characters if standard output is not a terminal or
            NO_COLOR is set.

            """u8,
        Describe = &Describe,
        Run = &Run,
    };

    private static void Describe(ref OptionVisitor visitor)
    {
        InspectOptions options = new();
        InspectOptions.Describe(ref visitor, ref options);
    }

    private static Fault Run(Console console, ref OptionVisitor visitor)
    {
        InspectOptions options = new();
        while (visitor.Next()) InspectOptions.Describe(ref visitor, ref options);
        return visitor.IsStopped ? visitor.Fault : console.WithPath(options.File, Inspect(console, in options));
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static Fault Inspect(Console console, in InspectOptions options)
    {
        Fault fault = DataFile.Read(options.File, out byte* data, out long length);
        if (!fault.IsNone) return fault;
        ReadOnlySpan<byte> start = DataFile.Start(data, length);
        if (Zip.IsZip(start)) return InspectSet.Archive(console, in options, data, length);
        if (Csv.IsLikely(start)) return InspectSet.Text(console, in options, data, length);
        bool isNpy = Npy.IsNpy(start);
        fault = DataFile.OpenArray(data, length, out NumericArray array);
        if (!fault.IsNone && !isNpy && Cifar.TryKind(data, length, out CifarKind kind))
            return InspectSet.Cifar(console, in options, data, length, kind);
        if (!fault.IsNone) return fault;
        InspectArray.Write(console, options.File, in array, isNpy ? 0 : (uint)(data[2] << 8 | data[3]));
        if (options.Show == 0) return fault;
        LabeledImages images = default;
        fault = DataReader.TakeImages(in array, ref images);
        return fault.IsNone ? Show(console, in options, in images) : fault;
    }

    /// <summary>Draws the images that the options select.</summary>
    internal static Fault Show(Console console, in InspectOptions options, in LabeledImages images)
    {
        if (options.Show == 0) return Fault.None;
        if (options.From >= images.Count)
            return Fault.Of(FaultKind.Usage, "--from is past the last image\n"u8 + "the first image is 0"u8);
        int count = Math.Min(options.Show, images.Count - options.From);
        Recipe recipe = default;
        options.Augmentation.Apply(ref recipe);
        Fault fault = options.Augmentation.Check(in recipe.Augmentation, images.Shape);
        if (!fault.IsNone) return fault;
        if (recipe.Shift == 0 && !recipe.Augmentation.IsOn) return GrayDrawing.Draw(console, in images, options.From, count);
        fault = Augment(in images, in recipe, in options, count, out LabeledImages changed);
        return fault.IsNone ? GrayDrawing.Draw(console, in changed, 0, count) : fault;
    }

    /// <summary>Augments images as training does in an epoch.</summary>
    private static Fault Augment(in LabeledImages images, in Recipe recipe, in InspectOptions options, int count, out LabeledImages changed)
    {
        changed = default;
        changed.Count = count;
        changed.Channels = images.Channels;
        changed.Rows = images.Rows;
        changed.Columns = images.Columns;
        Shape shape = images.Shape;
        long size = images.ImageSize, weights = sizeof(float) * ElasticField.MaxTaps;
        Fault fault = PageMemory.Take(weights + ImageAugmentation.ScratchBytes(shape, in recipe.Augmentation), out byte* memory);
        if (fault.IsNone) fault = PageMemory.Take(count * size, out changed.Images);
        for (int i = 0; i < count && fault.IsNone; i++)
        {
            ImageAugmentation.Apply(images.Images + (options.From + i) * size, changed.Images + i * size, shape, recipe.Shift,
                in recipe.Augmentation, (float*)memory, (ulong)options.Seed, options.Epoch - 1, options.From + i, memory + weights);
        }
        return fault;
    }
}
