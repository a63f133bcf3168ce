using NoDeps.Platform;
using NoDeps.Primitives;

namespace NoDeps.Cli;

/// <summary>Draws images with any number of channels in gray.</summary>
internal static unsafe class GrayDrawing
{
    /// <summary>Draws images from <paramref name="first"/> on, which must exist; color as its luma (ITU-R BT.601).</summary>
    public static Fault Draw(Console console, in LabeledImages images, long first, int count)
    {
        if (images.Columns > ImageDrawing.WidestImage)
            return Fault.Numbers(FaultKind.Data, "images too wide to draw"u8, ImageDrawing.WidestImage, images.Columns);
        byte* pixels = images.Images + first * images.ImageSize;
        if (images.Channels == 1)
        {
            ImageDrawing.Draw(console, pixels, images.Rows, images.Columns, count, first);
            return Fault.None;
        }
        long plane = (long)images.Rows * images.Columns;
        Fault fault = PageMemory.Take(plane * count, out byte* gray);
        if (!fault.IsNone) return fault;
        for (int i = 0; i < count; i++)
        {
            byte* red = pixels + i * images.ImageSize, green = red + plane, blue = green + plane;
            // Weights in 1/256; alpha, a fourth channel, is ignored.
            for (long at = 0; at < plane; at++) gray[i * plane + at] = (byte)((77 * red[at] + 150 * green[at] + 29 * blue[at]) >> 8);
        }
        ImageDrawing.Draw(console, gray, images.Rows, images.Columns, count, first);
        PageMemory.Return(gray, plane * count);
        return fault;
    }
}
