using NoDeps.Formats;
using NoDeps.Platform;

namespace NoDeps.Cli;

/// <summary>The options of <c>nodeps predict</c>.</summary>
internal ref struct PredictOptions
{
    /// <summary>The largest value of --max-pixels: with four channels, that many pixels are still addressable.</summary>
    internal const long MaxMaxPixels = 1L << 32;

    public Operands Images;
    public ModelOptions Model = new();
    public InstructionSet Isa = ProcessorLevel.Best;
    public long MaxPixels = PictureFile.DefaultMaxPixels;
    public bool Segment;
    public bool Show;
    public bool Explain;
    public bool Json;
    private int _prepare;
    private int _invert;

    public PredictOptions()
    {
    }

    /// <summary>True if pictures are only scaled.</summary>
    public readonly bool IsPlain => _prepare == 1;

    /// <summary>True if --invert forces inverting pixels.</summary>
    public readonly bool Inverts => _invert == 1;

    /// <summary>The polarity that --invert selects.</summary>
    public readonly InkPolarity Polarity => _invert == 0 ? InkPolarity.Auto : _invert == 1 ? InkPolarity.Dark : InkPolarity.Light;

    /// <summary>Declares the options.</summary>
    public static void Describe(ref OptionVisitor visitor, scoped ref PredictOptions options)
    {
        visitor.Required();
        visitor.Operands("IMAGE"u8, OptionKind.File, ref options.Images,
            "picture, directory of pictures, IDX file, or - for standard input"u8);
        ModelOptions.Describe(ref visitor, ref options.Model);
        visitor.Choice("prepare"u8, "auto none"u8, ref options._prepare,
            "auto finds the ink of a picture and centers it, as in MNIST; none only scales the picture"u8, "auto"u8);
        visitor.Choice("invert"u8, "auto yes no"u8, ref options._invert,
            "yes: the ink is dark; no: the ink is light; auto: detect it in each picture, and leave IDX images unchanged"u8, "auto"u8);
        visitor.AppliesIf(!options.IsPlain);
        visitor.Flag("segment"u8, ref options.Segment, "read a row of digits from each picture, left to right"u8);
        visitor.Integer("max-pixels"u8, 1, MaxMaxPixels, ref options.MaxPixels, "reject pictures with more pixels (width x height)"u8);
        visitor.Flag("show"u8, ref options.Show, "draw each image, and the stages of its preparation"u8);
        visitor.Flag("explain"u8, ref options.Explain, "print how each picture was prepared"u8);
        visitor.Flag("json"u8, ref options.Json, "print one line of JSON per image, with the outputs of the last layer"u8);
        IsaOption.Describe(ref visitor, ref options.Isa);
    }
}
