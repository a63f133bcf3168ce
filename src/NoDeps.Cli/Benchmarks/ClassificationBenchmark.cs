using System;
using NoDeps.Network;
using NoDeps.Platform;
using NoDeps.Primitives;

namespace NoDeps.Cli;

/// <summary>
/// <c>nodeps bench classify</c>: how many images per second a network classifies in batches;
/// <c>nodeps bench latency</c>: the time for a single image with warm caches. From bytes to probabilities. Weights are random numbers
/// from a fixed seed and images a pattern: the time does not depend on them.
/// </summary>
internal static unsafe class ClassificationBenchmark
{
    private const int DefaultBatch = 256;
    private const double DefaultSeconds = 1;
    private const ulong Seed = 1;

    /// <summary>Measures one network, or pedestrian and lochman, with a default batch size.</summary>
    public static Fault Run(Console console, in BenchOptions options, bool latency)
    {
        int batch = latency ? 1 : options.BatchOr(DefaultBatch);
        Report report = new(console, options.Json, "network,batch,threads,microseconds,images_per_second,gflops,hash"u8,
            [Report.Words + 20, 6, 7, 14, 17, 7, 10]);
        Fault fault = OfNetwork(console, ref report, options.HasNetwork ? options.Network : "pedestrian"u8, in options, batch);
        return fault.IsNone && !options.HasNetwork ? OfNetwork(console, ref report, "lochman"u8, in options, batch) : fault;
    }

    private static Fault OfNetwork(Console console, ref Report report, ReadOnlySpan<byte> name, in BenchOptions options, int batch)
    {
        Fault fault = NetworkSource.Open(console, name, out NetworkDescription network);
        if (!fault.IsNone) return fault;
        fault = EngineSession.Create(network, batch, true, 0, options.Threads, options.Isa, out EngineSession session, options.Kernel);
        if (!fault.IsNone) return fault;
        long pixels = (long)batch * network.Input.Size, outputs = (long)batch * network.Output.Size * sizeof(float);
        fault = PageMemory.Take(Math.Max(pixels, outputs), out byte* data);
        if (!fault.IsNone) return fault;
        session.Engine.Initialize(Seed);
        for (long i = 0; i < pixels; i++) data[i] = (byte)((ulong)i * 181 >> 3);
        double seconds = Measurement.Median(new Classifying(session.Engine, data, batch), options.SecondsOr(DefaultSeconds));
        session.Engine.CopyOutput(network.LayerCount - 1, (float*)data);
        report.Text(name);
        report.Integer(batch);
        report.Integer(options.Threads);
        report.Number(seconds * 1e6, 1);
        report.Number(batch / seconds, 0);
        report.Number(2e-9 * network.MultiplyAdds * batch / seconds, 1);
        report.Hash(Crc32.Update(0, new ReadOnlySpan<byte>(data, (int)outputs)));
        report.End();
        return fault;
    }

    /// <summary>A batch from its bytes to its predictions.</summary>
    private sealed class Classifying : Work
    {
        private const float Mean = 0.5f, Std = 0.25f;

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
            _engine.SetImages(_images, null, _batch, new Normalization(Mean, Std));
            _engine.Forward(isTraining: false);
        }
    }
}
