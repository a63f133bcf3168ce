namespace NoDeps.Formats;

/// <summary>The two CIFAR formats; the value is the number of label bytes before each image.</summary>
public enum CifarKind : byte
{
    /// <summary>CIFAR-10: one label byte per image.</summary>
    Ten = 1,
    /// <summary>CIFAR-100: a coarse and a fine label byte per image.</summary>
    Hundred = 2,
}
