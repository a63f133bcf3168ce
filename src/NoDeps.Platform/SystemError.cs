using System;
using System.Runtime.CompilerServices;
using NoDeps.Primitives;

namespace NoDeps.Platform;

/// <summary>Messages for a system call's −errno.</summary>
internal static class SystemError
{
    private const int OutOfMemory = -12;

    [MethodImpl(MethodImplOptions.NoInlining)]
    public static Fault ToFault(FaultKind kind, nint result) =>
        Fault.Of(result == OutOfMemory ? FaultKind.System : kind, Describe(result));

    /// <summary>The error numbers with texts of their own, each at the position of its line in <see cref="Texts"/>.
    /// </summary>
    private static ReadOnlySpan<byte> Numbers =>
        [1, 2, 4, 5, 6, 9, 11, 12, 13, 16, 17, 18, 20, 21, 22, 23, 24, 26, 27, 28, 30, 32, 36, 40, 95, 116, 122];

    private static ReadOnlySpan<byte> Texts => """
        operation not permitted
        no such file or directory
        interrupted
        input/output error
        no such device or address
        bad file descriptor
        resource temporarily unavailable
        out of memory
        permission denied
        device or resource busy
        file exists
        cannot rename across file systems
        a part of the path is not a directory
        is a directory
        invalid argument
        too many open files
        too many open files
        text file busy
        file too large
        no space left on device
        read-only file system
        broken pipe
        file name too long
        too many levels of symbolic links
        operation not supported
        stale file handle
        disk quota exceeded
        """u8;

    private static ReadOnlySpan<byte> Describe(nint result)
    {
        int line = -result > byte.MaxValue ? -1 : Numbers.IndexOf((byte)-result);
        return line < 0 ? "unknown system error"u8 : WordList.At(Texts, line, (byte)'\n');
    }
}
