using System;
using NoDeps.Formats;
using NoDeps.Network;
using NoDeps.Platform;
using NoDeps.Primitives;

namespace NoDeps.Cli;

/// <summary>
/// Checks an output path before the work whose result it will contain: fails if that would destroy another file, or if it cannot be
/// written. Faults name the output.
/// </summary>
internal static class OutputGuard
{
    private const int MaxDescription = 1 << 16;

    /// <summary>Checks everything that could fail when saving, and warns if a file will be overwritten in place.</summary>
    /// <param name="console">Yields standard output to the file if that is the output.</param>
    /// <param name="path">The output.</param>
    /// <param name="length">The approximate number of bytes that will be written.</param>
    /// <param name="method">How they will be written.</param>
    public static Fault Check(Console console, ReadOnlySpan<byte> path, long length, out OutputMethod method)
    {
        method = OutputMethod.Replace;
        Fault fault = CheckProgram(console, path);
        if (!fault.IsNone) return fault;
        fault = CheckContent(path);
        if (fault.IsNone) fault = OutputFile.Check(path, length, out method);
        if (!fault.IsNone) return console.WithPath(path, fault);
        if (method == OutputMethod.StandardOutput) console.YieldOutput();
        if (method != OutputMethod.InPlace) return fault;
        Template line = console.PrintError(
            "nodeps: warning: $: a mounted or open file cannot be replaced atomically; it will be overwritten\n"u8);
        line.Text(path);
        line.End();
        return fault;
    }

    /// <summary>Fails if an output is one of the inputs, or another output.</summary>
    /// <param name="console">Records the file that a fault is about.</param>
    /// <param name="path">The output.</param>
    /// <param name="input">A file that is read, or another output; empty for none.</param>
    /// <param name="what">A description of that file, such as "is the model that is read".</param>
    public static Fault CheckInput(Console console, ReadOnlySpan<byte> path, ReadOnlySpan<byte> input, ReadOnlySpan<byte> what) =>
        !input.IsEmpty && (path.SequenceEqual(input) || OutputFile.IsSame(path, input)) ? console.WithPath(path, Refuse(what))
            : Fault.None;

    /// <summary>Fails if an output of a training is one of the files from which it starts.</summary>
    public static Fault CheckInputs(Console console, ReadOnlySpan<byte> path, in TrainOptions options)
    {
        Fault fault = CheckInput(console, path, options.Init, "is the model that the training starts from"u8);
        if (fault.IsNone) fault = CheckInput(console, path, options.NetworkFile, "is the network's description"u8);
        if (fault.IsNone) fault = CheckInput(console, path, options.RecipeFile, "is the recipe"u8);
        return fault.IsNone ? CheckInput(console, path, options.Resume, "is the checkpoint to resume from"u8) : fault;
    }

    /// <summary>Fails if an output is the program.</summary>
    public static Fault CheckProgram(Console console, ReadOnlySpan<byte> path) =>
        InputFile.IsSame(path, "/proc/self/exe"u8) ? console.WithPath(path, Refuse("is this program itself"u8)) : Fault.None;

    /// <summary>Fails if an output is a file of the data set.</summary>
    public static Fault CheckData(Console console, ReadOnlySpan<byte> path, DataSetFiles set) =>
        InputFile.IsRegular(path) && set.Includes(path) ? console.WithPath(path, Refuse("is a file of the data set"u8)) : Fault.None;

    /// <summary>Fails if an existing file is known to be something other than a model.</summary>
    private static Fault CheckContent(ReadOnlySpan<byte> path)
    {
        if (!InputFile.IsRegular(path)) return Fault.None;
        byte[] buffer = new byte[MaxDescription];
        ReadOnlySpan<byte> start = new(buffer, 0, InputFile.ReadStart(path, buffer));
        ReadOnlySpan<byte> kind = KindOf(start);
        if (kind.IsEmpty) return Fault.None;
        Utf8Writer what = new(stackalloc byte[120]);
        what.Text("is "u8);
        what.Text(kind);
        what.Text(", not a model"u8);
        return Refuse(what.Written);
    }

    private static ReadOnlySpan<byte> KindOf(ReadOnlySpan<byte> start)
    {
        if (start.Length < 4) return default;
        if (start[0] == 0 && start[1] == 0 && start[2] is >= 8 and <= 14 && start[3] is > 0 and < 16) return "an IDX file"u8;
        if (start[0] == 0x7F && start.Slice(1, 3).SequenceEqual("ELF"u8)) return "a program"u8;
        if (start.Length < MaxDescription && NetworkDescription.Parse(start, out _).IsNone) return "a network description"u8;
        ReadOnlySpan<byte> kind = FileKind.Describe(start);
        int end = kind.IndexOf((byte)'\n');
        if (end >= 0) kind = kind.Slice(0, end);
        return kind.SequenceEqual("a safetensors file"u8) || kind.SequenceEqual("a text file"u8) ? default : kind;
    }

    private static Fault Refuse(ReadOnlySpan<byte> what) =>
        Fault.Of(FaultKind.CannotCreate, what).WithHint("it would be overwritten; name another file"u8);
}
