using System.Runtime.Intrinsics.X86;

namespace NoDeps.Primitives;

/// <summary>Sets every byte of a range, as Span.Fill does.</summary>
public static unsafe class MemoryFill
{
    private const ulong Ones = 0x0101010101010101;

    /// <summary>
    /// Sets the <paramref name="count"/> bytes at <paramref name="destination"/> to <paramref name="value"/>, in the
    /// fastest form that the processor has.
    /// </summary>
    public static void Fill(byte* destination, byte value, nuint count)
    {
        if (Avx2.IsSupported) MemoryFillAvx2.Fill(destination, value, count);
        else FillScalar(destination, value, count);
    }

    /// <summary><see cref="Fill"/> in steps of eight bytes.</summary>
    public static void FillScalar(byte* destination, byte value, nuint count)
    {
        ulong word = Ones * value;
        nuint at = 0;
        for (; count - at >= 8; at += 8) *(ulong*)(destination + at) = word;
        for (; at < count; at++) destination[at] = value;
    }
}
