using System;
using System.Runtime.CompilerServices;
using NoDeps.Network;
using NoDeps.Platform;
using NoDeps.Primitives;

namespace NoDeps.Cli;

/// <summary><c>nodeps verify</c>: runs reference cases of another program and compares the results.</summary>
internal static unsafe class VerifyCommand
{
    private const int KeyColumns = 26;
    private const int NumberColumns = 10;

    /// <summary>How it appears in the list of commands and in its help.</summary>
    public static CommandInfo Info => new()
    {
        Name = "verify"u8,
        Summary = "compare with results computed by another program"u8,
        Introduction = """
            Compares with reference cases computed by another program: loads the parameters,
            runs a forward and backward pass on the batch, takes three steps of plain
            gradient descent, and evaluates. For each tensor, prints the largest error
            relative to the tensor's largest magnitude. (A tensor smaller than 1/10000 of
            the largest of its kind in its layer is measured relative to that one, because
            such small values are what cancellation leaves.)

            """u8,
        Notes = """
            Verdicts: "ok" is within the tolerance, "WRONG" is not, and "rounding" marks
            differences that float32 rounding alone explains (such as the state after steps
            through a batch normalization over few samples).

            To decide, the first pass or the steps are repeated 32 times, with every
            parameter and input randomly perturbed by up to +-2 ulp before each pass.
            "moved" is the largest change that this causes in the tensor; an error may be up
            to 4 times as large. "rest" is the part of the error that remains after
            subtracting the closest linear combination of these changes; it may be up to the
            tolerance plus "moved" times a tenth of the largest "moved". (If anything moved
            by half its magnitude, only "moved" counts: a maximum or a ReLU has switched, or
            all digits are lost.)

            Exit codes: 0 all passed, 1 something is wrong, 65 no valid case, 66 no such
            file.

            """u8,
        Describe = &Describe,
        Run = &Run,
    };

    private static void Describe(ref OptionVisitor visitor)
    {
        VerifyOptions options = new();
        VerifyOptions.Describe(ref visitor, ref options);
    }

    /// <summary>The totals printed after each file.</summary>
    private struct Tally
    {
        public int Files;
        public int WrongFiles;
        public int Tensors;
        public int Rounded;
        public int Wrong;
    }

    private static Fault Run(Console console, ref OptionVisitor visitor)
    {
        VerifyOptions options = new();
        while (visitor.Next()) VerifyOptions.Describe(ref visitor, ref options);
        if (visitor.IsStopped) return visitor.Fault;
        ThreadNote.Write(console, options.Threads);
        Fault fault = ThreadTeam.Create(options.Threads, out WorkTeam team);
        Tally all = default;
        ReadOnlySpan<byte> path = default;
        for (int i = 0; i < options.Files.Count && fault.IsNone; i++)
        {
            path = options.Files.At(i);
            fault = console.WithPath(path, VerifyOne(console, path, team, in options, ref all));
        }
        if (!fault.IsNone) return fault;
        if (all.Files > 1 && !options.Json)
        {
            Template line = console.Print("$ files: "u8);
            line.Integer(all.Files);
            line.End();
            Counts(console, in all);
            console.Out.Write("\n"u8);
        }
        if (all.Wrong == 0) return fault;
        fault = Fault.Numbers(FaultKind.Different, "tensors that differ from their reference"u8, 0, all.Wrong);
        return all.Files > 1 ? fault : console.WithPath(path, fault);
    }

    private static Fault VerifyOne(Console console, ReadOnlySpan<byte> path, WorkTeam team, in VerifyOptions options, ref Tally all)
    {
        Fault fault = InputFile.Read(path, out byte* file, out long length);
        if (!fault.IsNone) return fault;
        fault = VerificationCase.Open(file, length, out VerificationCase reference);
        if (!fault.IsNone) return fault;
        NetworkDescription network = reference.Description;
        EngineOptions wanted = Verification.Options;
        wanted.Kernel = options.Kernel;
        long engineBytes = Engine.BytesNeeded(network, reference.Batch, wanted);
        long bytes = engineBytes + Verification.BytesNeeded(reference);
        fault = PageMemory.Take(bytes, out byte* memory);
        if (!fault.IsNone) return fault;
        Isa kernels = IsaOption.Kernels(options.Isa);
        Engine engine = new(network, reference.Batch, team, kernels, wanted, memory);
        Verification verification = new(reference, engine, options.Tolerance, memory + engineBytes);
        verification.Run();

        Tally one = default;
        one.Wrong = verification.Wrong;
        one.Rounded = verification.Rounded;
        for (int i = 0; i < reference.Count; i++) one.Tensors += reference.Tensors[i].IsResult ? 1 : 0;
        if (options.Json) WriteJson(console, path, reference, in one, in options);
        else WriteTable(console, path, reference, in one, in options);
        all.Files++;
        all.WrongFiles += one.Wrong > 0 ? 1 : 0;
        all.Tensors += one.Tensors;
        all.Rounded += one.Rounded;
        all.Wrong += one.Wrong;
        PageMemory.Return(memory, bytes);
        InputFile.Release(file, length);
        return fault;
    }

