using NoDeps.Platform;

namespace NoDeps.Cli;

/// <summary>The options of <c>nodeps predict</c>.</summary>
internal ref struct PredictOptions
{
    public Operands Images;
    public ModelOptions Model = new();
    public InstructionSet Isa = ProcessorLevel.Best;
    public bool Show;
    public bool Json;

    public PredictOptions()
    {
    }

    /// <summary>Declares the options.</summary>
    public static void Describe(ref OptionVisitor visitor, scoped ref PredictOptions options)
    {
        visitor.Required();
        visitor.Operands("IMAGE"u8, OptionKind.File, ref options.Images, "FILE:NUMBER or FILE:FIRST-LAST; images count from 0"u8);
        ModelOptions.Describe(ref visitor, ref options.Model);
        visitor.Flag("show"u8, ref options.Show, "draw each image"u8);
        visitor.Flag("json"u8, ref options.Json, "print one line of JSON per image, with the outputs of the last layer"u8);
        IsaOption.Describe(ref visitor, ref options.Isa);
    }
}
