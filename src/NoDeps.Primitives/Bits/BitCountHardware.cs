using System.Numerics;
using System.Runtime.CompilerServices;

namespace NoDeps.Primitives;

/// <summary><see cref="BitCount"/> in one instruction: POPCNT on x86-64.</summary>
public static class BitCountHardware
{
    /// <inheritdoc cref="BitCount.Of(ulong)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Of(ulong value) => BitOperations.PopCount(value);

    /// <inheritdoc cref="BitCount.Of(uint)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Of(uint value) => BitOperations.PopCount(value);
}
