using System;
using NoDeps.Primitives;

namespace NoDeps.Platform;

/// <summary>The words for a system call's −errno.</summary>
internal static class SystemError
{
    private const int OutOfMemory = -12;

    public static Fault ToFault(FaultKind kind, nint result) =>
        Fault.Of(result == OutOfMemory ? FaultKind.System : kind, Describe(result));

    public static ReadOnlySpan<byte> Describe(nint result) => -result switch
    {
        1 => "operation not permitted"u8,
        2 => "no such file or directory"u8,
        4 => "interrupted"u8,
        5 => "input/output error"u8,
        9 => "bad file descriptor"u8,
        11 => "resource temporarily unavailable"u8,
        OutOfMemoryPositive => "out of memory"u8,
        13 => "permission denied"u8,
        17 => "file exists"u8,
        18 => "cannot rename across file systems"u8,
        20 => "a part of the path is not a directory"u8,
        21 => "is a directory"u8,
        22 => "invalid argument"u8,
        23 or 24 => "too many open files"u8,
        26 => "text file busy"u8,
        27 => "file too large"u8,
        28 => "no space left on device"u8,
        30 => "read-only file system"u8,
        32 => "broken pipe"u8,
        36 => "file name too long"u8,
        40 => "too many levels of symbolic links"u8,
        122 => "disk quota exceeded"u8,
        _ => "system call failed"u8,
    };

    private const int OutOfMemoryPositive = -OutOfMemory;
}
