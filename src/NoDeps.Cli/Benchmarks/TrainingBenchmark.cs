using System;
using NoDeps.Network;
using NoDeps.Platform;
using NoDeps.Primitives;

namespace NoDeps.Cli;

/// <summary>
/// <c>nodeps bench layers</c>, <c>train</c> and <c>scaling</c>: the speed of training, layer by layer, as a whole, and
/// for other batches, threads and widths of the network.
/// </summary>
internal static class TrainingBenchmark
{
    private const int DefaultBatch = 64;
    private const int MaxBatch = 1024;
    private const int MaxWidth = 4;
    private const double DefaultSeconds = 0.5;
    private const double PeakSeconds = 0.05;

    /// <summary>Training time by layer.</summary>
    public static Fault Layers(Console console, in BenchOptions options)
    {
        int batch = options.BatchOr(DefaultBatch), threads = options.Threads;
        Fault fault = NetworkSource.Open(console, options.Network, out NetworkDescription network);
        if (!fault.IsNone) return fault;
        fault = TrainingWork.Create(network, batch, threads, options.Isa, out TrainingWork work);
        if (!fault.IsNone) return fault;
        LayerTimes times = new(work.Engine);
        long start = Clock.Nanoseconds(), end = start + (long)(options.SecondsOr(DefaultSeconds) * 1e9), now, images = 0;
        do
        {
            work.Once();
            images += batch;
            now = Clock.Nanoseconds();
        }
        while (now < end);
        times.Write(console, options.Isa, options.Json, threads, images, now - start);
        return WriteHash(console, in options, work.Hash);
    }

    private static Fault WriteHash(Console console, in BenchOptions options, uint hash)
    {
        Template line = console.Print(options.Json ? "{\"hash\":\"$\"}\n"u8 : "\nhash of the parameters after three steps $\n"u8);
        line.Hex(hash);
        line.End();
        return Fault.None;
    }

    private static Report Begin(Console console, in BenchOptions options) => new(console, options.Json,
        "network,width,batch,threads,images_per_second,gflops,percent_of_peak,hash"u8,
        [Report.Words + 20, 5, 6, 7, 17, 7, 15, 10]);

    /// <summary>Images per second in training.</summary>
    public static Fault Train(Console console, in BenchOptions options)
    {
        Report report = Begin(console, in options);
        double peak = PeakBenchmark.Measure(options.Isa, PeakSeconds, out _);
        return Row(console, ref report, in options, options.BatchOr(DefaultBatch), options.Threads, 1, peak);
    }

    /// <summary>The same for batches of 1 to 1,024, for one thread and all, and for networks of twice and four times the width.</summary>
    public static Fault Scaling(Console console, in BenchOptions options)
    {
        Report report = Begin(console, in options);
        double peak = PeakBenchmark.Measure(options.Isa, PeakSeconds, out _);
        Fault fault = Fault.None;
        for (int threads = 1; threads <= options.Threads && fault.IsNone; threads++)
        {
            for (int batch = 1; batch <= options.BatchOr(MaxBatch) && fault.IsNone; batch *= 2)
                fault = Row(console, ref report, in options, batch, threads, 1, peak);
            for (int width = 2; width <= MaxWidth && fault.IsNone; width *= 2)
                fault = Row(console, ref report, in options, Math.Min(options.BatchOr(DefaultBatch), DefaultBatch), threads, width, peak);
        }
        return fault;
    }

    private static Fault Row(Console console, ref Report report, in BenchOptions options, int batch, int threads, int width, double peak)
    {
        Fault fault = NetworkSource.Open(console, options.Network, out NetworkDescription network);
        if (fault.IsNone && width > 1) fault = WidenedNetwork.Of(network, width, out network);
        if (!fault.IsNone) return fault;
        fault = TrainingWork.Create(network, batch, threads, options.Isa, out TrainingWork work);
        if (!fault.IsNone) return fault;
        double images = batch / Measurement.Median(work, options.SecondsOr(DefaultSeconds));
        double operations = 2 * images * LayerTimes.Total(work.Engine);
        report.Text(options.Network);
        report.Integer(width);
        report.Integer(batch);
        report.Integer(threads);
        report.Number(images, 0);
        report.Number(operations / 1e9, 1);
        report.Number(100 * operations / (peak * threads), 1);
        report.Hash(work.Hash);
        report.End();
        console.Out.Flush();
        return fault;
    }
}
