using System;
using NoDeps.Formats;
using NoDeps.Network;
using NoDeps.Primitives;

namespace NoDeps.Cli;

/// <summary>The metadata that a training adds to its model file: class names and image statistics.</summary>
internal static unsafe class TrainedMetadata
{
    /// <summary>Computes the image statistics and determines the class names.</summary>
    /// <param name="images">[image][channel][row][column], bytes.</param>
    /// <param name="count">The number of images.</param>
    /// <param name="network">Gives the shape of the images and the number of classes.</param>
    /// <param name="names">The comma-separated names of --classes; empty for those of the data set.</param>
    /// <param name="fit">Provides the data set's own names.</param>
    /// <param name="metadata">The result.</param>
    public static Fault Make(byte* images, long count, NetworkDescription network, ReadOnlySpan<byte> names, DataFit fit,
        out ModelMetadata metadata)
    {
        metadata = new ModelMetadata { Statistics = InputStatistics.Of(images, count, network.Input) };
        if (names.IsEmpty)
        {
            // Digits need no names.
            if (fit.Known != ClassNameSet.Digits || fit.HasList) metadata.Names = fit.NamesOf(network.Classes);
            return Fault.None;
        }
        metadata.Names = Separated(names);
        if (metadata.NameCount != network.Classes)
        {
            return Fault.Numbers(FaultKind.Usage, "--classes does not name every class"u8, network.Classes, metadata.NameCount)
                .WithHint("separate the names with commas"u8);
        }
        for (int i = 0; i < network.Classes; i++)
        {
            if (metadata.NameOf(i).IsEmpty) return Fault.Of(FaultKind.Usage, "empty name in --classes"u8).WithQuote(names);
        }
        return Fault.None;
    }

    private static byte[] Separated(ReadOnlySpan<byte> names)
    {
        byte[] separated = new byte[names.Length];
        for (int i = 0; i < names.Length; i++) separated[i] = names[i] == ',' ? ModelMetadata.Separator : names[i];
        return separated;
    }
}
