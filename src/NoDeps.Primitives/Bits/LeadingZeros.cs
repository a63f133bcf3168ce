namespace NoDeps.Primitives;

/// <summary>The number of zeros above the highest 1 bit, from the position of that bit (<see cref="Log2"/>).</summary>
public static class LeadingZeros
{
    /// <summary>The count, from 0 to 63; 64 for 0.</summary>
    public static int Count(ulong value) => value == 0 ? 64 : 63 - Log2.Floor(value);

    /// <summary>The count, from 0 to 31; 32 for 0.</summary>
    public static int Count(uint value) => value == 0 ? 32 : 31 - Log2.Floor(value);
}
