using System;
using NoDeps.Network;
using NoDeps.Platform;
using NoDeps.Primitives;

namespace NoDeps.Cli;

/// <summary>
/// <c>nodeps bench layers</c>, <c>train</c> and <c>scaling</c>: how fast training is, layer by layer, as a whole, and with
/// other batches, threads and widths of the network.
/// </summary>
internal static class TrainingBenchmark
{
    private const int UsualBatch = 64;
    private const int LargestBatch = 1024;
    private const int LargestWidth = 4;
    private const double UsualSeconds = 0.5;
    private const double PeakSeconds = 0.05;

    /// <summary>Where the time of training goes, layer by layer.</summary>
    public static Fault Layers(Console console, in Options options)
    {
        int batch = options.BatchOr(UsualBatch), threads = (int)options.Threads;
        Fault fault = NetworkSource.Open(console, options.Net, out NetworkDescription network);
        if (!fault.IsNone) return fault;
        fault = TrainingWork.Create(network, batch, threads, options.Isa, out TrainingWork work);
        if (!fault.IsNone) return fault;
        LayerTimes times = new(work.Engine);
        long start = Clock.Nanoseconds(), end = start + (long)(options.SecondsOr(UsualSeconds) * 1e9), now, images = 0;
        do
        {
            work.Once();
            images += batch;
            now = Clock.Nanoseconds();
        }
        while (now < end);
        times.Write(console, in options, threads, images, now - start);
        return WriteHash(console, in options, work.Hash);
    }

    private static Fault WriteHash(Console console, in Options options, uint hash)
    {
        Template line = console.Say(options.Json ? "{\"hash\":\"$\"}\n"u8 : "\nhash of the parameters after three steps $\n"u8);
        line.Hex(hash);
        line.End();
        return Fault.None;
    }

    private static Report Begin(Console console, in Options options) => new(console, options.Json,
        "network,width,batch,threads,images_per_second,gflops,percent_of_peak,hash"u8,
        [Report.Words + 20, 5, 6, 7, 17, 7, 15, 10]);

    /// <summary>Images a second in training.</summary>
    public static Fault Train(Console console, in Options options)
    {
        Report report = Begin(console, in options);
        double peak = PeakBenchmark.Measure(options.Isa, PeakSeconds, out _);
        return Row(console, ref report, in options, options.BatchOr(UsualBatch), (int)options.Threads, 1, peak);
    }

    /// <summary>The same for batches of 1 to 1,024, for one thread and all, and for networks of twice and four times the width.</summary>
    public static Fault Scaling(Console console, in Options options)
    {
        Report report = Begin(console, in options);
        double peak = PeakBenchmark.Measure(options.Isa, PeakSeconds, out _);
        Fault fault = Fault.None;
        for (int threads = 1; threads <= options.Threads && fault.IsNone; threads++)
        {
            for (int batch = 1; batch <= options.BatchOr(LargestBatch) && fault.IsNone; batch *= 2)
                fault = Row(console, ref report, in options, batch, threads, 1, peak);
            for (int width = 2; width <= LargestWidth && fault.IsNone; width *= 2)
                fault = Row(console, ref report, in options, Math.Min(options.BatchOr(UsualBatch), UsualBatch), threads, width, peak);
        }
        return fault;
    }

    private static Fault Row(Console console, ref Report report, in Options options, int batch, int threads, int width, double peak)
    {
        Fault fault = NetworkSource.Open(console, options.Net, out NetworkDescription network);
        if (fault.IsNone && width > 1) fault = WidenedNetwork.Of(network, width, out network);
        if (!fault.IsNone) return fault;
        fault = TrainingWork.Create(network, batch, threads, options.Isa, out TrainingWork work);
        if (!fault.IsNone) return fault;
        double images = batch / Measurement.Median(work, options.SecondsOr(UsualSeconds));
        double operations = 2 * images * LayerTimes.Total(work.Engine);
        report.Text(options.Net);
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
