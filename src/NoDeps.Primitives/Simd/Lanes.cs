namespace NoDeps.Primitives;

/// <summary>The lane layout: 16 adjacent samples, one per lane of a 512-bit vector of floats.</summary>
public static class Lanes
{
    /// <summary>Samples per tile.</summary>
    public const int Count = 16;

    /// <summary>The number of tiles that <paramref name="samples"/> samples fill; the last may be partial.</summary>
    public static int Tiles(int samples) => (samples + Count - 1) / Count;
}
