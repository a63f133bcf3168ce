using System;

namespace NoDeps.Network;

/// <summary>Values of augmentation as text.</summary>
public static class AugmentationText
{
    private const double MaxAlpha = 1000;

    /// <summary>
    /// Reads "ALPHA,SIGMA" of elastic distortion: pixels from 0 to 1000, and their standard deviation, from 0.5 to
    /// <see cref="Augmentation.MaxSigma"/>; "0" is none.
    /// </summary>
    public static bool TryElastic(ReadOnlySpan<byte> text, ref Augmentation augmentation)
    {
        int comma = text.IndexOf((byte)',');
        double sigma = 0;
        bool ok = LineWords.TryDecimal(comma < 0 ? text : text.Slice(0, comma), out double alpha) && alpha <= MaxAlpha;
        if (ok && comma >= 0) ok = LineWords.TryDecimal(text.Slice(comma + 1), out sigma);
        if (!ok || alpha > 0 && (sigma < 0.5 || sigma > Augmentation.MaxSigma)) return false;
        augmentation.ElasticAlpha = alpha;
        augmentation.ElasticSigma = sigma;
        return true;
    }
}
