using System;
using NoDeps.Primitives;

namespace NoDeps.Cli;

/// <summary>The options of <c>nodeps lab</c>.</summary>
internal ref struct LabOptions
{
    /// <summary>Number of a <see cref="LabPrimitive"/>; negative if none was named.</summary>
    public int Primitive = -1;
    /// <summary>The number N; empty if omitted.</summary>
    public ReadOnlySpan<byte> Argument;
    /// <summary>Empty for the default.</summary>
    public ReadOnlySpan<byte> Variant;
    public int Threads = CommonOptions.DefaultThreads;

    public LabOptions()
    {
    }

    /// <summary>Declares the options.</summary>
    public static void Describe(ref OptionVisitor visitor, scoped ref LabOptions options)
    {
        visitor.Subjects("PRIMITIVE"u8, "Primitives (variants in brackets, the default first)"u8);
        Utf8Writer help = new(stackalloc byte[256]);
        for (int i = 0; i <= (int)LabPrimitive.Sweep; i++)
        {
            LabRow row = LabRow.Of((LabPrimitive)i);
            help.Clear();
            help.Text(row.Help);
            help.Text(row.Variants.IsEmpty ? default : " ["u8);
            help.Text(row.Variants);
            help.Text(row.Variants.IsEmpty ? default : "]"u8);
            visitor.Subject(row.Name, row.Argument, i, ref options.Primitive, help.Written);
        }
        visitor.SubjectArgument(ref options.Argument);
        visitor.AppliesIf(options.Primitive < 0 || !LabRow.Of((LabPrimitive)options.Primitive).Variants.IsEmpty);
        visitor.Text("variant"u8, OptionKind.Text, "NAME"u8, ref options.Variant, "the variant to run"u8, "the first listed"u8);
        visitor.AppliesIf(options.Primitive < 0 || options.Primitive == (int)LabPrimitive.Sweep);
        visitor.Integer("threads"u8, 1, CommonOptions.MaxThreads, ref options.Threads, "number of threads, for sweep"u8,
            "one per available processor"u8);
    }
}
