using System;
using NoDeps.Network;
using NoDeps.Primitives;

namespace NoDeps.Cli;

/// <summary>The options that change training images at random.</summary>
internal ref struct AugmentationOptions
{
    private const int Unset = -1;

    private int _shift = Unset;
    private double _rotate = Unset, _scale = Unset, _shear = Unset, _erase = Unset;
    private ReadOnlySpan<byte> _elastic;
    private bool _flip;

    public AugmentationOptions()
    {
    }

    /// <summary>Declares the options.</summary>
    public static void Describe(ref OptionVisitor visitor, scoped ref AugmentationOptions options)
    {
        visitor.Integer("shift"u8, 0, Recipe.MaxShift, ref options._shift,
            "shift each image at random, differently in every epoch, by at most N pixels in each direction"u8, "0"u8);
        visitor.Number("rotate"u8, 0, 180, ref options._rotate, "rotate each image at random by at most X degrees"u8, "0"u8);
        visitor.Number("scale"u8, 0, 1, ref options._scale, "scale each image at random by 1 - X to 1 + X"u8, "0"u8);
        visitor.Number("shear"u8, 0, 1, ref options._shear, "shear each image at random by at most X pixels per row"u8, "0"u8);
        visitor.Text("elastic"u8, OptionKind.Text, "ALPHA,SIGMA"u8, ref options._elastic,
            "distort each image (Simard 2003) by random displacements, smoothed by a Gaussian of SIGMA pixels, times ALPHA"u8, "0"u8);
        visitor.Number("erase"u8, 0, 1, ref options._erase, "erase a random rectangle of each image with this probability"u8, "0"u8);
        visitor.Flag("flip"u8, ref options._flip, "mirror each image left to right with probability 1/2"u8);
    }

    /// <summary>Overrides a recipe's values with the options that were given.</summary>
    public readonly void Apply(ref Recipe recipe)
    {
        if (_shift >= 0) recipe.Shift = _shift;
        if (_rotate >= 0) recipe.Augmentation.Rotate = _rotate;
        if (_scale >= 0) recipe.Augmentation.Scale = _scale;
        if (_shear >= 0) recipe.Augmentation.Shear = _shear;
        if (_erase >= 0) recipe.Augmentation.Erase = _erase;
        if (!_elastic.IsEmpty) AugmentationText.TryElastic(_elastic, ref recipe.Augmentation);
        recipe.Augmentation.Flip |= _flip;
    }

    /// <summary>Checks the values, also against the shape of the images.</summary>
    public readonly Fault Check(in Augmentation augmentation, Shape shape)
    {
        Augmentation read = default;
        if (!_elastic.IsEmpty && !AugmentationText.TryElastic(_elastic, ref read))
        {
            return Fault.Of(FaultKind.Usage,
                "--elastic takes ALPHA,SIGMA, for example 34,4 (ALPHA up to 1000, SIGMA from 0.5 to 20 pixels), not"u8).WithQuote(_elastic);
        }
        if (augmentation.Scale > Augmentation.MaxScale)
            return Fault.Of(FaultKind.Usage, "--scale takes a number from 0 to 0.9"u8);
        if (!augmentation.Moves || Math.Max(shape.Rows, shape.Columns) <= Augmentation.MaxSide) return Fault.None;
        return Fault.Numbers(FaultKind.Usage, "images too large to be rotated, scaled, sheared or distorted: side"u8,
            Augmentation.MaxSide, Math.Max(shape.Rows, shape.Columns));
    }
}
