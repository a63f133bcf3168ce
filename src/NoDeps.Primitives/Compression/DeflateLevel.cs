namespace NoDeps.Primitives;

/// <summary>The compression level of <see cref="Deflate"/>.</summary>
public enum DeflateLevel
{
    /// <summary>No compression: stored blocks.</summary>
    Stored = 0,
    /// <summary>One match candidate per position, and the shortest of the three block types.</summary>
    Fast = 1,
}
