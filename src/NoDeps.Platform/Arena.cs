using NoDeps.Primitives;

namespace NoDeps.Platform;

/// <summary>
/// One block of memory, taken from the system once and handed out in pieces that are never given back singly.
/// </summary>
public unsafe struct Arena
{
    /// <summary>Every piece starts on such a boundary: a cache line, and a vector of 512 bits.</summary>
    public const int Alignment = 64;

    private byte* _memory;
    private long _capacity;
    private long _used;

    /// <summary>The bytes handed out so far, alignment included.</summary>
    public readonly long Used => _used;

    /// <summary>The bytes taken from the system.</summary>
    public readonly long Capacity => _capacity;

    /// <summary>Takes <paramref name="capacity"/> bytes; pages cost nothing until they are touched.</summary>
    public static Fault Create(long capacity, out Arena arena)
    {
        arena = default;
        Fault fault = PageMemory.Take(capacity, out byte* memory);
        if (!fault.IsNone) return fault;
        arena._memory = memory;
        arena._capacity = capacity;
        return fault;
    }

    /// <summary>A zeroed piece; null when the arena is used up.</summary>
    public byte* Allocate(long bytes)
    {
        long start = (_used + Alignment - 1) & -Alignment;
        if (bytes < 0 || bytes > _capacity - start) return null;
        _used = start + bytes;
        return _memory + start;
    }
}
