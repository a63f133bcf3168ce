using System;

namespace NoDeps.Formats;

/// <summary>
/// Converts a photograph, scan or drawing of digits to the network's input in the style of MNIST: converts it to gray, separates ink
/// from background under uneven lighting, removes specks, crops, thickens thin strokes, scales into a box and centers by mass.
/// </summary>
/// <remarks>
/// Results are the same on every machine: sums have a fixed order. Except for the reduction, time and memory depend only on the reduced
/// picture, which has at most <see cref="MaxSide"/> rows and columns (<see cref="MaxRowSide"/> columns when segmenting).
/// </remarks>
public static unsafe class PicturePreparation
{
    /// <summary>The maximum number of rows or columns of the reduced picture.</summary>
    public const int MaxSide = 200;
    /// <summary>The maximum number of columns of the reduced picture when segmenting.</summary>
    public const int MaxRowSide = 1600;
    /// <summary>The maximum number of digits in a picture.</summary>
    public const int MaxDigits = 64;

    /// <summary>Strokes in MNIST are 2 to 4 pixels wide; thinner ones are thickened to this width.</summary>
    private const float TypicalStroke = 2.0f;
    private const int Margin = 8;
    // An amount of ink below the first counts as none, above the second as full.
    private const float NoInk = 0.15f, FullInk = 0.4f;

    /// <summary>Computes the size of the reduced picture.</summary>
    public static void WorkSize(int rows, int columns, bool segment, out int workRows, out int workColumns)
    {
        int maxColumns = segment ? MaxRowSide : MaxSide;
        double scale = Min(1, Min((double)MaxSide / rows, (double)maxColumns / columns));
        // Rounding must not exceed the limits.
        workRows = Math.Max(1, Math.Min(MaxSide, (int)(rows * scale + 0.5)));
        workColumns = Math.Max(1, Math.Min(maxColumns, (int)(columns * scale + 0.5)));
    }

    /// <summary>The size in bytes of the scratch memory that <see cref="Prepare"/> needs for a picture.</summary>
    public static long ScratchBytes(int rows, int columns, in PreparationOptions options)
    {
        WorkSize(rows, columns, options.Segment, out int workRows, out int workColumns);
        long padded = (workRows + 2L * Margin) * (workColumns + 2L * Margin);
        long input = (long)options.Rows * options.Columns;
        return InkMap.ScratchLength(workRows, workColumns) * sizeof(double)
            + (3L * workRows * workColumns + 3 * padded + workColumns + input) * sizeof(float)
            + (InkComponents.MaxCount + MaxDigits) * (long)sizeof(InkComponent) + 64;
    }

    /// <summary>Prepares a picture.</summary>
    /// <param name="pixels">[row][column][channel]; 1 to 4 channels: gray, gray and alpha, RGB, RGBA.</param>
    /// <param name="rows">At least 1.</param>
    /// <param name="columns">At least 1.</param>
    /// <param name="channels">1 to 4.</param>
    /// <param name="options">The size of the input, and what is known about the picture.</param>
    /// <param name="scratch">Scratch memory of <see cref="ScratchBytes"/>, 8-byte aligned.</param>
    /// <param name="inputs">
    /// Receives the digits, <see cref="PreparationOptions.Rows"/> × <see cref="PreparationOptions.Columns"/> bytes each; its capacity
    /// is 1 digit, or <see cref="MaxDigits"/> with <see cref="PreparationOptions.Segment"/>.
    /// </param>
    /// <param name="digits">Receives one description per digit.</param>
    /// <returns>The result; it has no digits if nothing stands out from the background.</returns>
    public static PreparationReport Prepare(byte* pixels, int rows, int columns, int channels, in PreparationOptions options, byte* scratch,
        byte* inputs, PreparedDigit* digits)
    {
        PreparationReport report = default;
        if (!options.Segment && TryAsIs(pixels, rows, columns, channels, in options, inputs, ref report))
        {
            digits[0] = new PreparedDigit { Height = rows, Width = columns, ScaledRows = rows, ScaledColumns = columns };
            return report;
        }
        WorkSize(rows, columns, options.Segment, out int workRows, out int workColumns);
        report.WorkRows = workRows;
        report.WorkColumns = workColumns;
        int count = workRows * workColumns;
        double* sums = (double*)scratch;
        float* gray = (float*)(sums + InkMap.ScratchLength(workRows, workColumns)), ink = gray + count, background = ink + count;
        float* rest = background + count;
        GrayScaling.Reduce(pixels, rows, columns, channels, gray, workRows, workColumns, rest);
        if (!InkMap.Find(gray, workRows, workColumns, options.Polarity, ink, background, sums, ref report)) return report;
        InkComponent* components = (InkComponent*)rest, boxes = components + InkComponents.MaxCount;
        int* labels = (int*)gray;
        int found = InkComponents.Find(ink, workRows, workColumns, labels, (int*)background, components);
        if (found == 0) return report;
        if (options.Segment)
        {
            report.Digits = DigitGrouping.Row(components, found, boxes, MaxDigits, out report.Specks);
        }
        else
        {
            boxes[0] = DigitGrouping.Single(components, found, out report.Specks);
            report.Digits = 1;
        }
        float* work = (float*)(boxes + MaxDigits);
        for (int d = 0; d < report.Digits; d++)
        {
            byte* input = inputs + (long)d * options.Rows * options.Columns;
            digits[d] = Finish(ink, labels, components, in boxes[d], d, workColumns, in options, work, input);
        }
        return report;
    }

