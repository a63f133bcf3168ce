using System;
using System.Runtime.CompilerServices;
using NoDeps.Network;
using NoDeps.Platform;
using NoDeps.Primitives;

namespace NoDeps.Cli;

/// <summary><c>nodeps gradcheck</c>: checks gradients against finite differences.</summary>
internal static unsafe class GradcheckCommand
{
    private const int LayerColumns = 44;
    private const long Patience = 300_000_000;

    /// <summary>How it appears in the list of commands and in its help.</summary>
    public static CommandInfo Info => new()
    {
        Name = "gradcheck"u8,
        Summary = "check gradients against finite differences"u8,
        Introduction = """
            Runs one forward and backward pass on a random batch and compares some elements
            of every gradient with central differences of the loss, which a second, plain
            forward pass computes in float64. The gradients are those of each layer's
            weight, bias and input, and of the earlier output that a shortcut adds (sum).

            """u8,
        Notes = """
            The column "kinks" counts elements that were skipped because the loss is not
            differentiable there (a ReLU at 0, a tie in a max pooling). A wrong input
            gradient also affects all earlier layers, so the error message names the wrong
            gradient closest to the loss. The exit code is 0 if every error is within the
            tolerance, else 1.

            """u8,
        Describe = &Describe,
        Run = &Run,
    };

    private static void Describe(ref OptionVisitor visitor)
    {
        GradcheckOptions options = new();
        GradcheckOptions.Describe(ref visitor, ref options);
    }

    private static Fault Run(Console console, ref OptionVisitor visitor)
    {
        GradcheckOptions options = new();
        while (visitor.Next()) GradcheckOptions.Describe(ref visitor, ref options);
        if (visitor.IsStopped) return visitor.Fault;
        ThreadNote.Write(console, options.Threads);
        Fault fault = NetworkSource.Open(console, options.Network, out NetworkDescription network);
        if (!fault.IsNone) return fault;
        if (GradientCheck.Fits(network, options.Batch)) return Check(console, network, in options);
        visitor.Reject("--batch is too large for this network"u8);
        return visitor.Fault;
    }

    private static Fault Check(Console console, NetworkDescription network, in GradcheckOptions options)
    {
        int batch = options.Batch;
        Fault fault = Prepare(network, batch, in options, out GradientCheck check);
        if (!fault.IsNone) return fault;
        Probe(console, check, network);

        double tolerance = options.Tolerance;
        int wrong = 0;
        for (int i = 0; i < check.Count; i++) wrong += IsWrong(check.Tensor(i), tolerance) ? 1 : 0;
        if (options.Json) WriteJson(console, network, check, batch, wrong, in options);
        else WriteTable(console, network, check, batch, in options);
        if (wrong == 0) return fault;
        return console.WithPath(options.Network, Wrong(network, check.FirstWrong(tolerance), wrong));
    }

    private static Fault Prepare(NetworkDescription network, int batch, in GradcheckOptions options, out GradientCheck check)
    {
        check = null;
        Fault fault = ThreadTeam.Create(options.Threads, out WorkTeam team);
        if (!fault.IsNone) return fault;
        long engineBytes = Engine.BytesNeeded(network, batch, GradientCheck.Options);
        long checkBytes = GradientCheck.BytesNeeded(network, batch);
        fault = Arena.Create(engineBytes + checkBytes + 2 * Arena.Alignment, out Arena arena);
        if (!fault.IsNone) return fault;
        Isa kernels = IsaOption.Kernels(options.Isa);
        Engine engine = new(network, batch, team, kernels, GradientCheck.Options, arena.Allocate(engineBytes));
        check = new GradientCheck(engine, batch, (ulong)options.Seed, arena.Allocate(checkBytes));
        return fault;
    }

    /// <summary>Compares every gradient; shows progress on a terminal.</summary>
    private static void Probe(Console console, GradientCheck check, NetworkDescription network)
    {
        long start = Clock.Nanoseconds();
        bool live = console.Error.IsTerminal, shown = false;
        check.Backpropagate();
        for (int i = 0; i < check.Count; i++)
        {
            GradientTensor tensor = check.Tensor(i);
            if (live && Clock.Nanoseconds() - start > Patience)
            {
                shown = true;
                Template line = console.PrintError("\rlayer $ of $: $\u001b[K"u8);
                line.Integer(tensor.Layer);
                line.Integer(network.LayerCount);
                line.Text(Name(tensor));
                line.End();
                console.Error.Flush();
            }
            check.Run(tensor);
        }
        if (!shown) return;
        console.Error.Write("\r\u001b[K"u8);
        console.Error.Flush();
    }

    private static bool IsWrong(GradientTensor tensor, double tolerance) => !(tensor.Error <= tolerance);

    private static ReadOnlySpan<byte> Name(GradientTensor tensor) =>
        WordList.At("weight bias input sum"u8, (int)tensor.Kind);

    private static ReadOnlySpan<byte> Verdict(GradientTensor tensor, double tolerance) =>
        IsWrong(tensor, tolerance) ? "WRONG"u8 : tensor.Probed == 0 ? "kinks"u8 : "ok"u8;

