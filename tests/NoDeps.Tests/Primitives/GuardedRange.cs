using System.Runtime.InteropServices;

namespace NoDeps.Tests.Primitives;

/// <summary>Pages that may be read and written, and after them one that may not: a byte too far ends the process.</summary>
internal sealed unsafe class GuardedRange : IDisposable
{
    private const int ReadWrite = 3, PrivateAnonymous = 0x22;
    private readonly byte* _mapping;
    private readonly nuint _bytes;

    /// <summary>Maps some pages, at least 1.</summary>
    public GuardedRange(int pages)
    {
        _bytes = (nuint)pages * (nuint)Environment.SystemPageSize;
        _mapping = (byte*)mmap(null, _bytes + (nuint)Environment.SystemPageSize, ReadWrite, PrivateAnonymous, -1, 0);
        if ((nint)_mapping == -1) throw new OutOfMemoryException();
        if (mprotect(_mapping + _bytes, (nuint)Environment.SystemPageSize, 0) != 0) throw new InvalidOperationException("mprotect");
    }

    /// <summary>One past the last byte that may be touched.</summary>
    public byte* End => _mapping + _bytes;

    /// <inheritdoc/>
    public void Dispose()
    {
        if (munmap(_mapping, _bytes + (nuint)Environment.SystemPageSize) != 0) throw new InvalidOperationException("munmap");
    }

    [DllImport("libc", SetLastError = true)]
    private static extern void* mmap(void* address, nuint length, int protection, int flags, int file, nint offset);

    [DllImport("libc", SetLastError = true)]
    private static extern int mprotect(void* address, nuint length, int protection);

    [DllImport("libc", SetLastError = true)]
    private static extern int munmap(void* address, nuint length);
}
