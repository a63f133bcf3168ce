using System.Runtime.CompilerServices;

namespace NoDeps.Network;

/// <summary>
/// Allocates from one memory block, 64-byte aligned, in order. Without a block (null) it only counts, so the same code
/// computes beforehand how much memory is needed.
/// </summary>
internal unsafe struct MemoryPlan
{
    private const long Align = 64;
    /// <summary>More bytes than there can be: what the sum becomes where it would exceed this.</summary>
    private const long Limit = 1L << 62;
    private readonly byte* _block;

    /// <summary>Bytes allocated so far.</summary>
    public long Used;

    public MemoryPlan(byte* block)
    {
        _block = block;
        Used = 0;
    }

    /// <summary>True if it only counts.</summary>
    public readonly bool IsMeasuring => _block == null;

    /// <summary>The next <paramref name="bytes"/> bytes; not to be accessed while counting.</summary>
    public void* Take(long bytes)
    {
        if (bytes > Limit - Align - Used)
        {
            Used = Limit;
            return null;
        }
        void* piece = _block + Used;
        Used += (bytes + Align - 1) / Align * Align;
        return piece;
    }

    /// <summary>The next <paramref name="count"/> floats, that many <paramref name="times"/>.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public float* Floats(long count, long times = 1) =>
        (float*)Take(count > Limit / sizeof(float) / times ? Limit : count * times * sizeof(float));

    /// <summary>A struct in the block; while counting, a temporary one.</summary>
    public T* Place<T>(scoped in T value) where T : unmanaged
    {
        T* place = (T*)Take(sizeof(T));
        if (!IsMeasuring) *place = value;
        return place;
    }
}
