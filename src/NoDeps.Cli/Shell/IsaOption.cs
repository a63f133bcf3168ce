using System;
using NoDeps.Network;
using NoDeps.Platform;
using NoDeps.Primitives;

namespace NoDeps.Cli;

/// <summary><c>--isa avx2|avx512</c>: which instruction set the kernels use.</summary>
internal static class IsaOption
{
    /// <summary>Reads the option's value; AVX-512 on a processor without it is a fault.</summary>
    public static Fault Take(ref Arguments arguments, out InstructionSet isa)
    {
        Fault fault = arguments.TakeOneOf(Names, "avx2 or avx512"u8, out int index);
        isa = (InstructionSet)index;
        if (fault.IsNone && isa > ProcessorLevel.Best)
            return arguments.Usage("this processor or system has no AVX-512"u8);
        return fault;
    }

    /// <summary>The kernels for an instruction set.</summary>
    public static Isa Kernels(InstructionSet isa) => isa == InstructionSet.Avx512 ? Isa.Avx512 : Isa.Avx2;

    /// <summary>By number of <see cref="InstructionSet"/>.</summary>
    private static ReadOnlySpan<byte> Names => "avx2 avx512"u8;

    public static ReadOnlySpan<byte> Name(InstructionSet isa) => WordList.At(Names, (int)isa);
}
