using System;
using NoDeps.Formats;

namespace NoDeps.Cli;

/// <summary>The options of <c>nodeps convert</c>.</summary>
internal ref struct ConvertOptions
{
    public ReadOnlySpan<byte> Source, Out, Size;
    public ModelOptions Model = new();
    public DataOptions Data = new();
    public double Split;
    public long Seed = 1;
    public long MaxPixels = PictureFile.DefaultMaxPixels;
    public bool Half;
    public bool Force;
    public bool Png;
    private int _channels = -1;
    private int _prepare;

    public ConvertOptions()
    {
    }

    /// <summary>1 or 3; 0 to choose by the pictures.</summary>
    public readonly int Channels => _channels < 0 ? 0 : 1 + 2 * _channels;

    /// <summary>True if the ink of pictures is found and centered.</summary>
    public readonly bool Prepares => _prepare == 1;

    /// <summary>True if the source is a model, false if it is data.</summary>
    public readonly bool IsModel => ModelPeek.IsModel(Source);

    /// <summary>Declares the options.</summary>
    public static void Describe(ref OptionVisitor visitor, scoped ref ConvertOptions options)
    {
        visitor.Required();
        visitor.Operand("SOURCE"u8, OptionKind.File, ref options.Source,
            "a model (.safetensors), a data set (directory, .npz or CSV), or a directory with a subdirectory of pictures for each class"u8);
        visitor.Required();
        visitor.Operand("OUT"u8, OptionKind.File, ref options.Out, "the model file, or the directory of the data set"u8);
        visitor.Flag("force"u8, ref options.Force, "replace existing files"u8);
        bool isModel = options.IsModel;
        visitor.AllApplyIf(isModel || options.Source.IsEmpty, "is for models"u8);
        visitor.Flag("half"u8, ref options.Half, "models: save weights in half precision (F16)"u8);
        ModelOptions.DescribeContent(ref visitor, ref options.Model);
        visitor.AllApplyIf(!isModel, "is for data sets"u8);
        DataOptions.DescribeContent(ref visitor, ref options.Data);
        visitor.PositiveNumber("split"u8, 1, ref options.Split,
            "data without a test set: this fraction of each class becomes the training set, the rest the test set"u8);
        CommonOptions.Seed(ref visitor, ref options.Seed, "seed of --split"u8);
        visitor.Text("size"u8, OptionKind.Text, "ROWSxCOLUMNS"u8, ref options.Size, "scale all images to this size"u8,
            "unchanged"u8);
        visitor.AppliesIf(!options.Prepares, "cannot be used with --prepare auto, which makes gray images"u8);
        visitor.Choice("channels"u8, "1 3"u8, ref options._channels, "pictures: 1 for gray, 3 for RGB"u8, "3 if any picture has color"u8);
        visitor.Choice("prepare"u8, "none auto"u8, ref options._prepare,
            "pictures: auto finds the ink and centers it, as in MNIST; none only scales"u8, "none"u8);
        visitor.Integer("max-pixels"u8, 1, PredictOptions.MaxMaxPixels, ref options.MaxPixels, "refuse larger pictures"u8);
        visitor.Flag("png"u8, ref options.Png, "write pictures, OUT/train/CLASS/00000.png, instead of IDX files"u8);
    }
}
