using System;

namespace NoDeps.Formats;

/// <summary>
/// From a photograph, scan or drawing of digits to the network's input, in the way in which MNIST was made: gray, ink told from its
/// ground under uneven light, specks left out, bounding box, thin strokes thickened, scaled into a box, centered by mass.
/// </summary>
/// <remarks>
/// Results are the same on every machine: sums have a fixed order. Work and memory depend on the reduced picture only, which has at
/// most <see cref="MaxSide"/> rows and columns (<see cref="MaxRowSide"/> columns where several digits are looked for).
/// </remarks>
public static unsafe class PicturePreparation
{
    /// <summary>The most rows or columns of the reduced picture.</summary>
    public const int MaxSide = 200;
    /// <summary>The most columns where several digits are looked for.</summary>
    public const int MaxRowSide = 1600;
    /// <summary>The most digits of a picture.</summary>
    public const int MaxDigits = 64;

    /// <summary>Strokes of MNIST are 2 to 4 pixels wide; thinner ones become this.</summary>
    private const float UsualStroke = 2.0f;
    private const int Margin = 8;
    // A share of ink below the first counts as none, above the second as full.
    private const float NoInk = 0.15f, FullInk = 0.4f;

    /// <summary>Size of the reduced picture.</summary>
    public static void WorkSize(int rows, int columns, bool segment, out int workRows, out int workColumns)
    {
        int maxColumns = segment ? MaxRowSide : MaxSide;
        double scale = Smaller(1, Smaller((double)MaxSide / rows, (double)maxColumns / columns));
        // Rounding must not lead beyond the limits.
        workRows = Math.Max(1, Math.Min(MaxSide, (int)(rows * scale + 0.5)));
        workColumns = Math.Max(1, Math.Min(maxColumns, (int)(columns * scale + 0.5)));
    }

    /// <summary>Bytes of room that <see cref="Prepare"/> needs for a picture of that size.</summary>
    public static long RoomFor(int rows, int columns, in PreparationOptions options)
    {
        WorkSize(rows, columns, options.Segment, out int workRows, out int workColumns);
        long padded = (workRows + 2L * Margin) * (workColumns + 2L * Margin);
        long input = (long)options.Rows * options.Columns;
        return InkMap.RoomFor(workRows, workColumns) * sizeof(double) + (3L * workRows * workColumns + 3 * padded + workColumns + input)
            * sizeof(float) + (InkComponents.MaxCount + MaxDigits) * (long)sizeof(InkComponent) + 64;
    }

    /// <summary>Prepares a picture.</summary>
    /// <param name="pixels">[row][column][channel]; 1 to 4 channels: gray, gray and alpha, RGB, RGBA.</param>
    /// <param name="rows">At least 1.</param>
    /// <param name="columns">At least 1.</param>
    /// <param name="channels">1 to 4.</param>
    /// <param name="options">What for.</param>
    /// <param name="room">As many bytes as <see cref="RoomFor"/> says, 8-byte aligned.</param>
    /// <param name="inputs">
    /// Takes the digits one after the other, <see cref="PreparationOptions.Rows"/> × <see cref="PreparationOptions.Columns"/> bytes
    /// each; room for 1, or for <see cref="MaxDigits"/> with <see cref="PreparationOptions.Segment"/>.
    /// </param>
    /// <param name="digits">Takes as many descriptions.</param>
    /// <returns>What was found; no digits where nothing stands out from its ground.</returns>
    public static PreparationReport Prepare(byte* pixels, int rows, int columns, int channels, in PreparationOptions options, byte* room,
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
        double* sums = (double*)room;
        float* gray = (float*)(sums + InkMap.RoomFor(workRows, workColumns)), ink = gray + count, ground = ink + count;
        float* rest = ground + count;
        GrayScaling.Reduce(pixels, rows, columns, channels, gray, workRows, workColumns, rest);
        if (!InkMap.Find(gray, workRows, workColumns, options.Polarity, ink, ground, sums, ref report)) return report;
        InkComponent* pieces = (InkComponent*)rest, boxes = pieces + InkComponents.MaxCount;
        int* labels = (int*)gray;
        int found = InkComponents.Find(ink, workRows, workColumns, labels, (int*)ground, pieces);
        if (found == 0) return report;
        if (options.Segment)
        {
            report.Digits = DigitGrouping.Row(pieces, found, boxes, MaxDigits, out report.Specks);
        }
        else
        {
            boxes[0] = DigitGrouping.Single(pieces, found, out report.Specks);
            report.Digits = 1;
        }
        float* work = (float*)(boxes + MaxDigits);
        for (int d = 0; d < report.Digits; d++)
        {
            byte* input = inputs + (long)d * options.Rows * options.Columns;
            digits[d] = Finish(ink, labels, pieces, in boxes[d], d, workColumns, in options, work, input);
        }
        return report;
    }

    /// <summary>Cuts one digit out, thickens it where it is thin, and places it.</summary>
    private static PreparedDigit Finish(float* ink, int* labels, InkComponent* pieces, in InkComponent box, int number, int stride,
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
                if (label == 0 || pieces[label - 1].Digit != number) continue;
                float share = (ink[y * stride + x] - NoInk) / (FullInk - NoInk);
                cut[(y - box.Top + Margin) * columns + x - box.Left + Margin] = share < 0 ? 0 : share > 1 ? 1 : share;
            }
        }
        PreparedDigit digit = default;
        int boxRows = DigitPlacement.BoxOf(options.Rows), boxColumns = DigitPlacement.BoxOf(options.Columns);
        digit.Height = box.Bottom - box.Top;
        digit.Width = box.Right - box.Left;
        digit.Top = box.Top;
        digit.Left = box.Left;
        double scale = Smaller((double)boxRows / digit.Height, (double)boxColumns / digit.Width);
        float width = StrokeWidth.Measure(cut, rows, columns), usual = (float)(UsualStroke * Math.Min(boxRows, boxColumns) / 20 / scale);
        digit.StrokeWidth = (float)(width * scale);
        if (width < usual)
        {
            float radius = (float)Smaller((usual - width) / 2, Margin - 2);
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

    private static double Smaller(double a, double b) => a < b ? a : b;

    /// <summary>The rectangle around everything that is at least half ink; all of it where nothing is.</summary>
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
    /// A gray picture of the input's size with a plain border is taken as it is where the border is black, and inverted where it is
    /// white.
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