    /// <summary>Cuts out one digit, thickens it if its strokes are thin, and places it.</summary>
    private static PreparedDigit Finish(float* ink, int* labels, InkComponent* components, in InkComponent box, int number, int stride,
        in PreparationOptions options, float* work, byte* input)
    {
        int rows = box.Bottom - box.Top + 2 * Margin, columns = box.Right - box.Left + 2 * Margin;
        float* cut = work, other = cut + (long)rows * columns, scaled = other + (long)rows * columns;
        for (int i = 0; i < rows * columns; i++) cut[i] = 0;
        for (int y = box.Top; y < box.Bottom; y++)
        {
            for (int x = box.Left; x < box.Right; x++)
            {
                int label = labels[y * stride + x];
                if (label == 0 || components[label - 1].Digit != number) continue;
                float share = (ink[y * stride + x] - NoInk) / (FullInk - NoInk);
                cut[(y - box.Top + Margin) * columns + x - box.Left + Margin] = share < 0 ? 0 : share > 1 ? 1 : share;
            }
        }
        PreparedDigit digit = default;
        int boxRows = DigitPlacement.BoxSize(options.Rows), boxColumns = DigitPlacement.BoxSize(options.Columns);
        digit.Height = box.Bottom - box.Top;
        digit.Width = box.Right - box.Left;
        digit.Top = box.Top;
        digit.Left = box.Left;
        double scale = Min((double)boxRows / digit.Height, (double)boxColumns / digit.Width);
        float width = StrokeWidth.Measure(cut, rows, columns);
        float typical = (float)(TypicalStroke * Math.Min(boxRows, boxColumns) / 20 / scale);
        digit.StrokeWidth = (float)(width * scale);
        if (width < typical)
        {
            float radius = (float)Min((typical - width) / 2, Margin - 2);
            StrokeWidth.Thicken(cut, rows, columns, radius, other);
            cut = other;
            digit.IsThickened = true;
        }
        Bounds(cut, rows, columns, out int top, out int bottom, out int left, out int right);
        DigitPlacement.Fit(bottom - top, right - left, boxRows, boxColumns, out digit.ScaledRows, out digit.ScaledColumns);
        DigitPlacement.Place(cut + (long)top * columns + left, columns, bottom - top, right - left, scaled, digit.ScaledRows,
            digit.ScaledColumns, input, options.Rows, options.Columns);
        return digit;
    }

    private static double Min(double a, double b) => a < b ? a : b;

    /// <summary>The bounding box of all pixels with at least half ink; the whole picture if there are none.</summary>
    private static void Bounds(float* ink, int rows, int columns, out int top, out int bottom, out int left, out int right)
    {
        top = rows;
        left = columns;
        bottom = right = 0;
        for (int y = 0; y < rows; y++)
        {
            for (int x = 0; x < columns; x++)
            {
                if (ink[y * columns + x] < 0.5f) continue;
                if (y < top) top = y;
                if (x < left) left = x;
                if (y >= bottom) bottom = y + 1;
                if (x >= right) right = x + 1;
            }
        }
        if (bottom > 0) return;
        top = left = 0;
        bottom = rows;
        right = columns;
    }

    /// <summary>
    /// A gray picture that has the size of the input and a plain border is used unchanged if the border is black, and inverted if it
    /// is white.
    /// </summary>
    private static bool TryAsIs(byte* pixels, int rows, int columns, int channels, in PreparationOptions options, byte* input,
        ref PreparationReport report)
    {
        const int Plain = 32;
        if (rows != options.Rows || columns != options.Columns || channels != 1) return false;
        long sum = 0;
        int count = 0;
        for (int y = 0; y < rows; y++)
        {
            for (int x = 0; x < columns; x++)
            {
                if (y != 0 && x != 0 && y != rows - 1 && x != columns - 1) continue;
                sum += pixels[y * columns + x];
                count++;
            }
        }
        bool isBlack = sum < (long)Plain * count && options.Polarity != InkPolarity.Dark;
        bool isWhite = sum > (255L - Plain) * count && options.Polarity != InkPolarity.Light;
        if (!isBlack && !isWhite) return false;
        for (int i = 0; i < rows * columns; i++) input[i] = (byte)(isWhite ? 255 - pixels[i] : pixels[i]);
        report = new PreparationReport
        {
            IsUnchanged = true,
            IsInkDark = isWhite,
            Contrast = 255,
            WorkRows = rows,
            WorkColumns = columns,
            Digits = 1,
        };
        return true;
    }
}
