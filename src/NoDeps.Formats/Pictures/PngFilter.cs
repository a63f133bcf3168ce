using System;

namespace NoDeps.Formats;

/// <summary>Undoes the filters of PNG rows, W3C PNG section 9, in place.</summary>
internal static unsafe class PngFilter
{
    /// <summary>Undoes the filter of one row.</summary>
    /// <param name="type">0 none, 1 sub, 2 up, 3 average, 4 Paeth.</param>
    /// <param name="row">The row; no bytes outside it are accessed.</param>
    /// <param name="above">The row above, unfiltered, or zeros.</param>
    /// <param name="length">Length of the row in bytes.</param>
    /// <param name="pixel">Bytes per pixel, at least 1.</param>
    internal static void Undo(int type, byte* row, byte* above, int length, int pixel)
    {
        if (PngFilterSse2.IsFor(type, pixel)) PngFilterSse2.Undo(type, row, above, length, pixel);
        else UndoScalar(type, row, above, length, pixel);
    }

    /// <summary>The scalar form of <see cref="Undo"/>, which defines the result.</summary>
    internal static void UndoScalar(int type, byte* row, byte* above, int length, int pixel)
    {
        int first = Math.Min(pixel, length);
        switch (type)
        {
            case 1:
                for (int i = first; i < length; i++) row[i] += row[i - pixel];
                break;
            case 2:
                for (int i = 0; i < length; i++) row[i] += above[i];
                break;
            case 3:
                for (int i = 0; i < first; i++) row[i] += (byte)(above[i] >> 1);
                for (int i = first; i < length; i++) row[i] += (byte)((row[i - pixel] + above[i]) >> 1);
                break;
            case 4:
                for (int i = 0; i < first; i++) row[i] += above[i];
                for (int i = first; i < length; i++) row[i] += (byte)Paeth(row[i - pixel], above[i], above[i - pixel]);
                break;
        }
    }

    /// <summary>Whichever of left, above and upper left is nearest to left + above − upper left; ties in that order.</summary>
    private static int Paeth(int left, int above, int corner)
    {
        int toLeft = above - corner, toAbove = left - corner;
        int toCorner = Math.Abs(toLeft + toAbove);
        toLeft = Math.Abs(toLeft);
        toAbove = Math.Abs(toAbove);
        if (toLeft <= toAbove && toLeft <= toCorner) return left;
        return toAbove <= toCorner ? above : corner;
    }
}
