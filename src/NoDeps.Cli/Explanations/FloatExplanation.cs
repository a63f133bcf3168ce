using System;
using NoDeps.Primitives;

namespace NoDeps.Cli;

/// <summary>
/// <c>nodeps explain float X</c> and <c>double X</c>: what a floating-point number is, and how the digits are found that
/// <see cref="FloatFormat.Shortest(Span{byte}, double)"/> prints.
/// </summary>
internal static class FloatExplanation
{
    private const int Room = RoundingInterval.RoomBytes + 4 * ExactDecimal.MaxDigits;
    private const int TextBytes = ExactDecimal.MaxDigits + 40;
    /// <summary>Characters of a number on a line.</summary>
    private const int LineColumns = 70;
    /// <summary>Characters of a number that is only shown in part.</summary>
    private const int PartColumns = 52;
    /// <summary>Zeros after the point, and digits before it, that a number has without an exponent.</summary>
    private const int MostZeros = 12, MostWhole = 25;
    /// <summary>From one neighbour to the other, and digits that tell where between them a number is.</summary>
    private const int ScaleColumns = 60, ScaleDigits = 19;
    private const int CandidateColumns = 27;

    public static void Binary64(Console console, ReadOnlySpan<byte> text, double value)
    {
        Span<byte> shortest = stackalloc byte[FloatFormat.FastRoom];
        int length = FloatFormat.Shortest(shortest, value);
        ulong bits = BitConverter.DoubleToUInt64Bits(value);
        Explain(console, text, bits, 52, 1023, FloatFormat.MostPoint64, shortest.Slice(0, length));
    }

    public static void Binary32(Console console, ReadOnlySpan<byte> text)
    {
        FloatParse.Single(text, out float value, out _);
        Span<byte> shortest = stackalloc byte[FloatFormat.FastRoom];
        int length = FloatFormat.Shortest(shortest, value);
        ulong bits = BitConverter.SingleToUInt32Bits(value);
        Explain(console, text, bits, 23, 127, FloatFormat.MostPoint32, shortest.Slice(0, length));
    }

    private static void Explain(Console console, ReadOnlySpan<byte> text, ulong bits, int fractionBits, int bias, int mostPoint,
        scoped ReadOnlySpan<byte> shortest)
    {
        int largest = 2 * bias + 1;
        int biased = (int)(bits >> fractionBits) & largest;
        int signBit = fractionBits == 52 ? 63 : 31;
        bool isNegative = (bits >> signBit) != 0;
        Template line = console.Draw("`$` as a number of binary$\n\n  "u8);
        line.Text(text);
        line.Integer(signBit + 1);
        line.End();
        for (int i = signBit; i >= 0; i--)
        {
            console.Style(i == signBit ? StyledText.Strong : i >= fractionBits ? StyledText.Named : StyledText.Plain);
            console.Out.Write((bits >> i & 1) != 0 ? "1"u8 : "0"u8);
            if (i == signBit || i == fractionBits) console.Out.Write(" "u8);
        }
        line = console.Draw("\n  sign `$`, exponent @$@ − $ = @$@, significand $.fraction$\n"u8);
        line.Text(isNegative ? "-"u8 : "+"u8);
        line.Integer(Math.Max(biased, 1));
        line.Integer(bias);
        line.Integer(Math.Max(biased, 1) - bias);
        line.Integer(biased == 0 ? 0 : 1);
        line.Text(biased == 0 ? "  (exponent 0 counts as 1)"u8 : biased == largest ? "  (all ones: not finite)"u8 : ""u8);
        line.End();
        bits &= (1UL << signBit) - 1;
        if (biased < largest && bits != 0) Finite(console, bits, fractionBits, bias + fractionBits, isNegative, mostPoint);
        line = console.Draw("\n  shortest text  `$`\n"u8);
        line.Text(shortest);
        line.End();
    }