    // ---- table ----

    private static void WriteTable(Console console, ReadOnlySpan<byte> path, VerificationCase reference, in Tally tally,
        in VerifyOptions options)
    {
        Template line = console.Print("$: $ parameters, batch $, tolerance $, $, $\n"u8);
        line.Text(path);
        line.Grouped(reference.Description.ParameterCount);
        line.Integer(reference.Batch);
        Span<byte> digits = stackalloc byte[ErrorFigure.MaxBytes];
        line.Text(ErrorFigure.Write(digits, options.Tolerance));
        line.Text(IsaOption.Name(options.Isa));
        line.Text(KernelOption.Name(options.Kernel));
        line.End();
        console.Out.Write("tensor                      elements     error     moved      rest  verdict\n"u8);
        ReferenceTensor worst = null;
        for (int i = 0; i < reference.Count; i++)
        {
            ReferenceTensor tensor = reference.Tensors[i];
            if (!tensor.IsResult) continue;
            WriteRow(console, tensor);
            if (tensor.Verdict == Verdict.Within && (worst == null || tensor.Error > worst.Error)) worst = tensor;
        }
        Counts(console, in tally);
        if (worst != null)
        {
            line = console.Print("; largest error within the tolerance $ ($)"u8);
            line.Text(ErrorFigure.Write(digits, worst.Error));
            line.Text(worst.Key);
            line.End();
        }
        console.Out.Write("\n\n"u8);
    }

    private static void WriteRow(Console console, ReferenceTensor tensor)
    {
        Span<byte> digits = stackalloc byte[ErrorFigure.MaxBytes];
        Template line = console.Print("$$$$$$$$  $\n"u8);
        line.Text(tensor.Key);
        line.IntegerPadded(tensor.Count, KeyColumns + NumberColumns - tensor.Key.Length);
        Right(line, ErrorFigure.Write(digits, tensor.Error));
        Right(line, tensor.Movement < 0 ? "-"u8 : ErrorFigure.Write(digits, tensor.Movement));
        Right(line, tensor.Rest < 0 ? "-"u8 : ErrorFigure.Write(digits, tensor.Rest));
        line.Text(WordList.At("ok rounding WRONG"u8, (int)tensor.Verdict));
        line.End();
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Right(Template line, ReadOnlySpan<byte> text)
    {
        line.Repeat((byte)' ', NumberColumns - text.Length);
        line.Text(text);
    }

    /// <summary>"57 tensors: 57 ok, 0 rounding, 0 WRONG".</summary>
    private static void Counts(Console console, in Tally tally)
    {
        Template line = console.Print("$ tensors: $ ok, $ rounding, $ WRONG"u8);
        line.Integer(tally.Tensors);
        line.Integer(tally.Tensors - tally.Rounded - tally.Wrong);
        line.Integer(tally.Rounded);
        line.Integer(tally.Wrong);
        line.End();
    }

    // ---- JSON ----

    private static void WriteJson(Console console, ReadOnlySpan<byte> path, VerificationCase reference, in Tally tally,
        in VerifyOptions options)
    {
        Span<byte> digits = stackalloc byte[ErrorFigure.MaxBytes];
        Template json = console.Print(
            "{\"file\":$,\"passed\":$,\"isa\":\"$\",\"kernel\":\"$\",\"tolerance\":$,\"rounding\":$,\"wrong\":$,\"tensors\":["u8);
        json.Quoted(path);
        json.Text(tally.Wrong == 0 ? "true"u8 : "false"u8);
        json.Text(IsaOption.Name(options.Isa));
        json.Text(KernelOption.Name(options.Kernel));
        json.Text(ErrorFigure.Write(digits, options.Tolerance));
        json.Integer(tally.Rounded);
        json.Integer(tally.Wrong);
        json.End();
        bool first = true;
        for (int i = 0; i < reference.Count; i++)
        {
            ReferenceTensor tensor = reference.Tensors[i];
            if (!tensor.IsResult) continue;
            json = console.Print("${\"key\":$,\"elements\":$,\"error\":$,\"moved\":$,\"rest\":$,\"verdict\":\"$\"}"u8);
            json.Text(first ? default : ","u8);
            first = false;
            json.Quoted(tensor.Key);
            json.Integer(tensor.Count);
            json.Text(Number(digits, tensor.Error));
            json.Text(Number(digits, tensor.Movement));
            json.Text(Number(digits, tensor.Rest));
            json.Text(WordList.At("ok rounding wrong"u8, (int)tensor.Verdict));
            json.End();
        }
        console.Out.Write("]}\n"u8);
    }

    /// <summary>Infinity, which JSON does not have, and values that were not measured become null.</summary>
    private static ReadOnlySpan<byte> Number(Span<byte> digits, double value) =>
        value < 0 || !double.IsFinite(value) ? "null"u8 : ErrorFigure.Write(digits, value);
}
