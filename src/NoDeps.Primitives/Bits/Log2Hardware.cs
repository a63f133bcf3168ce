using System.Numerics;
using System.Runtime.CompilerServices;

namespace NoDeps.Primitives;

/// <summary><see cref="Log2"/> from the count of leading zeros: LZCNT on x86-64.</summary>
public static class Log2Hardware
{
    /// <inheritdoc cref="Log2.Floor(ulong)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Floor(ulong value) => BitOperations.Log2(value);

    /// <inheritdoc cref="Log2.Floor(uint)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Floor(uint value) => BitOperations.Log2(value);
}
