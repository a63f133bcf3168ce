using System.Runtime.InteropServices;
using FsCheck.Xunit;
using NoDeps.Formats;
using NoDeps.Tests.Primitives;
using Xunit;

namespace NoDeps.Tests.Formats.Preparation;

/// <summary>From pictures of strokes, drawn here, to 28 × 28 pixels.</summary>
public sealed unsafe class PicturePreparationTests
{
    private const int Side = 28;

    private static readonly PreparationOptions Mnist = new() { Rows = Side, Columns = Side };

    /// <summary>A picture of one channel: a ground, and rectangles of ink.</summary>
    private static byte[] Draw(int rows, int columns, Func<int, int, double> ground, double ink,
        params (int Top, int Left, int Bottom, int Right)[] strokes)
    {
        byte[] pixels = new byte[rows * columns];
        for (int y = 0; y < rows; y++)
        {
            for (int x = 0; x < columns; x++)
            {
                bool isInk = strokes.Any(s => y >= s.Top && y < s.Bottom && x >= s.Left && x < s.Right);
                pixels[y * columns + x] = (byte)Math.Clamp(ground(y, x) * (isInk ? ink : 1), 0, 255);
            }
        }
        return pixels;
    }

    private static (PreparationReport Report, PreparedDigit[] Digits, byte[][] Inputs) Prepare(byte[] pixels, int rows, int columns,
        int channels, PreparationOptions options)
    {
        int size = options.Rows * options.Columns, most = options.Segment ? PicturePreparation.MaxDigits : 1;
        byte[] inputs = new byte[size * most];
        PreparedDigit[] digits = new PreparedDigit[most];
        byte* room = (byte*)NativeMemory.AlignedAlloc((nuint)PicturePreparation.ScratchBytes(rows, columns, options), 64);
        PreparationReport report;
        fixed (byte* from = pixels, to = inputs)
        fixed (PreparedDigit* described = digits)
            report = PicturePreparation.Prepare(from, rows, columns, channels, options, room, to, described);
        NativeMemory.AlignedFree(room);
        return (report, digits[..report.Digits], [.. Enumerable.Range(0, report.Digits).Select(d => inputs[(d * size)..((d + 1) * size)])]);
    }

    private static (double Row, double Column) Center(byte[] input)
    {
        double mass = 0, rows = 0, columns = 0;
        for (int i = 0; i < input.Length; i++)
        {
            mass += input[i];
            rows += input[i] * (i / Side + 0.5);
            columns += input[i] * (i % Side + 0.5);
        }
        return (rows / mass, columns / mass);
    }

    [Theory]
    [InlineData(true, 100)]
    [InlineData(false, 100)]
    [InlineData(true, 733)]
    [InlineData(false, 1600)]
    public void AStrokeIsScaledIntoTheBoxAndCentered(bool isDark, int side)
    {
        // An upright stroke, a third as wide as it is high, in a corner.
        byte[] picture = Draw(side, side, (_, _) => isDark ? 230 : 25, isDark ? 0.1 : 9, (side / 10, side / 8, side / 2, side / 4));
        (PreparationReport report, PreparedDigit[] digits, byte[][] inputs) = Prepare(picture, side, side, 1, Mnist);
        Assert.Equal(isDark, report.IsInkDark);
        PreparedDigit digit = Assert.Single(digits);
        Assert.Equal(20, digit.ScaledRows);
        Assert.InRange(digit.ScaledColumns, 6, 7);
        (double row, double column) = Center(inputs[0]);
        Assert.InRange(row, 13.5, 14.5);
        Assert.InRange(column, 13.5, 14.5);
        Assert.Equal(255, inputs[0].Max());
        Assert.Equal(0, inputs[0][0]);
    }

    [Fact]
    public void LightThatFallsOffChangesLittle()
    {
        (int, int, int, int)[] seven = [(60, 80, 80, 220), (80, 190, 260, 220)];
        byte[] even = Prepare(Draw(300, 300, (_, _) => 220, 0.2, seven), 300, 300, 1, Mnist).Inputs[0];
        byte[] gradient = Prepare(Draw(300, 300, (y, x) => 230 - 0.45 * x - 0.1 * y, 0.2, seven), 300, 300, 1, Mnist).Inputs[0];
        byte[] shadow = Prepare(
            Draw(300, 300, (y, x) => 220 - Math.Clamp(x + y - 280, 0, 60) * 1.5, 0.2, seven), 300, 300, 1, Mnist).Inputs[0];
        foreach (byte[] other in new[] { gradient, shadow })
            Assert.InRange(even.Zip(other, (a, b) => Math.Abs(a - b)).Average(), 0, 12);
    }

