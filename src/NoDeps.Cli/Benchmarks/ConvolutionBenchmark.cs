using System;
using NoDeps.Network;
using NoDeps.Platform;
using NoDeps.Primitives;

namespace NoDeps.Cli;

/// <summary>
/// <c>nodeps bench conv</c>: the three forms of convolution side by side, forward and both gradients, on the convolution
/// layers of a network, on one thread.
/// </summary>
internal static unsafe class ConvolutionBenchmark
{
    private const int DefaultBatch = 64;
    private const double DefaultSeconds = 0.2;
    private const int Forms = 3;
    private const int Passes = 3;
    private const ulong Seed = 1;
    /// <summary>Maximum difference of two forms, relative to the largest number: their sums have different orders.</summary>
    private const double Tolerance = 1e-4;

    private const int MaxTitleLength = 256;
    private const int LayerWidth = 42;
    private const int PassWidth = 15;
    private const int FormWidth = 6;
    private const int NumberWidth = 12;

    private static ReadOnlySpan<byte> PassName(int pass) =>
        WordList.At("forward,input gradient,weight gradient"u8, pass, (byte)',');

    /// <summary>Runs the benchmark.</summary>
    public static Fault Run(Console console, in BenchOptions options)
    {
        Table table = new(console.Out);
        if (!options.Json)
        {
            Template head = console.Print("$ images at a time, 1 thread, $\n\n"u8);
            head.Integer(options.BatchOr(DefaultBatch));
            head.Text(IsaOption.Name(options.Isa));
            head.End();
            WriteHeadings(table);
        }
        Result result = default;
        Fault fault = OfNetwork(console, table, options.HasNetwork ? options.Network : "pedestrian"u8, in options, ref result);
        if (fault.IsNone && !options.HasNetwork) fault = OfNetwork(console, table, "lochman"u8, in options, ref result);
        if (!fault.IsNone) return fault;
        if (result.Layers == 0) return Fault.Of(FaultKind.Data, "no convolution layer in"u8).WithQuote(options.Network);
        Template foot = console.Print(options.Json ? "{\"difference\":$,\"hash\":\"$\"}\n"u8 :
            "\nAn operation is a multiplication or an addition of the layer's formula, padding included.\n"u8 +
            "The forms differ by at most $ parts per million; hash of all results $\n"u8);
        foot.Fixed(options.Json ? result.Difference : result.Difference * 1e6, options.Json ? 12 : 3);
        foot.Hex(result.Hash);
        foot.End();
        return fault;
    }

    private static void WriteHeadings(Table table)
    {
        table.Left("layer"u8, LayerWidth);
        table.Left("pass"u8, PassWidth);
        table.Left("form"u8, FormWidth);
        table.Right("us an image"u8, NumberWidth);
        table.Right("GFLOP/s"u8, NumberWidth);
        table.Right("x scalar"u8, NumberWidth);
        table.End();
    }

    /// <summary>The results of the forms.</summary>
    private struct Result
    {
        public int Layers;
        /// <summary>The largest difference between two forms, relative to the largest number.</summary>
        public double Difference;
        /// <summary>CRC-32 of all results.</summary>
        public uint Hash;
    }

    private static Fault OfNetwork(Console console, Table table, ReadOnlySpan<byte> name, in BenchOptions options, ref Result result)
    {
        Fault fault = NetworkSource.Open(console, name, out NetworkDescription network);
        for (int i = 0; i < network.LayerCount && fault.IsNone; i++)
        {
            if (network.Layers[i].Kind != LayerKind.Convolution) continue;
            result.Layers++;
            fault = OfLayer(console, table, name, network, i, in options, ref result);
        }
        return fault;
    }

    private static Fault OfLayer(Console console, Table table, ReadOnlySpan<byte> name, NetworkDescription network, int layer,
        in BenchOptions options, ref Result result)
    {
        int batch = options.BatchOr(DefaultBatch);
        ConvolutionHarness[] runs = new ConvolutionHarness[Forms];
        for (int form = 0; form < Forms; form++)
        {
            Fault fault = PageMemory.Take(ConvolutionHarness.BytesNeeded(network, batch, (KernelForm)form), out byte* memory);
            if (!fault.IsNone) return fault;
            runs[form] = new(network, layer, batch, IsaOption.Kernels(options.Isa), (KernelForm)form, Seed, memory);
            for (int pass = 0; pass < Passes; pass++) new PassWork(runs[form], pass).Once();
        }
        double difference = 0;
        for (int pass = 0; pass < Passes; pass++)
        {
            for (int form = 0; form < Forms; form++)
            {
                float* numbers = Numbers(runs[form], pass, out long count);
                result.Hash = Hash(result.Hash, (byte*)numbers, count * sizeof(float));
                if (form == (int)KernelForm.Scalar) continue;
                double found = Difference(Numbers(runs[(int)KernelForm.Scalar], pass, out _), numbers, count);
                // Unlike ">", this also catches NaN.
                if (!(found <= difference)) difference = found;
            }
        }
        if (!(difference <= result.Difference)) result.Difference = difference;
        if (!(difference <= Tolerance)) return Fault.Of(FaultKind.Software, "the forms of convolution do not agree"u8);
        for (int pass = 0; pass < Passes; pass++) MeasurePass(console, table, name, network, layer, runs, pass, in options);
        return Fault.None;
    }

