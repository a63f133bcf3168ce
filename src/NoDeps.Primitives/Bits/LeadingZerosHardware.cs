using System.Numerics;
using System.Runtime.CompilerServices;

namespace NoDeps.Primitives;

/// <summary>
/// <see cref="LeadingZeros"/> in one instruction: LZCNT on x86-64, which returns the operand size for 0.
/// </summary>
public static class LeadingZerosHardware
{
    /// <inheritdoc cref="LeadingZeros.Count(ulong)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Count(ulong value) => BitOperations.LeadingZeroCount(value);

    /// <inheritdoc cref="LeadingZeros.Count(uint)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Count(uint value) => BitOperations.LeadingZeroCount(value);
}