    [Fact]
    public void WhatMnistHoldsPassesUnchangedAndItsNegativeIsInverted()
    {
        byte[] digit = Draw(Side, Side, (_, _) => 0, 1);
        for (int i = 0; i < 20; i++) digit[(4 + i) * Side + 13] = (byte)(255 - i);
        (PreparationReport report, _, byte[][] inputs) = Prepare(digit, Side, Side, 1, Mnist);
        Assert.True(report.IsUnchanged);
        Assert.Equal(digit, inputs[0]);
        byte[] negative = [.. digit.Select(value => (byte)(255 - value))];
        (report, _, inputs) = Prepare(negative, Side, Side, 1, Mnist);
        Assert.True(report.IsUnchanged && report.IsInkDark);
        Assert.Equal(digit, inputs[0]);
    }

    [Fact]
    public void AnEmptyPageHasNoDigits()
    {
        Assert.Equal(0, Prepare(Draw(120, 90, (_, _) => 200, 1), 120, 90, 1, Mnist).Report.Digits);
        // A little noise is no ink either.
        Random random = new(3);
        Assert.Equal(0, Prepare(Draw(200, 200, (_, _) => 200 + random.Next(-2, 3), 1), 200, 200, 1, Mnist).Report.Digits);
    }

    [Fact]
    public void SpecksAreLeftOut()
    {
        (int, int, int, int)[] strokes = [(40, 90, 160, 110), (10, 10, 13, 13), (180, 180, 183, 184)];
        (PreparationReport report, PreparedDigit[] digits, _) = Prepare(Draw(200, 200, (_, _) => 240, 0.1, strokes), 200, 200, 1, Mnist);
        Assert.Equal(2, report.Specks);
        Assert.InRange(digits[0].Height, 118, 124);
    }

    [Fact]
    public void AThinStrokeIsThickened()
    {
        (_, PreparedDigit[] digits, byte[][] inputs) =
            Prepare(Draw(200, 200, (_, _) => 240, 0.1, (20, 99, 180, 102)), 200, 200, 1, Mnist);
        Assert.True(digits[0].IsThickened);
        Assert.InRange(digits[0].StrokeWidth, 0.1, 1.5);
        Assert.InRange(inputs[0].Count(value => value > 64), 20, 80);
    }

    [Fact]
    public void DigitsAreFoundFromLeftToRight()
    {
        PreparationOptions options = Mnist;
        options.Segment = true;
        (int, int, int, int)[] strokes = [(20, 200, 80, 212), (20, 40, 80, 52), (20, 120, 30, 160), (45, 120, 80, 132)];
        (PreparationReport report, PreparedDigit[] digits, byte[][] inputs) =
            Prepare(Draw(100, 260, (_, _) => 240, 0.1, strokes), 100, 260, 1, options);
        Assert.Equal(3, report.Digits);
        Assert.Equal(digits.Select(digit => digit.Left).Order(), digits.Select(digit => digit.Left));
        // The bar above the second one's stem belongs to it.
        Assert.InRange(digits[1].Width, 38, 42);
        Assert.All(inputs, input => Assert.Equal(255, input.Max()));
    }

    [Fact]
    public void TransparentPicturesShowTheirInk()
    {
        byte[] pixels = new byte[100 * 100 * 4];
        for (int y = 20; y < 80; y++) for (int x = 45; x < 55; x++) pixels[(y * 100 + x) * 4 + 3] = 255;
        Assert.True(Prepare(pixels, 100, 100, 4, Mnist).Report.IsInkDark);
        for (int i = 0; i < pixels.Length; i++) if (i % 4 != 3) pixels[i] = 255;
        PreparationReport report = Prepare(pixels, 100, 100, 4, Mnist).Report;
        Assert.Equal(1, report.Digits);
        Assert.False(report.IsInkDark);
    }

    /// <summary>Any pixels of any shape: nothing outside the promised room is touched, and the same bytes come out twice.</summary>
    [Property(MaxTest = 300)]
    public void AnythingStaysWithinItsRoom(byte height, byte width, byte kind, bool segment, byte[] noise)
    {
        int rows = 1 + height % 60, columns = 1 + width % 60, channels = 1 + kind % 4;
        PreparationOptions options = new() { Rows = 1 + kind / 4 % 30, Columns = Side, Segment = segment };
        byte[] pixels = new byte[rows * columns * channels];
        for (int i = 0; i < pixels.Length; i++) pixels[i] = noise.Length == 0 ? kind : noise[(i + i / 7) % noise.Length];
        long bytes = PicturePreparation.ScratchBytes(rows, columns, options);
        int pages = (int)((bytes + 4095) / 4096);
        using var guarded = new GuardedRange(pages);
        byte* room = guarded.End - ((bytes + 7) & -8);
        byte[] inputs = new byte[options.Rows * options.Columns * PicturePreparation.MaxDigits];
        PreparedDigit[] digits = new PreparedDigit[PicturePreparation.MaxDigits];
        fixed (byte* from = pixels, to = inputs)
        fixed (PreparedDigit* described = digits)
        {
            PicturePreparation.Prepare(from, rows, columns, channels, options, room, to, described);
            byte[] first = [.. inputs];
            PicturePreparation.Prepare(from, rows, columns, channels, options, room, to, described);
            Assert.Equal(first, inputs);
        }
    }
}
