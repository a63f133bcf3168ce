using System;
using System.Runtime.InteropServices;
using NoDeps.Platform;

namespace NoDeps.Cli;

/// <summary>What --help prints: in the binary a part of its own, unpacked when somebody asks.</summary>
internal static unsafe class HelpText
{
    [DllImport("*", EntryPoint = "nd_texts"), SuppressGCTransition]
    private static extern byte* Find(Command page, int* length);

    /// <summary>A page, which ends with a line end.</summary>
    public static ReadOnlySpan<byte> Of(Command page)
    {
        CodeParts.LoadTexts();
        int length;
        byte* start = Find(page, &length);
        return new ReadOnlySpan<byte>(start, length);
    }
}
