namespace NoDeps.Network;

/// <summary>The implementations of convolution, dense and pooling layers.</summary>
public enum KernelForm : byte
{
    /// <summary>A lane is a sample: the fast form.</summary>
    Lanes,
    /// <summary>The papers' sums, one sample and one number at a time.</summary>
    Scalar,
    /// <summary>Convolution by im2col and a matrix product, which needs memory for the patches; the rest as <see cref="Lanes"/>.</summary>
    Im2Col,
}
