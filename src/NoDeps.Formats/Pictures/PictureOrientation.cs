namespace NoDeps.Formats;

/// <summary>
/// The eight ways in which a camera may have been held, as EXIF and TIFF number them (tag 0x0112): where the first row and
/// the first column of the stored picture belong. 1 leaves the picture as it is.
/// </summary>
public static unsafe class PictureOrientation
{
    /// <summary>As stored.</summary>
    public const int Normal = 1;

    /// <summary>True when width and height change places: 5 to 8.</summary>
    public static bool SwapsSides(int orientation) => orientation is >= 5 and <= 8;

    /// <summary>Turns and mirrors a picture so that it stands upright.</summary>
    /// <param name="from">The stored pixels, [height][width][channels].</param>
    /// <param name="width">Columns as stored.</param>
    /// <param name="height">Rows as stored.</param>
    /// <param name="channels">Bytes a pixel.</param>
    /// <param name="orientation">1 to 8; anything else counts as 1.</param>
    /// <param name="to">Takes as many bytes, no byte of <paramref name="from"/>: [width][height][channels] where
    /// <see cref="SwapsSides"/>, otherwise [height][width][channels].</param>
    public static void Apply(byte* from, int width, int height, int channels, int orientation, byte* to)
    {
        nint column = channels, row = (nint)width * channels;
        nint lastColumn = (width - 1) * column, lastRow = (height - 1) * row;
        bool swaps = SwapsSides(orientation);
        // Which corner of the stored picture is the upper left one.
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
