using NoDeps.Primitives;

namespace NoDeps.Platform;

/// <summary>
/// One block of memory, allocated from the system once and handed out in pieces that are never freed individually.
/// </summary>
public unsafe struct Arena
{
    /// <summary>The alignment of every piece: a cache line, and a vector of 512 bits.</summary>
    public const int Alignment = 64;

    private byte* _memory;
    private long _capacity;
    private long _used;

    /// <summary>The bytes handed out so far, including alignment.</summary>
    public readonly long Used => _used;

    /// <summary>The bytes allocated from the system.</summary>
    public readonly long Capacity => _capacity;

    /// <summary>Allocates <paramref name="capacity"/> bytes; pages cost nothing until they are touched.</summary>
    public static Fault Create(long capacity, out Arena arena)
    {
        arena = default;
        Fault fault = PageMemory.Take(capacity, out byte* memory);
        if (!fault.IsNone) return fault;
        arena._memory = memory;
        arena._capacity = capacity;
        return fault;
    }

    /// <summary>Returns a zeroed piece; null if the arena is exhausted.</summary>
    public byte* Allocate(long bytes)
    {
        long start = (_used + Alignment - 1) & -Alignment;
        if (bytes < 0 || bytes > _capacity - start) return null;
        _used = start + bytes;
        return _memory + start;
    }
}
