using System;
using NoDeps.Network;
using NoDeps.Primitives;

namespace NoDeps.Cli;

/// <summary><c>--kernel lanes|im2col|scalar</c>: which form of the layers runs.</summary>
internal static class KernelOption
{
    /// <summary>By number of <see cref="KernelForm"/>.</summary>
    private static ReadOnlySpan<byte> Names => "lanes scalar im2col"u8;

    public static ReadOnlySpan<byte> Name(KernelForm form) => WordList.At(Names, (int)form);

    /// <summary>Reads the option's value.</summary>
    public static Fault Take(ref Arguments arguments, out KernelForm form)
    {
        Fault fault = arguments.TakeOneOf(Names, "lanes, im2col or scalar"u8, out int index);
        form = (KernelForm)index;
        return fault;
    }
}
