using System;
using NoDeps.Network;
using NoDeps.Primitives;

namespace NoDeps.Cli;

/// <summary><c>--kernel lanes|scalar|im2col</c>: the implementation of the layers.</summary>
internal static class KernelOption
{
    /// <summary>In the order of <see cref="KernelForm"/>.</summary>
    private static ReadOnlySpan<byte> Names => "lanes scalar im2col"u8;

    public static ReadOnlySpan<byte> Name(KernelForm form) => WordList.At(Names, (int)form);

    /// <summary>Declares the option.</summary>
    public static void Describe(ref OptionVisitor visitor, scoped ref KernelForm form)
    {
        int index = (int)form;
        visitor.Choice("kernel"u8, Names, ref index, "implementation of convolution, dense and pooling layers"u8, "lanes"u8);
        form = (KernelForm)index;
    }
}
