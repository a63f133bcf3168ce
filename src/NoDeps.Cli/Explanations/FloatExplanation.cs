using System;
using System.Runtime.CompilerServices;
using NoDeps.Primitives;

namespace NoDeps.Cli;

/// <summary>
/// <c>nodeps explain float X</c> and <c>double X</c>: the anatomy of a floating-point number, and how
/// <see cref="FloatFormat.Shortest(Span{byte}, double)"/> finds the digits that it prints.
/// </summary>
internal static unsafe class FloatExplanation
{
    private const int Room = RoundingInterval.BufferBytes + 4 * ExactDecimal.MaxDigits;
    private const int TextBytes = ExactDecimal.MaxDigits + 40;
    /// <summary>Characters of a number on a line.</summary>
    private const int LineColumns = 70;
    /// <summary>Characters of a number that is only partly shown.</summary>
    private const int PartColumns = 52;
    /// <summary>Zeros after the point, and digits before it, of a number without an exponent.</summary>
    private const int MaxZeros = 12, MaxWhole = 25;
    /// <summary>The digits of the scale between the neighbors.</summary>
    private const int ScaleColumns = 60, ScaleDigits = 19;
    private const int CandidateColumns = 27;

    public static void Binary64(Console console, byte* text, double value)
    {
        byte* shortest = stackalloc byte[FloatFormat.FastPathLength];
        shortest[FloatFormat.Shortest(new Span<byte>(shortest, FloatFormat.FastPathLength), value)] = 0;
        Explain(console, text, BitConverter.DoubleToUInt64Bits(value), 52, 1023, shortest);
    }

    public static void Binary32(Console console, byte* text, float value)
    {
        byte* shortest = stackalloc byte[FloatFormat.FastPathLength];
        shortest[FloatFormat.Shortest(new Span<byte>(shortest, FloatFormat.FastPathLength), value)] = 0;
        Explain(console, text, BitConverter.SingleToUInt32Bits(value), 23, 127, shortest);
    }

    private static void Explain(Console console, byte* text, ulong bits, int fractionBits, int bias, byte* shortest)
    {
        int largest = 2 * bias + 1;
        int biased = (int)(bits >> fractionBits) & largest;
        int signBit = fractionBits == 52 ? 63 : 31;
        long* v = stackalloc long[6];
        v[0] = (long)text;
        v[1] = signBit + 1;
        Diagram.Draw(console, "`$z` as a number of binary$i\n\n  "u8, v);
        for (int i = signBit; i >= 0; i--)
        {
            console.Style(i == signBit ? StyledText.Strong : i >= fractionBits ? StyledText.Named : StyledText.Plain);
            console.Write((bits >> i & 1) != 0 ? "1"u8 : "0"u8);
            if (i == signBit || i == fractionBits) console.Write(" "u8);
        }
        v[0] = Diagram.Text((bits >> signBit) != 0 ? "-\0"u8 : "+\0"u8);
        v[1] = Math.Max(biased, 1);
        v[2] = bias;
        v[3] = v[1] - bias;
        v[4] = biased == 0 ? 0 : 1;
        Diagram.Draw(console, "\n  sign `$z`, exponent @$i@ − $i = @$i@, significand $i.fraction"u8, v);
        if (biased == 0) console.Write(" (subnormal)"u8);
        if (biased == largest) console.Write(" (not finite)"u8);
        bits &= (1UL << signBit) - 1;
        if (biased < largest && bits != 0) Finite(console, bits, fractionBits, bias + fractionBits, v);
        v[0] = (long)shortest;
        Diagram.Draw(console, "\n\n  shortest text  `$z`\n"u8, v);
    }

