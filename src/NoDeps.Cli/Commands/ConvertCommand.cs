using NoDeps.Network;
using NoDeps.Platform;
using NoDeps.Primitives;

namespace NoDeps.Cli;

/// <summary><c>nodeps convert</c>: rewrites a model with this program's keys and metadata, or a data set in another format.</summary>
internal static unsafe class ConvertCommand
{
    /// <summary>How it appears in the list of commands and in its help.</summary>
    public static CommandInfo Info => new()
    {
        Name = "convert"u8,
        Summary = "rewrite a model, or a data set as IDX files or pictures"u8,
        Introduction = """
            Rewrites a model with the keys of the equivalent torch.nn.Sequential, and with
            the network and the normalization in its metadata; or rewrites a data set, or a
            directory of pictures, as IDX files with the class names in classes.txt. --png
            writes pictures instead.

            """u8,
        Describe = &Describe,
        Run = &Run,
    };

    private static void Describe(ref OptionVisitor visitor)
    {
        ConvertOptions options = new();
        ConvertOptions.Describe(ref visitor, ref options);
    }

    private static Fault Run(Console console, ref OptionVisitor visitor)
    {
        ConvertOptions options = new();
        while (visitor.Next()) ConvertOptions.Describe(ref visitor, ref options);
        if (visitor.IsStopped) return visitor.Fault;
        console.Out.OutlivesReader = true;
        return options.IsModel ? ConvertModel(console, in options) : DataConversion.Run(console, in options);
    }

    private static Fault ConvertModel(Console console, in ConvertOptions options)
    {
        if (!options.Force && InputFile.Exists(options.Out))
            return console.WithPath(options.Out, Fault.Of(FaultKind.CannotCreate, "already exists\n"u8 + "--force replaces it"u8));
        ModelOptions source = options.Model;
        source.File = options.Source;
        Fault fault = OutputGuard.CheckInput(console, options.Out, source.File, "is the model that is read"u8);
        if (fault.IsNone) fault = OutputGuard.CheckInput(console, options.Out, source.Network, "is the network that is read"u8);
        if (fault.IsNone) fault = OutputGuard.Check(console, options.Out, 0, out _);
        if (!fault.IsNone) return fault;
        fault = SavedModel.Open(console, in source, 1, 1, ProcessorLevel.Best, KernelForm.Lanes, out SavedModel model);
        if (!fault.IsNone) return fault;
        fault = SavedModel.Write(console, model.Engine, model.Normalization, model.Metadata, options.Half, options.Out, out long length);
        if (!fault.IsNone) return fault;
        Template line = console.Print("model     $, $ parameters, $ bytes\n"u8);
        line.Text(options.Out);
        line.Grouped(model.Description.ParameterCount);
        line.Grouped(length);
        line.End();
        return fault;
    }
}
