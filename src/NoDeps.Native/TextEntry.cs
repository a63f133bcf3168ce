using System;
using System.Runtime.InteropServices;
using NoDeps.Cli;

/// <summary>The only way into the texts.</summary>
internal static unsafe class TextEntry
{
    [UnmanagedCallersOnly(EntryPoint = "nd_texts")]
    private static byte* Find(Command page, int* length)
    {
        ReadOnlySpan<byte> text = HelpText.Of(page);
        *length = text.Length;
        return (byte*)System.Runtime.CompilerServices.Unsafe.AsPointer(ref MemoryMarshal.GetReference(text));
    }

    /// <summary>csc wants one in an executable; ilc roots it, the linker drops it.</summary>
    private static void Main()
    {
    }
}
