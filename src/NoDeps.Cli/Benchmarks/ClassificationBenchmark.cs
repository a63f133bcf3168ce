using System;
using NoDeps.Network;
using NoDeps.Platform;
using NoDeps.Primitives;

namespace NoDeps.Cli;

/// <summary>
/// <c>nodeps bench classify</c>: how many images a second a network classifies, many at a time; <c>nodeps bench latency</c>:
/// how long one image by itself takes when caches are warm. Weights and images are random numbers of a fixed seed: time does
/// not depend on them.
/// </summary>
internal static unsafe class ClassificationBenchmark
{
    private const int UsualBatch = 256;
    private const double UsualSeconds = 1;
    private const ulong Seed = 1;
    private const float Mean = 0.5f, Deviation = 0.25f;
    private const int NameWidth = 24;
    private const int NumberWidth = 12;

    /// <summary>Measures one network, or pedestrian and lochman.</summary>
    public static Fault Run(Console console, in Options options, bool latency)
    {
        Table table = new(console.Out);
        if (!options.Json)
        {
            table.Left("network"u8, NameWidth);
            table.Right("batch"u8, NumberWidth);
            table.Right("threads"u8, NumberWidth);
            table.Right(latency ? "us"u8 : "images/s"u8, NumberWidth);
            table.Right("GFLOP/s"u8, NumberWidth);
            table.Right("results"u8, NumberWidth);
            table.End();
        }
        Fault fault = OfNetwork(console, table, options.HasNet ? options.Net : "pedestrian"u8, in options, latency);
        return fault.IsNone && !options.HasNet ? OfNetwork(console, table, "lochman"u8, in options, latency) : fault;
    }

    private static Fault OfNetwork(Console console, Table table, ReadOnlySpan<byte> name, in Options options, bool latency)
    {
        Fault fault = NetworkSource.Open(console, name, out NetworkDescription network);
        if (!fault.IsNone) return fault;
        int batch = latency ? 1 : options.BatchOr(UsualBatch);
        fault = Workshop.Create(network, batch, true, 0, (int)options.Threads, options.Isa, out Workshop workshop, options.Kernel);
        if (!fault.IsNone) return fault;
        workshop.Engine.Initialise(Seed);
        fault = PageMemory.Take((long)batch * network.Input.Size, out byte* images);
        if (!fault.IsNone) return fault;
        Philox random = new(Seed, 0);
        for (long i = 0; i < (long)batch * network.Input.Size; i++) images[i] = (byte)random.NextUInt32();
        double seconds = Measurement.Median(new Classifying(workshop.Engine, images, batch), options.SecondsOr(UsualSeconds));
        double operations = 0;
        for (int i = 0; i < network.LayerCount; i++) operations += 2.0 * network.Layers[i].MultiplyAdds;
        long bytes = (long)batch * network.Output.Size * sizeof(float);
        fault = PageMemory.Take(bytes, out byte* outputs);
        if (!fault.IsNone) return fault;
        workshop.Engine.CopyOutput(network.LayerCount - 1, (float*)outputs);
        uint hash = Crc32.Update(0, new ReadOnlySpan<byte>(outputs, (int)bytes));
        if (options.Json)
        {
            Template json = console.Say(
                "{\"network\":$,\"batch\":$,\"threads\":$,\"microseconds\":$,\"images_per_second\":$,\"gflops\":$,\"hash\":\"$\"}\n"u8);
            json.Quoted(name);
            json.Integer(batch);
            json.Integer(options.Threads);
            json.Fixed(seconds * 1e6, 3);
            json.Fixed(batch / seconds, 0);
            json.Fixed(operations * batch / seconds / 1e9, 3);
            json.Hex(hash);
            json.End();
            return fault;
        }
        table.Left(NetworkSource.ShortName(name), NameWidth);
        table.Grouped(batch, NumberWidth);
        table.Grouped(options.Threads, NumberWidth);
        table.Fixed(latency ? seconds * 1e6 : batch / seconds, latency ? 2 : 0, NumberWidth);
        table.Fixed(operations * batch / seconds / 1e9, 1, NumberWidth);
        byte* digits = stackalloc byte[8];
        Span<byte> text = new(digits, 8);
        IntegerFormat.Hex(text, hash, 8);
        table.Right(text, NumberWidth);
        table.End();
        return fault;
    }

    /// <summary>A batch from its bytes to its predictions.</summary>
    private sealed class Classifying : Work
    {
        private readonly Engine _engine;
        private readonly byte* _images;
        private readonly int _batch;

        public Classifying(Engine engine, byte* images, int batch)
        {
            _engine = engine;
            _images = images;
            _batch = batch;
        }

        public override void Once()
        {
            _engine.LoadImages(_images, null, _batch, Mean, Deviation);
            _engine.Forward(isTraining: false);
        }
    }
}
