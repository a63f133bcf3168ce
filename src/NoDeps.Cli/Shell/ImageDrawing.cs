using System;
using NoDeps.Primitives;

namespace NoDeps.Cli;

/// <summary>Draws gray images in the terminal, side by side as far as its width allows.</summary>
internal static unsafe class ImageDrawing
{
    private const int WidestRow = 1 << 15;
    private const int Gap = 2;

    /// <summary>Maximum columns: an image's line of escape sequences fits the buffer.</summary>
    public const int WidestImage = 512;

    private const int PlainColumnsAPixel = 2;

    /// <summary>Characters from background to ink.</summary>
    private static ReadOnlySpan<byte> Ramp => " .:-=+*#%@"u8;

    /// <summary>
    /// Draws <paramref name="count"/> images of <paramref name="rows"/> × <paramref name="columns"/> bytes, each with a
    /// caption line, its number; negative for no captions. In color two pixels share a character cell (an upper half
    /// block); otherwise a pixel is two characters wide so that it looks square.
    /// </summary>
    public static void Draw(Console console, byte* images, int rows, int columns, int count, long firstNumber)
    {
        bool colors = console.HasColors;
        int width = colors ? columns : columns * PlainColumnsAPixel;
        int across = (console.Out.Columns + Gap) / (width + Gap);
        across = Math.Max(1, Math.Min(across, WidestImage / columns));
        byte* buffer = stackalloc byte[WidestRow];
        for (int i = 0; i < count; i += across)
        {
            int n = Math.Min(across, count - i);
            byte* first = images + (long)i * rows * columns;
            if (firstNumber >= 0) Captions(console, firstNumber + i, n, width, buffer);
            for (int row = 0; row < rows; row += colors ? 2 : 1)
            {
                Utf8Writer writer = new(new Span<byte>(buffer, WidestRow));
                for (int k = 0; k < n; k++)
                {
                    byte* line = first + ((long)k * rows + row) * columns;
                    if (k > 0) writer.Repeat((byte)' ', Gap);
                    if (colors) ColorLine(ref writer, line, columns, row + 1 < rows);
                    else PlainLine(ref writer, line, columns);
                }
                writer.Byte((byte)'\n');
                console.Out.Write(writer.Written);
            }
        }
    }

    private static void Captions(Console console, long number, int count, int width, byte* buffer)
    {
        Utf8Writer writer = new(new Span<byte>(buffer, WidestRow));
        for (int k = 0; k < count; k++)
        {
            writer.PadTo(k * (width + Gap));
            writer.Byte((byte)'#');
            writer.Integer(number + k);
        }
        writer.Byte((byte)'\n');
        console.Out.Write(writer.Written);
    }

    private static void PlainLine(ref Utf8Writer writer, byte* line, int columns)
    {
        for (int x = 0; x < columns; x++)
        {
            byte ink = Ramp[line[x] * (Ramp.Length - 1) / 255];
            writer.Repeat(ink, PlainColumnsAPixel);
        }
    }

    /// <summary>The upper pixel in the foreground, the lower one in the background; 24 grays of the 256 colors.</summary>
    private static void ColorLine(ref Utf8Writer writer, byte* line, int columns, bool hasLower)
    {
        int upperNow = -1;
        int lowerNow = -1;
        for (int x = 0; x < columns; x++)
        {
            int upper = Gray(line[x]);
            int lower = hasLower ? Gray(line[x + columns]) : Gray(0);
            if (upper != upperNow) Escape(ref writer, "\u001b[38;5;"u8, upper);
            if (lower != lowerNow) Escape(ref writer, "\u001b[48;5;"u8, lower);
            upperNow = upper;
            lowerNow = lower;
            writer.Text("▀"u8);
        }
        writer.Text("\u001b[0m"u8);
    }

    private static int Gray(byte value) => 232 + value * 23 / 255;

    private static void Escape(ref Utf8Writer writer, ReadOnlySpan<byte> prefix, int color)
    {
        writer.Text(prefix);
        writer.Integer(color);
        writer.Byte((byte)'m');
    }
}
