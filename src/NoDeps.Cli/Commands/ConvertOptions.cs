using System;

namespace NoDeps.Cli;

/// <summary>The options of <c>nodeps convert</c>.</summary>
internal ref struct ConvertOptions
{
    public ModelOptions Model = new();
    public ReadOnlySpan<byte> Out;
    public bool Half;
    public bool Force;

    public ConvertOptions()
    {
    }

    /// <summary>Declares the options.</summary>
    public static void Describe(ref OptionVisitor visitor, scoped ref ConvertOptions options)
    {
        visitor.Required();
        visitor.Operand("MODEL"u8, OptionKind.File, ref options.Model.File, "a model in a safetensors file"u8);
        visitor.Required();
        visitor.Operand("OUT"u8, OptionKind.File, ref options.Out, "where to save it"u8);
        visitor.Flag("half"u8, ref options.Half, "save weights as half precision numbers (F16)"u8);
        ModelOptions.DescribeContent(ref visitor, ref options.Model);
        visitor.Flag("force"u8, ref options.Force, "replace OUT where it exists"u8);
    }
}
