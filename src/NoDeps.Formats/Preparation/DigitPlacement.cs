using System;

namespace NoDeps.Formats;

/// <summary>
/// Places a digit in the network's input as in MNIST (LeCun, Bottou, Bengio and Haffner 1998, III.A): scales it by area averaging to
/// fit a box of 20/28 of the input, preserving its aspect ratio, and moves its center of mass to the center of the input.
/// </summary>
internal static unsafe class DigitPlacement
{
    /// <summary>The side of the box for an input of the given side: 20 for 28.</summary>
    public static int BoxSize(int side) => Math.Max(1, (side * 20 + 14) / 28);

    /// <summary>The size of the digit in the input: as large as fits in the box.</summary>
    public static void Fit(int rows, int columns, int boxRows, int boxColumns, out int toRows, out int toColumns)
    {
        // The side that limits the size.
        bool isTall = (long)rows * boxColumns >= (long)columns * boxRows;
        toRows = isTall ? boxRows : Math.Max(1, Round(rows * (double)boxColumns / columns));
        toColumns = isTall ? Math.Max(1, Round(columns * (double)boxRows / rows)) : boxColumns;
    }

    /// <summary>Scales and centers a digit.</summary>
    /// <param name="ink">The digit, [row][column].</param>
    /// <param name="stride">Pixels from one row to the next.</param>
    /// <param name="rows">Rows of the digit.</param>
    /// <param name="columns">Columns of the digit.</param>
    /// <param name="scaled">Scratch memory for toRows × toColumns numbers.</param>
    /// <param name="toRows">From <see cref="Fit"/>.</param>
    /// <param name="toColumns">From <see cref="Fit"/>.</param>
    /// <param name="input">Receives inputRows × inputColumns pixels; 255 is the maximum of ink.</param>
    /// <param name="inputRows">Rows of the input.</param>
    /// <param name="inputColumns">Columns of the input.</param>
    public static void Place(float* ink, int stride, int rows, int columns, float* scaled, int toRows, int toColumns, byte* input,
        int inputRows, int inputColumns)
    {
        AreaScaling.Scale(ink, stride, rows, columns, scaled, toRows, toColumns);
        double mass = 0, massRows = 0, massColumns = 0;
        float max = 0;
        for (int y = 0; y < toRows; y++)
        {
            for (int x = 0; x < toColumns; x++)
            {
                float value = scaled[y * toColumns + x];
                mass += value;
                massRows += value * (y + 0.5);
                massColumns += value * (x + 0.5);
                if (value > max) max = value;
            }
        }
        for (int i = 0; i < inputRows * inputColumns; i++) input[i] = 0;
        if (max == 0) return;
        int top = Offset(inputRows, toRows, massRows / mass), left = Offset(inputColumns, toColumns, massColumns / mass);
        for (int y = 0; y < toRows; y++)
        {
            for (int x = 0; x < toColumns; x++)
                input[(top + y) * inputColumns + left + x] = (byte)(scaled[y * toColumns + x] / max * 255 + 0.5f);
        }
    }

    private static int Offset(int side, int length, double center)
    {
        int offset = (int)Math.Floor(side / 2.0 - center + 0.5);
        return Math.Max(0, Math.Min(offset, side - length));
    }

    private static int Round(double value) => (int)(value + 0.5);
}
