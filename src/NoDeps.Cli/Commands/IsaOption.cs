using System;
using NoDeps.Network;
using NoDeps.Platform;
using NoDeps.Primitives;

namespace NoDeps.Cli;

/// <summary><c>--isa avx2|avx512</c>: the instruction set of the kernels.</summary>
internal static class IsaOption
{
    /// <summary>In the order of <see cref="InstructionSet"/>.</summary>
    private static ReadOnlySpan<byte> Names => "avx2 avx512"u8;

    /// <summary>Declares the option; AVX-512 on a processor without it is an error. True while the option itself is parsed.</summary>
    public static bool Describe(ref OptionVisitor visitor, scoped ref InstructionSet isa)
    {
        int index = -1;
        visitor.Choice("isa"u8, Names, ref index, "instruction set of the kernels"u8, "the best available"u8);
        if (index < 0) return false;
        isa = (InstructionSet)index;
        if (isa > ProcessorLevel.Best) visitor.Reject("this processor or system has no AVX-512"u8);
        return true;
    }

    /// <summary>The kernels for an instruction set.</summary>
    public static Isa Kernels(InstructionSet isa) => isa == InstructionSet.Avx512 ? Isa.Avx512 : Isa.Avx2;

    public static ReadOnlySpan<byte> Name(InstructionSet isa) => WordList.At(Names, (int)isa);
}
