using System;
using NoDeps.Formats;
using NoDeps.Network;
using NoDeps.Primitives;

namespace NoDeps.Cli;

/// <summary>What a training adds to its model file: names of the classes, and how the images look.</summary>
internal static unsafe class TrainedMetadata
{
    /// <summary>Measures the images, and finds the names.</summary>
    /// <param name="images">[image][channel][row][column], bytes.</param>
    /// <param name="count">How many.</param>
    /// <param name="network">Says their shape and how many classes there are.</param>
    /// <param name="names">Names with commas between them, of --classes; empty for those of the data set.</param>
    /// <param name="known">The data set, if it is one whose classes have names.</param>
    /// <param name="metadata">The result.</param>
    public static Fault Make(byte* images, long count, NetworkDescription network, ReadOnlySpan<byte> names, ClassNameSet known,
        out ModelMetadata metadata)
    {
        metadata = new ModelMetadata { Statistics = InputStatistics.Of(images, count, network.Input) };
        if (names.IsEmpty)
        {
            metadata.Names = KnownNames(known, network.Classes);
            return Fault.None;
        }
        metadata.Names = Separated(names);
        if (metadata.NameCount != network.Classes)
        {
            return Fault.Numbers(FaultKind.Usage, "--classes does not name every class"u8, network.Classes, metadata.NameCount)
                .WithHint("write the names with commas between them"u8);
        }
        for (int i = 0; i < network.Classes; i++)
        {
            if (metadata.NameOf(i).IsEmpty) return Fault.Of(FaultKind.Usage, "an empty name in --classes"u8).WithQuote(names);
        }
        return Fault.None;
    }

    /// <summary>The names of a set; none where they are as many as other classes, or only the numbers of the classes.</summary>
    private static byte[] KnownNames(ClassNameSet set, int classes)
    {
        if (set == ClassNameSet.Digits || ClassNames.Count(set) != classes) return [];
        int length = classes - 1;
        for (int i = 0; i < classes; i++) length += ClassNames.NameOf(set, i).Length;
        byte[] names = new byte[length];
        Utf8Writer writer = new(names);
        for (int i = 0; i < classes; i++)
        {
            if (i > 0) writer.Byte(ModelMetadata.Separator);
            writer.Text(ClassNames.NameOf(set, i));
        }
        return names;
    }

    private static byte[] Separated(ReadOnlySpan<byte> names)
    {
        byte[] separated = new byte[names.Length];
        for (int i = 0; i < names.Length; i++) separated[i] = names[i] == ',' ? ModelMetadata.Separator : names[i];
        return separated;
    }
}
