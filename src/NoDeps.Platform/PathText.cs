using System;
using System.Runtime.CompilerServices;

namespace NoDeps.Platform;

/// <summary>Converts a path to a NUL-terminated string in the caller's buffer, for the kernel.</summary>
internal static unsafe class PathText
{
    /// <summary>The kernel's limit on paths, including the NUL.</summary>
    public const int MaxBytes = 4096;

    /// <summary>Copies a path; returns false if it is empty, too long or contains a NUL byte.</summary>
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
