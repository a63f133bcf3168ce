namespace NoDeps.Cli;

/// <summary>True if images are transposed, in the order of the words of <c>--transpose</c>.</summary>
internal enum Transposition : byte
{
    /// <summary>Not transposed.</summary>
    No,
    /// <summary>Transposed.</summary>
    Yes,
    /// <summary>Transposed if a path contains EMNIST, whose files store columns first.</summary>
    Auto,
}
