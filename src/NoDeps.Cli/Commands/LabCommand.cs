using System;
using System.Runtime.CompilerServices;
using NoDeps.Platform;
using NoDeps.Primitives;

namespace NoDeps.Cli;

/// <summary>
/// <c>nodeps lab PRIMITIVE</c>: runs a primitive on every line of standard input, so that tests and users can examine the binary
/// itself. The primitives are the rows of <see cref="LabRow"/>.
/// </summary>
internal static unsafe class LabCommand
{
    /// <summary>How it appears in the list of commands and in its help.</summary>
    public static CommandInfo Info => new()
    {
        Name = "lab"u8,
        Summary = "run a primitive on every line of standard input"u8,
        Introduction = """
            Runs a primitive on every line of standard input and writes one result per
            line. Without a primitive, prints this text.

            """u8,
        Notes = """
            The variant auto is the fastest that the processor supports. An invalid line
            ends the run with exit code 65.

            """u8,
        Describe = &Describe,
        Run = &Run,
    };

    private static void Describe(ref OptionVisitor visitor)
    {
        LabOptions options = new();
        LabOptions.Describe(ref visitor, ref options);
    }

    private static Fault Run(Console console, ref OptionVisitor visitor)
    {
        LabOptions options = new();
        while (visitor.Next()) LabOptions.Describe(ref visitor, ref options);
        if (visitor.IsStopped) return visitor.Fault;
        if (options.Primitive < 0)
        {
            CommandInfo info = Info;
            HelpWriter.WritePage(console.Out, in info);
            return Fault.None;
        }
        LabPrimitive primitive = (LabPrimitive)options.Primitive;
        LabRow row = LabRow.Of(primitive);
        int variant = options.Variant.IsEmpty ? 0 : WordList.IndexOf(row.Variants, options.Variant);
        if (variant < 0) visitor.RejectUnknown("unknown variant"u8, row.Variants, options.Variant);
        else if (!IsSupported(primitive, options.Variant)) visitor.Reject("this processor or system does not support the variant"u8);
        else if (!TryArgument(primitive, in row, options.Argument, out long number))
            visitor.Reject("the primitive does not accept the number"u8, options.Argument);
        else
        {
            ThreadNote.Write(console, options.Threads);
            return RunPrimitive(console, primitive, variant, number, options.Threads);
        }
        return visitor.Fault;
    }

    private static Fault RunPrimitive(Console console, LabPrimitive primitive, int variant, long number, int threads)
    {
        if (primitive == LabPrimitive.Sweep) return SweepLab.Run(console, number, threads);
        return console.WithPath("standard input"u8, primitive >= LabPrimitive.Gzip ? StreamLab.Run(console, primitive, variant)
            : Lines(console, primitive, variant, number));
    }

    /// <summary>False for a variant that this processor does not support.</summary>
    private static bool IsSupported(LabPrimitive primitive, ReadOnlySpan<byte> variant) => !variant.SequenceEqual("avx512"u8)
        || (primitive == LabPrimitive.Crc32 ? PrimitiveTable.Avx512.Crc32 != null : PrimitiveTable.Avx512.StringLength != null);

    /// <summary>The number N; the largest one by default.</summary>
    private static bool TryArgument(LabPrimitive primitive, in LabRow row, ReadOnlySpan<byte> text, out long number)
    {
        number = row.Max;
        if (text.IsEmpty) return true;
        if (!IntegerParse.Signed(text, out number, out int consumed) || consumed != text.Length) return false;
        if (primitive >= LabPrimitive.TrailingZeros && primitive <= LabPrimitive.Log2) return number == 32 || number == 64;
        return number >= (primitive == LabPrimitive.Sweep ? 1 : 0) && number <= row.Max;
    }

    /// <summary>
    /// One result per line. Output is flushed before waiting for more input, so that an interactive exchange through
    /// pipes works.
    /// </summary>
    private static Fault Lines(Console console, LabPrimitive primitive, int variant, long argument)
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
                int length = One(primitive, variant, ref line);
                if (length < 0)
                    return Fault.AtLine(number, "invalid line for this primitive"u8).WithQuote(line.Text).WithHint(line.Wanted);
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
    private static int One(LabPrimitive primitive, int variant, scoped ref LabLine line) => primitive switch
    {
        <= LabPrimitive.Utf8Encode => StringLab.Run(primitive, variant, ref line),
        <= LabPrimitive.Log2 => BitLab.Run(primitive, variant, ref line),
        <= LabPrimitive.ParseFloat => NumberLab.Run(primitive, variant, ref line),
        <= LabPrimitive.Adler32 => ChecksumLab.Run(primitive, variant, ref line),
        <= LabPrimitive.Sigmoid => MathLab.Run(primitive, variant, ref line),
        _ => RandomLab.Run(variant, ref line),
    };
}
