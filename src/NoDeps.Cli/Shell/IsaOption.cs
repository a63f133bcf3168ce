using System;
using NoDeps.Platform;
using NoDeps.Primitives;

namespace NoDeps.Cli;

/// <summary><c>--isa avx2|avx512</c>: which instruction set the kernels use.</summary>
internal static class IsaOption
{
    /// <summary>Reads the option's value; AVX-512 on a processor without it is a fault.</summary>
    public static Fault Take(ref Arguments arguments, out InstructionSet isa)
    {
        isa = InstructionSet.Avx2;
        Fault fault = arguments.TakeText(out ReadOnlySpan<byte> text);
        if (!fault.IsNone || Words.Same(text, "avx2"u8)) return fault;
        if (!Words.Same(text, "avx512"u8)) return arguments.NotOneOf("avx2 or avx512"u8, text);
        if (ProcessorLevel.Best != InstructionSet.Avx512)
            return arguments.Missing("this processor or system has no AVX-512"u8);
        isa = InstructionSet.Avx512;
        return fault;
    }

    public static ReadOnlySpan<byte> Name(InstructionSet isa) => isa == InstructionSet.Avx512 ? "avx512"u8 : "avx2"u8;
}
