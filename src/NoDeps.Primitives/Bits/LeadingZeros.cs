namespace NoDeps.Primitives;

/// <summary>
/// How many zeros stand above the highest 1 of a number: what its highest position (<see cref="Log2"/>) leaves.
/// </summary>
public static class LeadingZeros
{
    /// <summary>From 0 to 63; 64 for 0.</summary>
    public static int Count(ulong value) => value == 0 ? 64 : 63 - Log2.Floor(value);

    /// <summary>From 0 to 31; 32 for 0.</summary>
    public static int Count(uint value) => value == 0 ? 32 : 31 - Log2.Floor(value);
}
