namespace NoDeps.Network;

/// <summary>
/// Random changes of every training image in every epoch, besides <see cref="Recipe.Shift"/>. All amounts are bounds of uniform
/// distributions around 0. The changes depend only on the seed, the epoch and the image's index in the data set.
/// </summary>
public struct Augmentation
{
    /// <summary>The largest side of images that can be rotated, scaled, sheared or distorted: positions have 16 fractional bits.</summary>
    public const int MaxSide = 1024;
    /// <summary>The largest <see cref="Scale"/>.</summary>
    public const double MaxScale = 0.9;
    /// <summary>The largest <see cref="ElasticSigma"/>.</summary>
    public const double MaxSigma = 20;

    /// <summary>Rotation about the image's center by at most this many degrees, 0 to 180.</summary>
    public double Rotate;
    /// <summary>Scaling by 1 − this to 1 + this, the same in both directions.</summary>
    public double Scale;
    /// <summary>Horizontal shear: x moves by at most this times the distance from the center's row, 0 to 1.</summary>
    public double Shear;
    /// <summary>Elastic distortion: displacements in pixels of the field before smoothing, 0 for none.</summary>
    public double ElasticAlpha;
    /// <summary>Elastic distortion: standard deviation of the Gaussian that smooths the field, in pixels.</summary>
    public double ElasticSigma;
    /// <summary>Probability with which a rectangle is erased.</summary>
    public double Erase;
    /// <summary>True to mirror each image with probability 1/2.</summary>
    public bool Flip;

    /// <summary>True if anything other than a shift moves pixels.</summary>
    public readonly bool Moves => Rotate > 0 || Scale > 0 || Shear > 0 || IsElastic || Flip;

    /// <summary>True if there is elastic distortion.</summary>
    public readonly bool IsElastic => ElasticAlpha > 0 && ElasticSigma > 0;

    /// <summary>True if anything changes.</summary>
    public readonly bool IsOn => Moves || Erase > 0;
}
