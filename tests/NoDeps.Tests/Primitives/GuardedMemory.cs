using System.Runtime.InteropServices;

namespace NoDeps.Tests.Primitives;

/// <summary>
/// One page that may be read and written between two that may not: whoever reads or writes one byte too far ends the
/// test process at once, with a segmentation fault.
/// </summary>
internal sealed unsafe class GuardedMemory : IDisposable
{
    private const int ReadWrite = 3, PrivateAnonymous = 0x22;
    private readonly byte* _mapping;

    public GuardedMemory()
    {
        Size = Environment.SystemPageSize;
        _mapping = (byte*)mmap(null, 3 * (nuint)Size, ReadWrite, PrivateAnonymous, -1, 0);
        if ((nint)_mapping == -1) throw new OutOfMemoryException();
        if (mprotect(_mapping, (nuint)Size, 0) != 0 || mprotect(_mapping + 2 * Size, (nuint)Size, 0) != 0)
            throw new InvalidOperationException("mprotect");
    }

    /// <summary>The size of the page in bytes.</summary>
    public int Size { get; }

    /// <summary>The first byte of the page.</summary>
    public byte* Start => _mapping + Size;

    /// <summary>One past the last byte of the page.</summary>
    public byte* End => _mapping + 2 * Size;

    /// <summary>The whole page.</summary>
    public Span<byte> Bytes => new(Start, Size);

    public void Dispose()
    {
        if (munmap(_mapping, 3 * (nuint)Size) != 0) throw new InvalidOperationException("munmap");
    }

    [DllImport("libc", SetLastError = true)]
    private static extern void* mmap(void* address, nuint length, int protection, int flags, int file, nint offset);

    [DllImport("libc", SetLastError = true)]
    private static extern int mprotect(void* address, nuint length, int protection);

    [DllImport("libc", SetLastError = true)]
    private static extern int munmap(void* address, nuint length);
}
