using System;
using System.Runtime.InteropServices;
using System.Text;

namespace NoDeps.Cli;

/// <summary>The entry under .NET: lays the arguments out as the kernel does.</summary>
internal static unsafe class HostedMain
{
    private static int Main(string[] arguments)
    {
        byte** values = (byte**)NativeMemory.AllocZeroed((nuint)(arguments.Length + 2), (nuint)sizeof(byte*));
        values[0] = Copy("nodeps");
        for (int i = 0; i < arguments.Length; i++) values[i + 1] = Copy(arguments[i]);
        return Program.Run(arguments.Length + 1, values);
    }

    private static byte* Copy(string text)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        byte* copy = (byte*)NativeMemory.AllocZeroed((nuint)bytes.Length + 1);
        bytes.AsSpan().CopyTo(new Span<byte>(copy, bytes.Length));
        return copy;
    }
}