    private static uint Hash(uint hash, byte* bytes, long count)
    {
        const int Piece = 1 << 24;
        for (; count > 0; bytes += Piece, count -= Piece)
            hash = Crc32.Update(hash, new ReadOnlySpan<byte>(bytes, (int)Math.Min(count, Piece)));
        return hash;
    }

    private static double Difference(float* scalar, float* other, long count)
    {
        double largest = 0, difference = 0;
        for (long i = 0; i < count; i++)
        {
            double size = Math.Abs((double)scalar[i]), found = Math.Abs((double)scalar[i] - other[i]);
            if (size > largest) largest = size;
            if (!(found <= difference)) difference = found;
        }
        return difference == 0 ? 0 : difference / largest;
    }

    private static float* Numbers(ConvolutionHarness run, int pass, out long count)
    {
        count = pass == 0 ? run.OutputCount : pass == 1 ? run.InputCount : run.ParameterCount;
        return pass == 0 ? run.Output : pass == 1 ? run.InputDerivative : run.WeightDerivative;
    }

    /// <summary>One pass in one form.</summary>
    private sealed class PassWork : Work
    {
        private readonly ConvolutionHarness _run;
        private readonly int _pass;

        public PassWork(ConvolutionHarness run, int pass)
        {
            _run = run;
            _pass = pass;
        }

        public override void Once()
        {
            if (_pass == 0) _run.Forward();
            else if (_pass == 1) _run.InputGradient();
            else _run.WeightGradient();
        }
    }

    /// <summary>The layer and its input: conv 6 kernel=5 on 1x28x28.</summary>
    private static ReadOnlySpan<byte> Title(NetworkDescription network, Layer layer, byte[] buffer)
    {
        Utf8Writer writer = new(buffer);
        writer.Text(network.LineText(layer.Line));
        writer.Text(" on "u8);
        writer.Integer(layer.Input.Channels);
        writer.Byte((byte)'x');
        writer.Integer(layer.Input.Rows);
        writer.Byte((byte)'x');
        writer.Integer(layer.Input.Columns);
        return new ReadOnlySpan<byte>(buffer, 0, writer.Length);
    }

    private static void MeasurePass(Console console, Table table, ReadOnlySpan<byte> name, NetworkDescription network, int layer,
        ConvolutionHarness[] runs, int pass, in BenchOptions options)
    {
        int batch = options.BatchOr(DefaultBatch);
        double* seconds = stackalloc double[Forms];
        for (int form = 0; form < Forms; form++)
            seconds[form] = Measurement.Median(new PassWork(runs[form], pass), options.SecondsOr(DefaultSeconds)) / batch;
        ReadOnlySpan<byte> title = Title(network, network.Layers[layer], new byte[MaxTitleLength]);
        double operations = 2.0 * network.Layers[layer].MultiplyAdds;
        // The scalar sum comes last; the others are compared with it.
        for (int row = 0; row < Forms; row++)
        {
            KernelForm form = row == 0 ? KernelForm.Lanes : row == 1 ? KernelForm.Im2Col : KernelForm.Scalar;
            double time = seconds[(int)form], ratio = seconds[(int)KernelForm.Scalar] / time;
            if (options.Json)
            {
                Template json = console.Print(
                    "{\"network\":$,\"layer\":$,\"description\":$,\"input\":[$,$,$],\"pass\":$,\"form\":$,\"batch\":$,"u8 +
                    "\"microseconds_per_image\":$,\"gflops\":$,\"times_scalar\":$}\n"u8);
                Shape input = network.Layers[layer].Input;
                json.Quoted(name);
                json.Integer(layer);
                json.Quoted(network.LineText(network.Layers[layer].Line));
                json.Integer(input.Channels);
                json.Integer(input.Rows);
                json.Integer(input.Columns);
                json.Quoted(PassName(pass));
                json.Quoted(KernelOption.Name(form));
                json.Integer(batch);
                json.Fixed(time * 1e6, 4);
                json.Fixed(operations / time / 1e9, 3);
                json.Fixed(ratio, 3);
                json.End();
                continue;
            }
            table.Left(row == 0 && pass == 0 ? title : default, LayerWidth);
            table.Left(row == 0 ? PassName(pass) : default, PassWidth);
            table.Left(KernelOption.Name(form), FormWidth);
            table.Fixed(time * 1e6, 3, NumberWidth);
            table.Fixed(operations / time / 1e9, 2, NumberWidth);
            table.Fixed(ratio, 1, NumberWidth);
            table.End();
        }
    }
}
