using System;

namespace NoDeps.Cli;

/// <summary>The options of <c>nodeps inspect</c>.</summary>
internal ref struct InspectOptions
{
    public ReadOnlySpan<byte> File;
    /// <summary>How many images to draw.</summary>
    public int Show;
    /// <summary>The first image to draw.</summary>
    public int From;

    /// <summary>Declares the options.</summary>
    public static void Describe(ref OptionVisitor visitor, scoped ref InspectOptions options)
    {
        visitor.Required();
        visitor.Operand("FILE"u8, OptionKind.File, ref options.File, "a data file; - is standard input"u8);
        visitor.Integer("show"u8, 0, int.MaxValue, ref options.Show, "draw N images"u8);
        visitor.Integer("from"u8, 0, int.MaxValue, ref options.From, "number of the first image to draw"u8);
    }
}
