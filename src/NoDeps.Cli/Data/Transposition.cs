namespace NoDeps.Cli;

/// <summary>Whether rows and columns of images are exchanged; in the order of the words of <c>--transpose</c>.</summary>
internal enum Transposition : byte
{
    /// <summary>They stay.</summary>
    No,
    /// <summary>They are exchanged.</summary>
    Yes,
    /// <summary>Exchanged where a path says EMNIST, whose files have columns first.</summary>
    Auto,
}
