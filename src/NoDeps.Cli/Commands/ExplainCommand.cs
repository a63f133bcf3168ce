using System;
using System.Runtime.CompilerServices;
using NoDeps.Primitives;

namespace NoDeps.Cli;

/// <summary><c>nodeps explain SUBJECT</c>: a primitive at work. Each subject is a file in Explanations.</summary>
internal static unsafe class ExplainCommand
{
    /// <summary>A bit for each option.</summary>
    public const uint Takes = 1u << (int)Option.All;

    private const int LargestStep = 4;

    /// <summary>In the order of the cases below.</summary>
    private static ReadOnlySpan<byte> Subjects => "ctz clz popcount strlen float double inflate conv"u8;

    private const int StringLength = 3;
    private const int Float = 4;
    private const int Double = 5;
    private const int Inflate = 6;
    private const int Convolution = 7;

    /// <param name="console">Where it tells.</param>
    /// <param name="arguments">After the command, to be read again.</param>
    /// <param name="options">What they said the first time.</param>
    public static Fault Run(Console console, ref Arguments arguments, in Options options)
    {
        if (!Options.TryNextWord(ref arguments, out ReadOnlySpan<byte> name))
        {
            console.Out.Write(HelpText.Of(Command.Explain));
            return Fault.None;
        }
        int subject = WordList.IndexOf(Subjects, name);
        if (subject < 0)
        {
            return arguments.Usage("the subjects of explain are ctz, clz, popcount, strlen, float, double, inflate and conv, "u8 +
                "not"u8).WithQuote(name);
        }
        bool hasWord = Options.TryNextWord(ref arguments, out ReadOnlySpan<byte> word);
        if (subject == Convolution)
        {
            ulong stride = 1, pad = 0;
            bool isRight = !hasWord || TryInteger(word, out stride);
            if (isRight && Options.TryNextWord(ref arguments, out ReadOnlySpan<byte> second))
            {
                word = second;
                isRight = TryInteger(word, out pad);
            }
            if (isRight && stride - 1 < LargestStep && pad < ConvolutionExplanation.KernelSize)
                return ConvolutionExplanation.Run(console, (int)stride, (int)pad, options.All);
            return arguments.Usage("conv takes a stride from 1 to 4 and a padding from 0 to 2, not"u8).WithQuote(word);
        }
        if (!hasWord) return arguments.Usage("this subject needs an argument:"u8).WithQuote(name);
        if (Options.TryNextWord(ref arguments, out ReadOnlySpan<byte> another)) return arguments.UnexpectedWord(another);
        byte* text = (byte*)Sketch.Text(word);
        switch (subject)
        {
            case StringLength: return StringLengthExplanation.Run(console, word);
            case Inflate: return InflateExplanation.Run(console, word, options.All);
            case Float:
            case Double:
                bool isNumber = FloatParse.Double(word, out double value, out int consumed) && consumed == word.Length;
                if (!isNumber) return arguments.Usage("not a number:"u8).WithQuote(word);
                FloatParse.Single(word, out float single, out _);
                if (subject == Double) FloatExplanation.Binary64(console, text, value);
                else FloatExplanation.Binary32(console, text, single);
                return Fault.None;
            default:
                if (!TryInteger(word, out ulong number))
                    return arguments.Usage("not a whole number from 0 to 2^64 - 1:"u8).WithQuote(word);
                if (subject == 0) TrailingZerosExplanation.Run(console, text, number);
                else if (subject == 1) LeadingZerosExplanation.Run(console, text, number);
                else BitCountExplanation.Run(console, text, number);
                return Fault.None;
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static bool TryInteger(ReadOnlySpan<byte> text, out ulong value)
    {
        int consumed;
        if (text.Length < 2 || text[0] != '0' || (text[1] | 0x20) != 'x')
            return IntegerParse.Unsigned(text, out value, out consumed) && consumed == text.Length;
        text = text.Slice(2);
        return IntegerParse.Hex(text, out value, out consumed) && consumed == text.Length;
    }
}
