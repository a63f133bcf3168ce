using System;

namespace NoDeps.Cli;

/// <summary>The options of <c>nodeps inspect</c>.</summary>
internal ref struct InspectOptions
{
    public ReadOnlySpan<byte> File;
    /// <summary>The number of images to draw.</summary>
    public int Show;
    /// <summary>The first image to draw.</summary>
    public int From;
    /// <summary>The epoch whose augmentation is shown, from 1.</summary>
    public int Epoch = 1;
    public long Seed = 1;
    /// <summary>The augmentation that training would apply to the images.</summary>
    public AugmentationOptions Augmentation = new();

    public InspectOptions()
    {
    }

    /// <summary>Declares the options.</summary>
    public static void Describe(ref OptionVisitor visitor, scoped ref InspectOptions options)
    {
        visitor.Required();
        visitor.Operand("FILE"u8, OptionKind.File, ref options.File, "a data file; - is standard input"u8);
        visitor.Integer("show"u8, 0, int.MaxValue, ref options.Show, "draw N images"u8);
        visitor.Integer("from"u8, 0, int.MaxValue, ref options.From, "number of the first image to draw"u8);
        visitor.AllApplyIf(options.Show > 0, "needs --show"u8);
        AugmentationOptions.Describe(ref visitor, ref options.Augmentation);
        visitor.Integer("epoch"u8, 1, CommonOptions.MaxEpochs, ref options.Epoch, "draw the images as augmented in this epoch"u8);
        CommonOptions.Seed(ref visitor, ref options.Seed, "seed of the training"u8);
    }
}
