namespace NoDeps.Primitives;

/// <summary>How hard <see cref="Deflate"/> tries.</summary>
public enum DeflateLevel
{
    /// <summary>Not at all: stored blocks.</summary>
    Stored = 0,
    /// <summary>Matches found by one look, and the best of the three kinds of block.</summary>
    Fast = 1,
}
