namespace NoDeps.Formats;

/// <summary>
/// The eight orientations of EXIF and TIFF (tag 0x0112), which state where the first row and column of the stored picture
/// belong. Orientation 1 leaves the picture unchanged.
/// </summary>
public static unsafe class PictureOrientation
{
    /// <summary>Upright as stored.</summary>
    public const int Normal = 1;

    /// <summary>Returns true if width and height are swapped: 5 to 8.</summary>
    public static bool SwapsSides(int orientation) => orientation is >= 5 and <= 8;

    /// <summary>Rotates and mirrors a picture so that it is upright.</summary>
    /// <param name="from">The stored pixels, [height][width][channels].</param>
    /// <param name="width">Columns as stored.</param>
    /// <param name="height">Rows as stored.</param>
    /// <param name="channels">Bytes per pixel.</param>
    /// <param name="orientation">1 to 8; anything else counts as 1.</param>
    /// <param name="to">Receives as many bytes and must not overlap <paramref name="from"/>: [width][height][channels] if
    /// <see cref="SwapsSides"/>, otherwise [height][width][channels].</param>
    public static void Apply(byte* from, int width, int height, int channels, int orientation, byte* to)
    {
        nint column = channels, row = (nint)width * channels;
        nint lastColumn = (width - 1) * column, lastRow = (height - 1) * row;
        bool swaps = SwapsSides(orientation);
        // The corner of the stored picture that becomes the upper left one.
        bool fromRight = orientation is 2 or 3 or 7 or 8, fromBottom = orientation is 3 or 4 or 6 or 7;
        byte* first = from + (fromRight ? lastColumn : 0) + (fromBottom ? lastRow : 0);
        if (fromRight) column = -column;
        if (fromBottom) row = -row;
        nint right = swaps ? row : column, down = swaps ? column : row;
        int rows = swaps ? width : height, columns = swaps ? height : width;
        for (int y = 0; y < rows; y++)
        {
            byte* pixel = first + y * down;
            for (int x = 0; x < columns; x++, pixel += right)
                for (int c = 0; c < channels; c++) *to++ = pixel[c];
        }
    }
}
