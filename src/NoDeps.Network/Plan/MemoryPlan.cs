using System.Runtime.CompilerServices;

namespace NoDeps.Network;

/// <summary>
/// Allocates from one memory block, 64-byte aligned, in order. Without a block (null) it only counts, so the same code
/// computes beforehand how much memory is needed.
/// </summary>
internal unsafe struct MemoryPlan
{
    private const long Align = 64;
    private readonly byte* _block;

    /// <summary>Bytes allocated so far.</summary>
    public long Used;

    public MemoryPlan(byte* block)
    {
        _block = block;
        Used = 0;
    }

    /// <summary>Whether it only counts.</summary>
    public readonly bool IsMeasuring => _block == null;

    /// <summary>The next <paramref name="bytes"/> bytes; not to be accessed while counting.</summary>
    public void* Take(long bytes)
    {
        void* piece = _block + Used;
        Used += (bytes + Align - 1) / Align * Align;
        return piece;
    }

    /// <summary>The next floats.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public float* Floats(long count) => (float*)Take(count * sizeof(float));

    /// <summary>A struct in the block; while counting, a temporary one.</summary>
    public T* Place<T>(scoped in T value) where T : unmanaged
    {
        T* place = (T*)Take(sizeof(T));
        if (!IsMeasuring) *place = value;
        return place;
    }
}
