using System;

namespace NoDeps.Formats;

/// <summary>
/// A digit into the network's input, as MNIST was made (LeCun, Bottou, Bengio and Haffner 1998, III.A): scaled by area to fit a box
/// of 20/28 of the input with its proportions kept, and moved so that its center of mass is the input's center.
/// </summary>
internal static unsafe class DigitPlacement
{
    /// <summary>Side of the box for an input of that side: 20 for 28.</summary>
    public static int BoxOf(int side) => Math.Max(1, (side * 20 + 14) / 28);

    /// <summary>The digit's size in the input: the larger it can be within the box.</summary>
    public static void Fit(int rows, int columns, int boxRows, int boxColumns, out int toRows, out int toColumns)
    {
        // Which side fills its box first.
        bool isTall = (long)rows * boxColumns >= (long)columns * boxRows;
        toRows = isTall ? boxRows : Math.Max(1, Rounded(rows * (double)boxColumns / columns));
        toColumns = isTall ? Math.Max(1, Rounded(columns * (double)boxRows / rows)) : boxColumns;
    }

    /// <summary>Scales and centers.</summary>
    /// <param name="ink">The digit, [row][column].</param>
    /// <param name="stride">Pixels from one row to the next.</param>
    /// <param name="rows">Its rows.</param>
    /// <param name="columns">Its columns.</param>
    /// <param name="scaled">Room for toRows × toColumns numbers.</param>
    /// <param name="toRows">From <see cref="Fit"/>.</param>
    /// <param name="toColumns">From <see cref="Fit"/>.</param>
    /// <param name="input">Takes inputRows × inputColumns pixels, 255 being the most ink.</param>
    /// <param name="inputRows">Rows of the input.</param>
    /// <param name="inputColumns">Columns of the input.</param>
    public static void Place(float* ink, int stride, int rows, int columns, float* scaled, int toRows, int toColumns, byte* input,
        int inputRows, int inputColumns)
    {
        AreaScaling.Scale(ink, stride, rows, columns, scaled, toRows, toColumns);
        double mass = 0, massRows = 0, massColumns = 0;
        float most = 0;
        for (int y = 0; y < toRows; y++)
        {
            for (int x = 0; x < toColumns; x++)
            {
                float value = scaled[y * toColumns + x];
                mass += value;
                massRows += value * (y + 0.5);
                massColumns += value * (x + 0.5);
                if (value > most) most = value;
            }
        }
        for (int i = 0; i < inputRows * inputColumns; i++) input[i] = 0;
        if (most == 0) return;
        int top = Offset(inputRows, toRows, massRows / mass), left = Offset(inputColumns, toColumns, massColumns / mass);
        for (int y = 0; y < toRows; y++)
        {
            for (int x = 0; x < toColumns; x++)
                input[(top + y) * inputColumns + left + x] = (byte)(scaled[y * toColumns + x] / most * 255 + 0.5f);
        }
    }

    private static int Offset(int side, int length, double center)
    {
        int offset = (int)Math.Floor(side / 2.0 - center + 0.5);
        return Math.Max(0, Math.Min(offset, side - length));
    }

    private static int Rounded(double value) => (int)(value + 0.5);
}
