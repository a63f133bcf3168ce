namespace NoDeps.Platform;

/// <summary>How a file is written.</summary>
public enum OutputMethod
{
    /// <summary>A new file replaces the old one when it is complete, so that one or the other always exists.</summary>
    Replace,
    /// <summary>The old content is overwritten, not atomically, because the file is a mount point or an open file's path.</summary>
    InPlace,
    /// <summary>To a device or a pipe.</summary>
    Stream,
    /// <summary>To standard output, to which nothing else should be written.</summary>
    StandardOutput,
}
