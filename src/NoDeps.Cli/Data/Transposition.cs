namespace NoDeps.Cli;

/// <summary>Whether rows and columns of images are exchanged; in the order of the words of <c>--transpose</c>.</summary>
internal enum Transposition : byte
{
    /// <summary>Not exchanged.</summary>
    No,
    /// <summary>Exchanged.</summary>
    Yes,
    /// <summary>Exchanged if a path contains EMNIST, whose files store columns first.</summary>
    Auto,
}
