using System.Runtime.CompilerServices;

namespace NoDeps.Network;

/// <summary>
/// Hands out pieces of one memory block, 64-byte aligned, in order. Over no block at all (null) it only counts, so the
/// same code tells beforehand how much is needed.
/// </summary>
internal unsafe struct MemoryPlan
{
    private const long Align = 64;
    private readonly byte* _block;

    /// <summary>Bytes handed out so far.</summary>
    public long Used;

    public MemoryPlan(byte* block)
    {
        _block = block;
        Used = 0;
    }

    /// <summary>Whether there is no block behind it.</summary>
    public readonly bool IsMeasuring => _block == null;

    /// <summary>The next <paramref name="bytes"/> bytes; not to be touched while measuring.</summary>
    public void* Take(long bytes)
    {
        void* piece = _block + Used;
        Used += (bytes + Align - 1) / Align * Align;
        return piece;
    }

    /// <summary>The next floats.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public float* Floats(long count) => (float*)Take(count * sizeof(float));

    /// <summary>A structure in the block; while measuring only its size counts.</summary>
    public T* Place<T>(scoped in T value) where T : unmanaged
    {
        T* place = (T*)Take(sizeof(T));
        if (!IsMeasuring) *place = value;
        return place;
    }
}
