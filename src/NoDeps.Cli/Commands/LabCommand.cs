using System;
using System.Runtime.CompilerServices;
using NoDeps.Platform;
using NoDeps.Primitives;

namespace NoDeps.Cli;

/// <summary>
/// <c>nodeps lab NAME</c>: a primitive on every line of standard input, so that tests and people can ask the shipped
/// binary itself. What the subjects are, and their forms, is said in the help text and nowhere else.
/// </summary>
internal static class LabCommand
{
    /// <summary>A bit for each option.</summary>
    public const uint Takes = 1u << (int)Option.Variant | 1u << (int)Option.Threads;

    public static Fault Run(Console console, in Arguments arguments, in Options options)
    {
        if (options.WordCount == 0)
        {
            console.Out.Write(HelpText.Of(Command.Lab));
            return Fault.None;
        }
        int index = Find(options.Word, out ReadOnlySpan<byte> forms);
        if (index < 0) return arguments.Usage("\"nodeps lab\" lists its subjects; none is"u8).WithQuote(options.Word);
        LabSubject subject = (LabSubject)index;
        int form = 0;
        if (!options.Variant.IsEmpty)
        {
            form = WordList.IndexOf(forms, options.Variant);
            if (form < 0) return arguments.Usage("\"nodeps lab\" lists the variants; none of these is"u8).WithQuote(options.Variant);
        }
        if (!IsThere(subject, options.Variant)) return arguments.Usage("this processor or system lacks what the variant needs"u8);
        Fault fault = Argument(subject, in arguments, options.SecondWord, out long argument);
        if (!fault.IsNone) return fault;
        if (subject == LabSubject.Sweep) return SweepLab.Run(console, argument, in options);
        if (subject >= LabSubject.Gzip) fault = StreamLab.Run(console, subject, form);
        else fault = Lines(console, subject, form, argument);
        return console.About("standard input"u8, fault);
    }

    /// <summary>
    /// The place of a subject in the list, and its forms; −1 where it has none. A line of the help that begins with two
    /// blanks and a letter is a subject's: its name is the first word, its forms are the words in brackets.
    /// </summary>
    private static int Find(ReadOnlySpan<byte> name, out ReadOnlySpan<byte> forms)
    {
        forms = default;
        int index = 0;
        ReadOnlySpan<byte> text = HelpText.Of(Command.Lab);
        while (!text.IsEmpty)
        {
            int end = text.IndexOf((byte)'\n');
            ReadOnlySpan<byte> line = text.Slice(0, end);
            text = text.Slice(end + 1);
            if (line.Length < 3 || line[0] != ' ' || line[2] < 'a') continue;
            line = line.Slice(2);
            if (line.Slice(0, line.IndexOf((byte)' ')).SequenceEqual(name))
            {
                int open = line.IndexOf((byte)'[');
                if (open >= 0) forms = line.Slice(open + 1, line.Length - open - 2);
                return index;
            }
            index++;
        }
        return -1;
    }

    /// <summary>False for a form that only some processors have, on another.</summary>
    private static unsafe bool IsThere(LabSubject subject, ReadOnlySpan<byte> form) => !form.SequenceEqual("avx512"u8)
        || (subject == LabSubject.Crc32 ? PrimitiveTable.Avx512.Crc32 != null : PrimitiveTable.Avx512.StringLength != null);

    /// <summary>The number after the subject.</summary>
    private static Fault Argument(LabSubject subject, in Arguments arguments, ReadOnlySpan<byte> word, out long argument)
    {
        long most = subject switch
        {
            LabSubject.IndexOf => byte.MaxValue,
            >= LabSubject.TrailingZeros and <= LabSubject.Log2 => 64,
            >= LabSubject.FormatFixed and <= LabSubject.FormatGeneral => NumberLab.MostDigits,
            LabSubject.Sweep => SweepLab.MostStride,
            LabSubject.Copy or LabSubject.Fill or LabSubject.Random => long.MaxValue,
            _ => -1,
        };
        bool bits = most == 64;
        argument = most;
        if (word.IsEmpty) return most < 0 || bits ? Fault.None : arguments.Usage("this subject needs a number N"u8);
        if (most < 0) return arguments.UnexpectedWord(word);
        if (IntegerParse.Signed(word, out argument, out int consumed) && consumed == word.Length
            && argument >= (subject == LabSubject.Sweep ? 1 : 0) && argument <= most
            && (!bits || (argument & 31) == 0 && argument > 0)) return Fault.None;
        return arguments.Usage("the number N is not one that this subject takes:"u8).WithQuote(word);
    }

    /// <summary>
    /// A result a line. What is there is sent before more is waited for, so that a conversation through pipes works.
    /// </summary>
    private static unsafe Fault Lines(Console console, LabSubject subject, int form, long argument)
    {
        byte* result = stackalloc byte[LabLine.ResultBytes];
        LabLine line = new() { Result = new(result, LabLine.ResultBytes - 1), Out = console.Out, Argument = argument };
        int number = 0;
        Fault fault = InputStream.Standard(out InputStream input);
        while (fault.IsNone)
        {
            while (input.TryLine(out line.Text))
            {
                number++;
                int length = One(subject, form, ref line);
                if (length < 0)
                    return Fault.AtLine(number, "not a line for this subject"u8).WithQuote(line.Text).WithHint(line.Wanted);
                result[length] = (byte)'\n';
                console.Out.Write(new ReadOnlySpan<byte>(result, length + 1));
            }
            fault = console.Out.Flush();
            if (!fault.IsNone) return fault;
            if (input.HasEnded) break;
            fault = input.Fill();
        }
        return fault;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static int One(LabSubject subject, int form, scoped ref LabLine line) => subject switch
    {
        <= LabSubject.Utf8Encode => StringLab.Run(subject, form, ref line),
        <= LabSubject.Log2 => BitLab.Run(subject, form, ref line),
        <= LabSubject.ParseFloat => NumberLab.Run(subject, form, ref line),
        <= LabSubject.Adler32 => ChecksumLab.Run(subject, form, ref line),
        <= LabSubject.Sigmoid => MathLab.Run(subject, form, ref line),
        _ => RandomLab.Run(form, ref line),
    };
}
