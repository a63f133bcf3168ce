using System;
using System.Collections;
using System.Runtime.InteropServices;
using System.Text;

namespace NoDeps.Cli;

/// <summary>The entry point under .NET: lays out arguments and environment as the kernel does.</summary>
internal static unsafe class HostedMain
{
    private static int Main(string[] arguments)
    {
        IDictionary environment = System.Environment.GetEnvironmentVariables();
        // The program's name, the arguments, a null, the environment, a null.
        byte** values = (byte**)NativeMemory.AllocZeroed((nuint)(arguments.Length + environment.Count + 3), (nuint)sizeof(byte*));
        byte** next = values;
        *next++ = Copy("nodeps");
        foreach (string argument in arguments) *next++ = Copy(argument);
        next++;
        foreach (DictionaryEntry entry in environment) *next++ = Copy($"{entry.Key}={entry.Value}");
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
