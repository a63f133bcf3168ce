namespace NoDeps.Primitives;

/// <summary>The lane layout: 16 samples side by side, one in each lane of a 512-bit vector of floats.</summary>
public static class Lanes
{
    /// <summary>Samples in a tile.</summary>
    public const int Count = 16;

    /// <summary>How many tiles <paramref name="samples"/> samples fill; the last may be partial.</summary>
    public static int Tiles(int samples) => (samples + Count - 1) / Count;
}
