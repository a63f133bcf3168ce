using System;
using NoDeps.Primitives;

namespace NoDeps.Formats;

/// <summary>The layout of images in an array, recognized by its dimensions.</summary>
public struct ImageLayout
{
    /// <summary>The number of images.</summary>
    public long Images;

    /// <summary>Channels per pixel: 1, 3 or 4.</summary>
    public int Channels;

    /// <summary>Rows.</summary>
    public int Height;

    /// <summary>Columns.</summary>
    public int Width;

    /// <summary>True if the channels are interleaved: [image][row][column][channel].</summary>
    public bool ChannelsLast;

    /// <summary>Elements per image.</summary>
    public readonly long ImageSize => (long)Channels * Height * Width;

    /// <summary>
    /// Recognizes N×H×W, N×C×H×W and N×H×W×C (C is 1, 3 or 4; if both fit, channels come first), and N×K, where K is a
    /// square (784 = 28 × 28) or three times one (3072 = 3 × 32 × 32, planar).
    /// </summary>
    public static Fault Recognize(scoped in NumericArray array, out ImageLayout layout)
    {
        layout = default;
        if (array.Rank is < 2 or > 4)
            return Fault.Numbers(FaultKind.Data, array.Rank < 2 ? "labels where images are expected: wrong number of dimensions\n"u8
                : "wrong number of dimensions for images\n"u8, 3, array.Rank).WithHint(Wanted);
        for (int i = 0; i < array.Rank; i++)
            if (array.Dimension(i) == 0) return Fault.Of(FaultKind.Data, "no images: a dimension is 0"u8);
        for (int i = 1; i < array.Rank; i++)
            if (array.Dimension(i) > ushort.MaxValue && array.Rank > 2)
                return Fault.Numbers(FaultKind.Data, "images are too large"u8, ushort.MaxValue, array.Dimension(i));
        layout.Images = array.Dimension(0);
        layout.Channels = 1;
        if (array.Rank == 2)
        {
            if (TrySquare(array.Dimension(1), out layout.Channels, out layout.Height))
            {
                layout.Width = layout.Height;
                return Fault.None;
            }
            return Fault.Of(FaultKind.Data, "the rows of the array are not square images"u8).WithHint(Wanted);
        }
        int first = array.Rank == 4 && IsChannels(array.Dimension(1)) ? 2 : 1;
        layout.ChannelsLast = array.Rank == 4 && first == 1;
        if (layout.ChannelsLast && !IsChannels(array.Dimension(3)))
            return Fault.Of(FaultKind.Data, "neither the second nor the last dimension is 1, 3 or 4 channels"u8).WithHint(Wanted);
        if (array.Rank == 4) layout.Channels = (int)array.Dimension(layout.ChannelsLast ? 3 : 1);
        layout.Height = (int)array.Dimension(first);
        layout.Width = (int)array.Dimension(first + 1);
        // With one channel, both orders are the same.
        if (layout.Channels == 1) layout.ChannelsLast = false;
        return Fault.None;
    }

    /// <summary>Returns true if this many numbers make a square image of one channel or of three.</summary>
    public static bool TrySquare(long numbers, out int channels, out int side)
    {
        channels = 1;
        if (TryRoot(numbers, out side)) return true;
        channels = 3;
        return numbers % 3 == 0 && TryRoot(numbers / 3, out side);
    }

    private static bool TryRoot(long number, out int root)
    {
        root = 0;
        if (number <= 0 || number > (long)ushort.MaxValue * ushort.MaxValue) return false;
        root = (int)Math.Sqrt(number);
        return (long)root * root == number;
    }

    private static bool IsChannels(long size) => size is 1 or 3 or 4;

    private static ReadOnlySpan<byte> Wanted => "images are N×H×W, N×C×H×W, N×H×W×C or N×(side²), with 1, 3 or 4 channels C"u8;
}
