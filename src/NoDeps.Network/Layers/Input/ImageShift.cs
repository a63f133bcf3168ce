using NoDeps.Primitives;

namespace NoDeps.Network;

/// <summary>
/// Shift augmentation: an image moved by a few whole pixels, so that in every epoch the network sees it somewhere else
/// (LeCun, Bottou, Bengio and Haffner 1998, III.C, move their digits so). Pixels from outside are 0, the background.
/// </summary>
public static unsafe class ImageShift
{
    /// <summary>
    /// Where an image goes: rows down and columns right, each uniform from −most to most, from the Philox block of the
    /// image's number; the few shifts likelier than others are so by less than (2 · most + 1) / 2^32.
    /// </summary>
    public static void Draw(ulong seed, ulong stream, int image, int most, int* down, int* right)
    {
        uint x0 = (uint)image, x1 = 0, x2 = (uint)stream, x3 = (uint)(stream >> 32);
        Philox.Block(ref x0, ref x1, ref x2, ref x3, (uint)seed, (uint)(seed >> 32));
        uint places = 2 * (uint)most + 1;
        *down = (int)((ulong)x0 * places >> 32) - most;
        *right = (int)((ulong)x1 * places >> 32) - most;
    }

    /// <summary>
    /// Writes the image at <paramref name="from"/> to <paramref name="to"/>, moved; both are [channel][row][column]
    /// bytes and do not overlap.
    /// </summary>
    public static void Apply(byte* from, byte* to, Shape shape, int down, int right)
    {
        int plane = shape.Rows * shape.Columns, columns = shape.Columns;
        int gap = right < 0 ? -right : right;
        bool isOutside = gap >= columns || down >= shape.Rows || -down >= shape.Rows;
        // Moved as one row of all pixels; what that carries from a row's end to the next row's start is cleared after.
        int offset = down * columns + right, start = offset > 0 ? offset : 0, end = offset < 0 ? plane + offset : plane;
        int firstGap = right < 0 ? columns + right : 0;
        for (int channel = 0; channel < shape.Channels; channel++, from += plane, to += plane)
        {
            if (isOutside)
            {
                MemoryFill.Fill(to, 0, (nuint)plane);
                continue;
            }
            MemoryFill.Fill(to, 0, (nuint)start);
            MemoryCopy.Copy(to + start, from + start - offset, (nuint)(end - start));
            MemoryFill.Fill(to + end, 0, (nuint)(plane - end));
            for (byte* row = to + firstGap; row < to + plane; row += columns)
            {
                for (int i = 0; i < gap; i++) row[i] = 0;
            }
        }
    }
}
