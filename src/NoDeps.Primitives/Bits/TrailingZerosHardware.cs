using System.Numerics;
using System.Runtime.CompilerServices;

namespace NoDeps.Primitives;

/// <summary>
/// <see cref="TrailingZeros"/> in one instruction: TZCNT on x86-64, which returns the operand size for 0.
/// </summary>
public static class TrailingZerosHardware
{
    /// <inheritdoc cref="TrailingZeros.Count(ulong)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Count(ulong value) => BitOperations.TrailingZeroCount(value);

    /// <inheritdoc cref="TrailingZeros.Count(uint)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Count(uint value) => BitOperations.TrailingZeroCount(value);
}
