using System;
using NoDeps.Platform;
using NoDeps.Primitives;

namespace NoDeps.Cli;

/// <summary>
/// <c>--isa avx2|avx512</c>: which instruction set the kernels use. The bare binary has the whole program once for
/// each, so that the choice is made before anything else; hosted, the network picks its kernels by it.
/// </summary>
internal static unsafe class IsaOption
{
    /// <summary>Looks for the option among all arguments and goes over to the other copy where it is asked for.</summary>
    public static bool TryEnterOtherCopy(int count, byte** values, out int exitCode)
    {
        exitCode = 0;
        for (int i = 1; i < count; i++)
        {
            ReadOnlySpan<byte> word = new(values[i], (int)StringLengthSwar.Of(values[i]));
            if (Words.Same(word, "--"u8)) break;
            ReadOnlySpan<byte> value;
            if (Words.Same(word, "--isa"u8) && i + 1 < count)
                value = new ReadOnlySpan<byte>(values[i + 1], (int)StringLengthSwar.Of(values[i + 1]));
            else if (word.Length > 6 && Words.Same(word.Slice(0, 6), "--isa="u8))
                value = word.Slice(6);
            else
                continue;
            if (TryParse(value, out InstructionSet wanted) && ProgramCopy.Supports(wanted))
                return ProgramCopy.TryEnter(wanted, (nint*)values - 1, out exitCode);
        }
        return false;
    }

    /// <summary>Reads the option's value where a command meets it; a processor without AVX-512 is a fault.</summary>
    public static Fault Take(scoped ref Arguments arguments, out InstructionSet isa)
    {
        isa = ProgramCopy.Current;
        Fault fault = arguments.TakeText(out ReadOnlySpan<byte> text);
        if (!fault.IsNone) return fault;
        if (!TryParse(text, out InstructionSet wanted)) return arguments.NotOneOf("avx2 or avx512"u8, text);
        if (!ProgramCopy.Supports(wanted)) return arguments.Missing("this processor or system has no AVX-512"u8);
        isa = wanted;
        return fault;
    }

    public static ReadOnlySpan<byte> Name(InstructionSet isa) => isa == InstructionSet.Avx512 ? "avx512"u8 : "avx2"u8;

    private static bool TryParse(ReadOnlySpan<byte> text, out InstructionSet isa)
    {
        isa = Words.Same(text, "avx512"u8) ? InstructionSet.Avx512 : InstructionSet.Avx2;
        return isa == InstructionSet.Avx512 || Words.Same(text, "avx2"u8);
    }
}
