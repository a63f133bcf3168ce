namespace NoDeps.Primitives;

/// <summary><see cref="MemoryFill"/>, eight bytes at a time.</summary>
public static unsafe class MemoryFillScalar
{
    private const ulong Ones = 0x0101010101010101;

    /// <inheritdoc cref="MemoryFill.Fill"/>
    public static void Fill(byte* destination, byte value, nuint count)
    {
        ulong word = Ones * value;
        nuint at = 0;
        for (; count - at >= 8; at += 8) *(ulong*)(destination + at) = word;
        for (; at < count; at++) destination[at] = value;
    }
}
