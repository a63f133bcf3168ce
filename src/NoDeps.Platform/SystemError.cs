using System;
using System.Runtime.CompilerServices;
using NoDeps.Primitives;

namespace NoDeps.Platform;

/// <summary>Messages for a system call's −errno.</summary>
internal static class SystemError
{
    /// <summary>−ENOMEM.</summary>
    public const int OutOfMemory = -12;

    [MethodImpl(MethodImplOptions.NoInlining)]
    public static Fault ToFault(FaultKind kind, nint result) =>
        Fault.Of(result == OutOfMemory ? FaultKind.System : kind, Describe(result));

    /// <summary>The error numbers with texts of their own, each at the position of its line in <see cref="Texts"/>.
    /// </summary>
    private static ReadOnlySpan<byte> Numbers =>
        [1, 2, 4, 5, 6, 9, 11, 12, 13, 14, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31, 32, 36, 38, 39, 40, 61, 75, 84,
            95, 110, 116, 117, 121, 122, 123, 126];

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
        bad address
        device or resource busy
        file exists
        cannot rename across file systems
        the device does not support this
        a part of the path is not a directory
        is a directory
        invalid argument
        too many open files
        too many open files
        not a terminal or device of the expected kind
        text file busy
        file too large
        no space left on device
        a pipe has no position
        read-only file system
        too many links
        broken pipe
        file name too long
        the kernel lacks this system call
        directory not empty
        too many levels of symbolic links
        no data available
        value too large
        invalid byte sequence in a name
        operation not supported
        timed out
        stale file handle
        the file system is damaged
        input/output error of a remote file system
        disk quota exceeded
        no medium in the drive
        the encryption key is not available
        """u8;

    private static ReadOnlySpan<byte> Describe(nint result)
    {
        int line = -result > byte.MaxValue ? -1 : Numbers.IndexOf((byte)-result);
        if (line >= 0) return WordList.At(Texts, line, (byte)'\n');
        Utf8Writer writer = new(new byte[40]);
        writer.Text("system error "u8);
        writer.Integer(-result);
        return writer.Written;
    }
}