    private static void Finite(Console console, ulong bits, int fractionBits, int bias, bool isNegative, int mostPoint)
    {
        Span<byte> room = stackalloc byte[Room];
        RoundingInterval interval = new(room);
        room = room.Slice(RoundingInterval.RoomBytes);
        ExactDecimal under = new(room.Slice(0, ExactDecimal.MaxDigits));
        ExactDecimal over = new(room.Slice(ExactDecimal.MaxDigits, ExactDecimal.MaxDigits));
        ExactDecimal lower = new(room.Slice(2 * ExactDecimal.MaxDigits, ExactDecimal.MaxDigits));
        ExactDecimal upper = new(room.Slice(3 * ExactDecimal.MaxDigits));
        interval.Set(bits, fractionBits, bias);
        ulong c = interval.Significand;
        int q = interval.Exponent;
        if (interval.IsNarrow) under.Set(2 * c - 1, q - 1);
        else under.Set(c - 1, q);
        over.Set(c + 1, q);

        Template line = console.Draw("  = $$ × 2^$, to the last digit:\n\n"u8);
        line.Text(isNegative ? "-"u8 : ""u8);
        line.Unsigned(c);
        line.Integer(q);
        line.End();
        console.Style(StyledText.Strong);
        Number(console, in interval.Exact, int.MaxValue);
        console.Draw(isNegative ? "\n  without its sign, what is around it:\n\n"u8 : "\n  what is around it:\n\n"u8).End();
        Line(console, "  ┼  next number   "u8, in over);
        Line(console, "  ]  half way      "u8, in interval.Above);
        Line(console, "  ┼  `the number    "u8, in interval.Exact);
        Line(console, "  [  half way      "u8, in interval.Below);
        Line(console, "  ┼  number before "u8, in under);

        console.Draw("\n  all between [ and ] reads back as the number; the ends "u8).End();
        console.Draw(interval.HasEnds ? "too (significand even)\n"u8 : "do not (it is odd)\n"u8).End();
        console.Draw("\n   n  cut after n digits             one more in the last digit\n"u8).End();
        bool isFound = false;
        for (int count = 1; !isFound; count++)
        {
            bool isUp = interval.Round(count, ref lower, ref upper);
            bool hasLower = interval.Contains(in lower);
            bool hasUpper = interval.Contains(in upper);
            console.Say("  $"u8).IntegerPadded(count, 2);
            console.Out.Write("   "u8);
            Candidate(console, in lower, mostPoint, hasLower);
            console.Out.Write("   "u8);
            Candidate(console, in upper, mostPoint, hasUpper);
            isFound = hasLower || hasUpper;
            if (hasLower && hasUpper)
            {
                console.Draw(lower.CompareTo(in interval.Exact) == 0 ? "\n       the number itself"u8
                    : isUp ? "\n       the second is closer"u8 : "\n       the first is closer, or as close and even"u8).End();
            }
            console.Out.Write("\n"u8);
            if (hasUpper && (isUp || !hasLower)) lower.Set(upper.Digits, upper.Point);
        }

        // Where the digits of the two neighbours part, the scale begins.
        int top = over.Point;
        while (under.DigitOf(top) == over.DigitOf(top)) top--;
        ulong first = Digits(in under, top);
        ulong width = Digits(in over, top) - first;
        int begin = Column(in interval.Below, top, first, width);
        int middle = Column(in interval.Exact, top, first, width);
        int end = Column(in interval.Above, top, first, width);
        console.Draw("\n  "u8).End();
        for (int i = 0; i <= ScaleColumns; i++)
        {
            if (i == begin) console.Style(StyledText.Named);
            bool isNumber = i == 0 || i == middle || i == ScaleColumns;
            console.Draw(i == begin ? "["u8 : i == end ? "]"u8 : isNumber ? "┼"u8 : "─"u8).End();
            if (i == end) console.Style(StyledText.Plain);
        }
        console.Say("\n  $"u8).Repeat((byte)' ', Column(in lower, top, first, width));
        console.Draw("`▲`\n"u8).End();
    }

    private static void Line(Console console, ReadOnlySpan<byte> name, scoped in ExactDecimal number)
    {
        console.Draw(name).End();
        Number(console, in number, PartColumns);
    }

    /// <summary>A decimal, and whether it reads back.</summary>
    private static void Candidate(Console console, scoped in ExactDecimal number, int mostPoint, bool isInside)
    {
        Span<byte> text = stackalloc byte[TextBytes];
        int length = FloatSpelling.General(text, number.Digits, number.Point, mostPoint);
        if (isInside) console.Style(StyledText.Strong);
        console.Say("$"u8).Text(text.Slice(0, length));
        console.Say("$"u8).Repeat((byte)' ', CandidateColumns - length);
        console.Out.Write(isInside ? "yes"u8 : " no"u8);
        console.Style(StyledText.Plain);
    }

    /// <summary>The digits on as many lines as they need, or as many of them as fit one.</summary>
    private static void Number(Console console, scoped in ExactDecimal number, int most)
    {
        Span<byte> text = stackalloc byte[TextBytes];
        int count = number.Count;
        int point = number.Point;
        bool isPlain = count == 0 || (point >= -MostZeros && point <= (most < count ? MostWhole : ExactDecimal.MaxDigits));
        int length = isPlain ? FloatSpelling.Plain(text, number.Digits, point, Math.Max(count - point, 0))
            : FloatSpelling.Exponential(text, number.Digits, point, count - 1, 2);
        // The exponent stays with what is left of the digits.
        int mantissa = length;
        if (!isPlain) while (text[--mantissa] != 'E') { }
        int shown = Math.Min(mantissa, most);
        for (int i = 0; i < shown; i += LineColumns)
        {
            if (most == int.MaxValue) console.Out.Write(i == 0 ? "    "u8 : "\n    "u8);
            console.Out.Write(text.Slice(i, Math.Min(LineColumns, shown - i)));
        }
        if (shown < mantissa) console.Out.Write("..."u8);
        console.Out.Write(text.Slice(mantissa, length - mantissa));
        console.Style(StyledText.Plain);
        console.Out.Write("\n"u8);
    }

    private static ulong Digits(scoped in ExactDecimal number, int top)
    {
        ulong digits = 0;
        for (int i = 0; i < ScaleDigits; i++) digits = 10 * digits + (ulong)number.DigitOf(top - i);
        return digits;
    }

    /// <summary>Where a number is between the neighbours.</summary>
    private static int Column(scoped in ExactDecimal number, int top, ulong first, ulong width) =>
        (int)((double)(long)((Digits(in number, top) - first) >> 1) / (long)(width >> 1) * ScaleColumns + 0.5);
}
