using System;
using System.Runtime.CompilerServices;

namespace NoDeps.Platform;

/// <summary>A path for the kernel: the bytes and a zero at the end, in the caller's buffer.</summary>
internal static unsafe class PathText
{
    /// <summary>The kernel's limit, the zero included.</summary>
    public const int MaxBytes = 4096;

    /// <summary>False when the path is empty, too long or has a zero byte inside.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static bool TryTerminate(ReadOnlySpan<byte> path, byte* buffer)
    {
        if (path.Length == 0 || path.Length >= MaxBytes) return false;
        for (int i = 0; i < path.Length; i++)
        {
            if (path[i] == 0) return false;
            buffer[i] = path[i];
        }
        buffer[path.Length] = 0;
        return true;
    }
}
