using System;
using System.Runtime.CompilerServices;
using NoDeps.Primitives;

namespace NoDeps.Cli;

/// <summary><c>nodeps explain SUBJECT</c>: shows a primitive at work. Each subject is a file in Explanations.</summary>
internal static unsafe class ExplainCommand
{
    private const int MaxStride = 4;

    /// <summary>How it appears in the list of commands and in its help.</summary>
    public static CommandInfo Info => new()
    {
        Name = "explain"u8,
        Summary = "show a primitive at work, step by step"u8,
        Introduction = """
            Shows a primitive at work, step by step. Without a subject, prints this text.

            """u8,
        Notes = """
            N is decimal, or hexadecimal after 0x. Drawn in plain characters if standard
            output is not a terminal or NO_COLOR is set.

            """u8,
        Describe = &Describe,
        Run = &Run,
    };

    private static void Describe(ref OptionVisitor visitor)
    {
        ExplainOptions options = new();
        ExplainOptions.Describe(ref visitor, ref options);
    }

    private static Fault Run(Console console, ref OptionVisitor visitor)
    {
        ExplainOptions options = new();
        while (visitor.Next()) ExplainOptions.Describe(ref visitor, ref options);
        if (visitor.IsStopped) return visitor.Fault;
        switch (options.Subject)
        {
            case ExplainOptions.None:
                CommandInfo info = Info;
                HelpWriter.WritePage(console.Out, in info);
                return Fault.None;
            case ExplainOptions.StringLength: return StringLengthExplanation.Run(console, options.First);
            case ExplainOptions.Inflate: return InflateExplanation.Run(console, options.First, options.All);
            case ExplainOptions.Convolution: return Convolution(console, ref visitor, in options);
            case ExplainOptions.Float: return Float(console, ref visitor, options.First, false);
            case ExplainOptions.Double: return Float(console, ref visitor, options.First, true);
            default: return Bits(console, ref visitor, in options);
        }
    }

    private static Fault Convolution(Console console, ref OptionVisitor visitor, in ExplainOptions options)
    {
        ulong stride = 1, pad = 0;
        ReadOnlySpan<byte> wrong = default;
        if (!options.First.IsEmpty && (!TryInteger(options.First, out stride) || stride - 1 >= MaxStride)) wrong = options.First;
        else if (!options.Second.IsEmpty && (!TryInteger(options.Second, out pad) || pad >= ConvolutionExplanation.KernelSize))
            wrong = options.Second;
        if (wrong.IsEmpty) return ConvolutionExplanation.Run(console, (int)stride, (int)pad, options.All);
        visitor.Reject("conv takes a stride from 1 to 4 and a padding from 0 to 2, not"u8, wrong);
        return visitor.Fault;
    }

    private static Fault Float(Console console, ref OptionVisitor visitor, ReadOnlySpan<byte> word, bool isDouble)
    {
        byte* text = (byte*)Diagram.Text(word);
        if (!FloatParse.Double(word, out double value, out int consumed) || consumed != word.Length)
        {
            visitor.Reject("not a number:"u8, word);
            return visitor.Fault;
        }
        FloatParse.Single(word, out float single, out _);
        if (isDouble) FloatExplanation.Binary64(console, text, value);
        else FloatExplanation.Binary32(console, text, single);
        return Fault.None;
    }

    private static Fault Bits(Console console, ref OptionVisitor visitor, in ExplainOptions options)
    {
        byte* text = (byte*)Diagram.Text(options.First);
        if (!TryInteger(options.First, out ulong number)) visitor.Reject("not an integer from 0 to 2^64 - 1:"u8, options.First);
        else if (options.Subject == ExplainOptions.TrailingZeros) TrailingZerosExplanation.Run(console, text, number);
        else if (options.Subject == ExplainOptions.LeadingZeros) LeadingZerosExplanation.Run(console, text, number);
        else BitCountExplanation.Run(console, text, number);
        return visitor.Fault;
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
