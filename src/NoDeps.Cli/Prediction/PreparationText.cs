using System;
using NoDeps.Formats;
using NoDeps.Network;

namespace NoDeps.Cli;

/// <summary>Describes the decisions about a picture.</summary>
internal static class PreparationText
{
    /// <summary>Describes a picture that was only scaled.</summary>
    public static void WriteScaled(Console console, ReadOnlySpan<byte> path, in PictureInfo info, Shape input, bool inverted)
    {
        WriteSize(console, path, in info);
        Template line = console.Print("  scaled by area averaging to $ x $$\n"u8);
        line.Integer(input.Columns);
        line.Integer(input.Rows);
        line.Text(inverted ? ", inverted"u8 : ""u8);
        line.End();
    }

    /// <summary>Describes the decisions about the whole picture.</summary>
    public static void WriteReport(Console console, ReadOnlySpan<byte> path, in PictureInfo info, in PreparationReport report)
    {
        WriteSize(console, path, in info);
        if (report.IsUnchanged)
        {
            console.Out.Write(report.IsInkDark
                ? "  polarity  the network's input size with a white border: inverted, otherwise unchanged\n"u8
                : "  polarity  the network's input size with a black border: unchanged\n"u8);
            return;
        }
        Template line = console.Print("  size      $ x $ after conversion to gray and area averaging\n  polarity  $\n"u8 +
            "  contrast  $ of 255 gray levels\n"u8);
        line.Integer(report.WorkColumns);
        line.Integer(report.WorkRows);
        line.Text(report.IsInkDark ? "dark ink on a light background: inverted"u8 : "light ink on a dark background: not inverted"u8);
        line.Fixed(report.Contrast, 0);
        line.End();
        if (report.Specks == 0) return;
        line = console.Print("  specks    $ $ ignored\n"u8);
        line.Count(report.Specks, "piece of ink"u8, "pieces of ink"u8);
        line.End();
    }

    /// <summary>Describes the decisions about one digit.</summary>
    public static void WriteDigit(Console console, in PreparationReport report, in PreparedDigit digit, int number, Shape input)
    {
        if (report.IsUnchanged) return;
        Template line;
        if (number >= 0)
        {
            line = console.Print("  digit #$\n"u8);
            line.Integer(number);
            line.End();
        }
        line = console.Print("  box       $ x $ at column $, row $\n  strokes   $ pixels wide in the input$\n"u8 +
            "  input     scaled to $ x $, center of mass in the middle of $ x $\n"u8);
        line.Integer(digit.Width);
        line.Integer(digit.Height);
        line.Integer(digit.Left);
        line.Integer(digit.Top);
        line.Fixed(digit.StrokeWidth, 1);
        line.Text(digit.IsThickened ? ": thickened"u8 : ""u8);
        line.Integer(digit.ScaledColumns);
        line.Integer(digit.ScaledRows);
        line.Integer(input.Columns);
        line.Integer(input.Rows);
        line.End();
    }

    private static void WriteSize(Console console, ReadOnlySpan<byte> path, in PictureInfo info)
    {
        Template line = console.Print("$\n  picture   $ x $ pixels, $ $\n"u8);
        line.Text(path);
        line.Integer(info.Width);
        line.Integer(info.Height);
        line.Count(info.Channels, "channel"u8, "channels"u8);
        line.End();
    }
}
