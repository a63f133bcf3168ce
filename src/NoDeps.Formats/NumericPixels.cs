using NoDeps.Primitives;

namespace NoDeps.Formats;

/// <summary>Converts images of any element type and layout to bytes: [image][channel][row][column].</summary>
public static unsafe class NumericPixels
{
    private const int Block = 1024;

    /// <summary>
    /// Scans all elements: integers from 0 to 255 are pixels; floating-point numbers that are all from 0 to 1 are to be scaled.
    /// If the array is neither, the fault names the first offending element.
    /// </summary>
    public static Fault Scan(scoped in NumericArray array, out PixelScale scale)
    {
        scale = PixelScale.AsIs;
        if (array.Type == NumericType.UInt8) return Fault.None;
        bool scaled = NumericTypes.IsScaled(array.Type), aboveOne = false;
        long fraction = -1;
        double fractionValue = 0;
        double* block = stackalloc double[Block];
        for (long at = 0; at < array.Count; at += Block)
        {
            int count = (int)System.Math.Min(Block, array.Count - at);
            array.Load(at, count, block);
            for (int i = 0; i < count; i++)
            {
                double value = block[i];
                // NaN fails this as well.
                if (!(value >= 0 && value <= 255)) return NotAPixel(array, at + i, value);
                if (!scaled) continue;
                aboveOne |= value > 1;
                if (fraction < 0 && value != (int)value)
                {
                    fraction = at + i;
                    fractionValue = value;
                }
                if (aboveOne && fraction >= 0) return NotAPixel(array, fraction, fractionValue);
            }
        }
        if (scaled && !aboveOne) scale = PixelScale.Times255;
        return Fault.None;
    }

    /// <summary>
    /// The number of bytes that <see cref="Convert"/> writes, one per element. The images must be within the layout.
    /// </summary>
    public static long SizeOf(scoped in ImageLayout layout, long images) => layout.ImageSize * images;

    /// <summary>Converts images <paramref name="first"/> to <paramref name="first"/> + <paramref name="images"/> − 1.</summary>
    /// <param name="array">An array accepted by <see cref="Scan"/>.</param>
    /// <param name="layout">Its layout, from <see cref="ImageLayout.Recognize"/>.</param>
    /// <param name="scale">Its scale, from <see cref="Scan"/>.</param>
    /// <param name="first">The first image.</param>
    /// <param name="images">The number of images.</param>
    /// <param name="to">Receives <see cref="SizeOf"/> bytes; must not overlap the array.</param>
    /// <returns>A fault of kind <see cref="FaultKind.Software"/> if the images are not within the array.</returns>
    public static Fault Convert(scoped in NumericArray array, scoped in ImageLayout layout, PixelScale scale, long first,
        long images, byte* to)
    {
        long size = layout.ImageSize;
        if (first < 0 || images < 0 || first > layout.Images - images || size <= 0 || array.Count / size < layout.Images)
            return Fault.Of(FaultKind.Software, "images outside their array"u8);
        if (!layout.ChannelsLast)
        {
            Range(array, scale, first * size, images * size, to);
            return Fault.None;
        }
        int channels = layout.Channels;
        long plane = (long)layout.Height * layout.Width;
        byte* pixels = stackalloc byte[Block * 4];
        for (long image = 0; image < images; image++, to += size)
        {
            for (long at = 0; at < plane; at += Block)
            {
                int count = (int)System.Math.Min(Block, plane - at);
                Range(array, scale, (first + image) * size + at * channels, (long)count * channels, pixels);
                for (int channel = 0; channel < channels; channel++)
                    for (int i = 0; i < count; i++) to[channel * plane + at + i] = pixels[i * channels + channel];
            }
        }
        return Fault.None;
    }

    private static void Range(scoped in NumericArray array, PixelScale scale, long start, long length, byte* to)
    {
        if (array.IsPlainBytes)
        {
            MemoryCopy.Copy(to, array.Data + start, (nuint)length);
            return;
        }
        double factor = scale == PixelScale.Times255 ? 255 : 1, half = scale == PixelScale.Times255 ? 0.5 : 0;
        double* block = stackalloc double[Block];
        for (long at = 0; at < length; at += Block)
        {
            int count = (int)System.Math.Min(Block, length - at);
            array.Load(start + at, count, block);
            for (int i = 0; i < count; i++) to[at + i] = (byte)(int)(block[i] * factor + half);
        }
    }

    private static Fault NotAPixel(scoped in NumericArray array, long index, double value)
    {
        var hint = new Utf8Writer(stackalloc byte[160]);
        hint.Text("pixels are integers from 0 to 255"u8);
        if (NumericTypes.IsScaled(array.Type)) hint.Text(", or all numbers from 0 to 1"u8);
        hint.Text("; these are of type "u8);
        hint.Text(NumericTypes.NameOf(array.Type));
        return ElementFault.At(array.OffsetOf(index), index, value, "is not a pixel"u8).WithHint(hint.Written);
    }
}
