using NoDeps.Primitives;

namespace NoDeps.Network;

/// <summary>
/// Shift augmentation: moves an image by a few whole pixels, so that the network sees it at another position in every
/// epoch (LeCun, Bottou, Bengio and Haffner 1998, III.C, move their digits likewise). Pixels from outside are 0, the
/// background.
/// </summary>
public static unsafe class ImageShift
{
    /// <summary>
    /// The shift of an image: rows down and columns right, each uniform from −maxShift to maxShift, from the Philox block of
    /// the image's index; the bias of the distribution is less than (2 · maxShift + 1) / 2^32.
    /// </summary>
    public static void Draw(ulong seed, ulong stream, int image, int maxShift, int* down, int* right)
    {
        uint x0 = (uint)image, x1 = 0, x2 = (uint)stream, x3 = (uint)(stream >> 32);
        Philox.Block(ref x0, ref x1, ref x2, ref x3, (uint)seed, (uint)(seed >> 32));
        uint places = 2 * (uint)maxShift + 1;
        *down = (int)((ulong)x0 * places >> 32) - maxShift;
        *right = (int)((ulong)x1 * places >> 32) - maxShift;
    }

    /// <summary>
    /// Copies the image at <paramref name="from"/> to <paramref name="to"/>, shifted; both are [channel][row][column]
    /// bytes and do not overlap.
    /// </summary>
    public static void Apply(byte* from, byte* to, Shape shape, int down, int right)
    {
        int plane = shape.Rows * shape.Columns, columns = shape.Columns;
        int gap = right < 0 ? -right : right;
        bool isOutside = gap >= columns || down >= shape.Rows || -down >= shape.Rows;
        // Moved as one row of all pixels; what wraps from the end of a row to the start of the next is cleared
        // afterwards.
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
