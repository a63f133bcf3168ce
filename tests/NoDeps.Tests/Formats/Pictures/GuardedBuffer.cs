using System.Runtime.InteropServices;

namespace NoDeps.Tests.Formats.Pictures;

/// <summary>
/// Memory of any size that ends where a page begins that may not be touched; whoever goes one byte too far ends the test
/// process at once. Before it lie bytes whose value is checked.
/// </summary>
internal sealed unsafe class GuardedBuffer : IDisposable
{
    private const int ReadWrite = 3, PrivateAnonymous = 0x22, Canary = 0xA5;
    private readonly byte* _mapping;
    private readonly nuint _mapped;
    private readonly long _before;

    public GuardedBuffer(long size)
    {
        nuint page = (nuint)Environment.SystemPageSize;
        nuint inner = ((nuint)size / page + 1) * page;
        _mapped = inner + page;
        _mapping = (byte*)mmap(null, _mapped, ReadWrite, PrivateAnonymous, -1, 0);
        if ((nint)_mapping == -1) throw new OutOfMemoryException();
        if (mprotect(_mapping + inner, page, 0) != 0) throw new InvalidOperationException("mprotect");
        Start = _mapping + inner - size;
        Size = size;
        _before = Start - _mapping;
        new Span<byte>(_mapping, (int)_before).Fill(Canary);
    }

    public GuardedBuffer(ReadOnlySpan<byte> content) : this(content.Length) => content.CopyTo(new Span<byte>(Start, content.Length));

    /// <summary>The first byte.</summary>
    public byte* Start { get; }

    /// <summary>How many bytes it has.</summary>
    public long Size { get; }

    /// <summary>All of it.</summary>
    public Span<byte> Bytes => new(Start, (int)Size);

    /// <summary>True while nobody wrote before the first byte.</summary>
    public bool IsIntact => new ReadOnlySpan<byte>(_mapping, (int)_before).IndexOfAnyExcept((byte)Canary) < 0;

    public void Dispose()
    {
        if (munmap(_mapping, _mapped) != 0) throw new InvalidOperationException("munmap");
    }

    [DllImport("libc", SetLastError = true)]
    private static extern void* mmap(void* address, nuint length, int protection, int flags, int file, nint offset);

    [DllImport("libc", SetLastError = true)]
    private static extern int mprotect(void* address, nuint length, int protection);

    [DllImport("libc", SetLastError = true)]
    private static extern int munmap(void* address, nuint length);
}
