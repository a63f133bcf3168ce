namespace NoDeps.Platform;

/// <summary>How a file is written.</summary>
public enum OutputMethod
{
    /// <summary>A new file takes the place of the old one when it is complete: there is always one or the other.</summary>
    Replace,
    /// <summary>Over the old content, as something is mounted there, or as the path is that of an open file: not whole in between.
    /// </summary>
    InPlace,
    /// <summary>Into a device or a pipe.</summary>
    Stream,
    /// <summary>Into standard output, which should get nothing else.</summary>
    StandardOutput,
}