    private static Fault Wrong(NetworkDescription network, GradientTensor first, int wrong)
    {
        Utf8Writer hint = new(new byte[512]);
        hint.Text("the one closest to the loss: "u8);
        hint.Text(Name(first));
        if (first.Layer < network.LayerCount)
        {
            hint.Text(" of layer "u8);
            hint.Integer(first.Layer);
            hint.Text(", "u8);
        }
        else hint.Text(" of "u8);
        hint.Text(LayerText.Of(network, first.Layer));
        return Fault.Numbers(FaultKind.Different, "gradients that differ from finite differences"u8, 0, wrong)
            .WithHint(hint.Written);
    }

    // ---- table ----

    private static void WriteTable(Console console, NetworkDescription network, GradientCheck check, int batch,
        in GradcheckOptions options)
    {
        Span<byte> digits = stackalloc byte[ErrorFigure.MaxBytes];
        Template line = console.Print("$: batch $, seed $, tolerance $, $\n"u8);
        line.Text(options.Network);
        line.Integer(batch);
        line.Integer(options.Seed);
        line.Text(ErrorFigure.Write(digits, options.Tolerance));
        line.Text(IsaOption.Name(options.Isa));
        line.End();
        console.Out.Write("layer                                           gradient  elements  probed  kinks  worst error\n"u8);
        int probed = 0, kinks = 0, last = -1;
        double worst = 0;
        for (int i = 0; i < check.Count; i++)
        {
            GradientTensor tensor = check.Tensor(i);
            for (; last < tensor.Layer; last++)
            {
                // Flatten has no gradients.
                if (last + 1 < tensor.Layer) WriteLayer(console, network, last + 1, "\n"u8);
            }
            bool isNew = i == 0 || check.Tensor(i - 1).Layer != tensor.Layer;
            WriteLayer(console, network, isNew ? tensor.Layer : -1, default);
            WriteGradient(console, tensor, options.Tolerance);
            probed += tensor.Probed;
            kinks += tensor.Kinks;
            if (!(tensor.Error <= worst)) worst = tensor.Error;
        }
        line = console.Print("$ gradients, $ elements probed, $ kinks; worst error $\n"u8);
        line.Integer(check.Count);
        line.Integer(probed);
        line.Integer(kinks);
        line.Text(ErrorFigure.Write(digits, worst));
        line.End();
    }

    /// <summary>A layer's number and line in their columns, or blanks for −1.</summary>
    private static void WriteLayer(Console console, NetworkDescription network, int layer, ReadOnlySpan<byte> end)
    {
        ReadOnlySpan<byte> text = layer < 0 ? default : LayerText.Of(network, layer);
        Template line = console.Print("$ $$$"u8);
        if (layer >= 0 && layer < network.LayerCount) line.IntegerPadded(layer, 3);
        else line.Repeat((byte)' ', 3);
        line.Text(text);
        line.Repeat((byte)' ', end.IsEmpty ? Math.Max(LayerColumns - text.Length, 1) : 0);
        line.Text(end);
        line.End();
    }

    private static void WriteGradient(Console console, GradientTensor tensor, double tolerance)
    {
        Span<byte> digits = stackalloc byte[ErrorFigure.MaxBytes];
        ReadOnlySpan<byte> name = Name(tensor), error = ErrorFigure.Write(digits, tensor.Error);
        Template line = console.Print("$$$$$$  $\n"u8);
        line.Text(name);
        line.IntegerPadded(tensor.Count, 18 - name.Length);
        line.IntegerPadded(tensor.Probed, 8);
        line.IntegerPadded(tensor.Kinks, 7);
        line.Repeat((byte)' ', 13 - error.Length);
        line.Text(error);
        line.Text(Verdict(tensor, tolerance));
        line.End();
    }

    // ---- JSON ----

    private static void WriteJson(Console console, NetworkDescription network, GradientCheck check, int batch, int wrong,
        in GradcheckOptions options)
    {
        Span<byte> digits = stackalloc byte[ErrorFigure.MaxBytes];
        Template json = console.Print(
            "{\"network\":$,\"passed\":$,\"batch\":$,\"seed\":$,\"isa\":\"$\",\"tolerance\":$,\"wrong\":$,\"gradients\":["u8);
        json.Quoted(options.Network);
        json.Text(Boolean(wrong == 0));
        json.Integer(batch);
        json.Integer(options.Seed);
        json.Text(IsaOption.Name(options.Isa));
        json.Text(ErrorFigure.Write(digits, options.Tolerance));
        json.Integer(wrong);
        json.End();
        GradientTensor first = check.FirstWrong(options.Tolerance);
        for (int i = 0; i < check.Count; i++)
        {
            GradientTensor tensor = check.Tensor(i);
            json = console.Print(
                "${\"layer\":$,\"text\":$,\"gradient\":\"$\",\"elements\":$,\"probed\":$,\"kinks\":$,"u8 +
                "\"error\":$,\"ok\":$,\"cause\":$}"u8);
            json.Text(i == 0 ? default : ","u8);
            json.Integer(tensor.Layer);
            json.Quoted(LayerText.Of(network, tensor.Layer));
            json.Text(Name(tensor));
            json.Integer(tensor.Count);
            json.Integer(tensor.Probed);
            json.Integer(tensor.Kinks);
            // JSON has no infinity.
            json.Text(double.IsFinite(tensor.Error) ? ErrorFigure.Write(digits, tensor.Error) : "null"u8);
            json.Text(Boolean(!IsWrong(tensor, options.Tolerance)));
            json.Text(Boolean(first == tensor));
            json.End();
        }
        console.Out.Write("]}\n"u8);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static ReadOnlySpan<byte> Boolean(bool value) => value ? "true"u8 : "false"u8;
}
