namespace NoDeps.Formats;

/// <summary>Which of the two formats of CIFAR; the number is that of the label bytes before each image.</summary>
public enum CifarKind : byte
{
    /// <summary>CIFAR-10: a label and an image.</summary>
    Ten = 1,
    /// <summary>CIFAR-100: a coarse label, a fine label and an image.</summary>
    Hundred = 2,
}