    private static void Finite(Console console, ulong bits, int fractionBits, int bias, long* v)
    {
        int maxPoint = fractionBits == 52 ? NoDeps.Primitives.Binary64.MaxDigits : NoDeps.Primitives.Binary32.MaxDigits;
        byte* room = stackalloc byte[Room];
        RoundingInterval interval = new(new Span<byte>(room, RoundingInterval.BufferBytes));
        ExactDecimal under = At(room, 0);
        ExactDecimal over = At(room, 1);
        ExactDecimal lower = At(room, 2);
        ExactDecimal upper = At(room, 3);
        interval.Set(bits, fractionBits, bias);
        ulong c = interval.Significand;
        int q = interval.Exponent;
        int half = interval.IsNarrow ? 1 : 0;
        under.Set((c << half) - 1, q - half);
        over.Set(c + 1, q);

        v[0] = (long)c;
        v[1] = q;
        Diagram.Draw(console, "\n  = $u × 2^$i, exactly:\n\n"u8, v);
        Number(console, "`"u8, in interval.Exact, int.MaxValue);
        console.Write("\n  its neighborhood, without the sign:\n\n"u8);
        Number(console, "  ┼  next          "u8, in over, PartColumns);
        Number(console, "  ]  halfway       "u8, in interval.Above, PartColumns);
        Number(console, "  ┼  `the number    "u8, in interval.Exact, PartColumns);
        Number(console, "  [  halfway       "u8, in interval.Below, PartColumns);
        Number(console, "  ┼  previous      "u8, in under, PartColumns);
        console.Write("\n  decimals from [ to ] parse as the number; ends "u8);
        console.Write(interval.IncludesEnds ? "included (even significand)\n"u8 : "excluded (odd significand)\n"u8);

        v[2] = 0;
        console.Write("\n   n   truncated to n digits          plus 1 in the last digit\n"u8);
        while (true)
        {
            int count = (int)++v[2];
            bool isUp = interval.Round(count, ref lower, ref upper);
            bool hasLower = interval.Contains(in lower);
            bool hasUpper = interval.Contains(in upper);
            Diagram.Draw(console, "  $2   "u8, v + 2);
            Candidate(console, in lower, maxPoint, hasLower);
            console.Write("   "u8);
            Candidate(console, in upper, maxPoint, hasUpper);
            console.Write("\n"u8);
            if (!hasLower && !hasUpper) continue;
            if (hasLower && hasUpper)
            {
                console.Write(lower.CompareTo(in interval.Exact) == 0 ? "       the number itself\n"u8
                    : isUp ? "       the second is closer\n"u8 : "       the first is closer, or as close and even\n"u8);
            }
            if (hasUpper && (isUp || !hasLower)) lower.Set(upper.Digits, upper.Point);
            break;
        }

        // The scale begins where the digits of the two neighbors differ.
        int top = over.Point;
        while (under.DigitOf(top) == over.DigitOf(top)) top--;
        ulong first = Digits(in under, top);
        ulong width = Digits(in over, top) - first;
        int begin = Column(in interval.Below, top, first, width);
        int middle = Column(in interval.Exact, top, first, width);
        int end = Column(in interval.Above, top, first, width);
        console.Write("\n  "u8);
        for (int i = 0; i <= ScaleColumns; i++)
        {
            bool isNumber = i == 0 || i == middle || i == ScaleColumns;
            console.Write(i == begin ? "@["u8 : i == end ? "]@"u8 : isNumber ? "┼"u8 : "─"u8);
        }
        console.Write("\n  "u8);
        for (int i = Column(in lower, top, first, width); i > 0; i--) console.Write(" "u8);
        console.Write("`▲`"u8);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static ExactDecimal At(byte* room, int number) =>
        new(new Span<byte>(room + RoundingInterval.BufferBytes + number * ExactDecimal.MaxDigits, ExactDecimal.MaxDigits));

    /// <summary>A decimal, and whether it reads back.</summary>
    private static void Candidate(Console console, scoped in ExactDecimal number, int maxPoint, bool isInside)
    {
        byte* text = stackalloc byte[TextBytes];
        int length = FloatNotation.General(new Span<byte>(text, TextBytes), number.Digits, number.Point, maxPoint);
        for (; length < CandidateColumns; length++) text[length] = (byte)' ';
        if (isInside) console.Style(StyledText.Strong);
        console.Write(new ReadOnlySpan<byte>(text, length));
        console.Write(isInside ? "yes"u8 : " no"u8);
        console.Style(StyledText.Plain);
    }

    /// <summary>The digits on as many lines as they need, or as many of them as fit one line.</summary>
    private static void Number(Console console, ReadOnlySpan<byte> name, scoped in ExactDecimal number, int most)
    {
        byte* text = stackalloc byte[TextBytes];
        Span<byte> room = new(text, TextBytes);
        int count = number.Count;
        int point = number.Point;
        bool isPlain = point >= -MaxZeros && point <= (most < count ? MaxWhole : ExactDecimal.MaxDigits);
        int length = isPlain ? FloatNotation.Plain(room, number.Digits, point, Math.Max(count - point, 0))
            : FloatNotation.Exponential(room, number.Digits, point, count - 1, 2);
        // The exponent stays with the rest of the digits.
        int mantissa = length;
        if (!isPlain) while (text[--mantissa] != 'E') { }
        int shown = Math.Min(mantissa, most);
        console.Write(name);
        for (int i = 0; i < shown; i += LineColumns)
        {
            if (most == int.MaxValue) console.Write(i == 0 ? "    "u8 : "\n    "u8);
            console.Write(new ReadOnlySpan<byte>(text + i, Math.Min(LineColumns, shown - i)));
        }
        if (shown < mantissa) console.Write("..."u8);
        console.Write(new ReadOnlySpan<byte>(text + mantissa, length - mantissa));
        console.Style(StyledText.Plain);
        console.Write("\n"u8);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static ulong Digits(scoped in ExactDecimal number, int top)
    {
        ulong digits = 0;
        for (int i = 0; i < ScaleDigits; i++) digits = 10 * digits + (ulong)number.DigitOf(top - i);
        return digits;
    }

    /// <summary>The position of a number between its neighbors.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static int Column(scoped in ExactDecimal number, int top, ulong first, ulong width) =>
        (int)((double)(long)((Digits(in number, top) - first) >> 1) / (long)(width >> 1) * ScaleColumns + 0.5);
}
