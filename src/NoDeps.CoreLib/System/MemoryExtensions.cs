using System.Runtime.CompilerServices;

namespace System;

public interface IEquatable<T> where T : allows ref struct
{
    bool Equals(T other);
}

public static class MemoryExtensions
{
    /// <summary>The index of the first <paramref name="value"/>, or −1 if there is none.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static int IndexOf<T>(this ReadOnlySpan<T> span, T value) where T : IEquatable<T>
    {
        for (int i = 0; i < span.Length; i++)
        {
            if (span[i].Equals(value)) return i;
        }
        return -1;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    public static bool SequenceEqual<T>(this ReadOnlySpan<T> span, ReadOnlySpan<T> other) where T : IEquatable<T>
    {
        if (span.Length != other.Length) return false;
        for (int i = 0; i < span.Length; i++)
        {
            if (!span[i].Equals(other[i])) return false;
        }
        return true;
    }
}
