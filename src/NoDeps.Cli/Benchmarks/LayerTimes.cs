using System;
using NoDeps.Network;
using NoDeps.Platform;
using NoDeps.Primitives;

namespace NoDeps.Cli;

/// <summary>Where the time of training goes: what a clock counts in an engine, as a table.</summary>
internal sealed unsafe class LayerTimes
{
    private const int LeastWidth = 20;
    private const double PeakSeconds = 0.05;

    private readonly Engine _engine;
    private readonly long _ticks;
    private readonly long _nanoseconds;

    /// <summary>Begins to count.</summary>
    public LayerTimes(Engine engine)
    {
        _engine = engine;
        _ticks = TickCounter.Read();
        _nanoseconds = Clock.Nanoseconds();
        engine.TakeTimeBy(&TickCounter.Read);
    }

    /// <summary>A row for each layer, and for everything else.</summary>
    /// <param name="console">Where it goes.</param>
    /// <param name="options">The instruction set, and whether as JSON.</param>
    /// <param name="threads">How many threads trained.</param>
    /// <param name="images">How many images they trained on.</param>
    /// <param name="nanoseconds">How long that took.</param>
    public void Write(Console console, in Options options, int threads, long images, long nanoseconds)
    {
        Engine engine = _engine;
        NetworkDescription network = engine.Network;
        // Ticks are as long as those that have passed since the beginning.
        double tick = (double)(Clock.Nanoseconds() - _nanoseconds) / (TickCounter.Read() - _ticks);
        double peak = PeakBenchmark.Measure(options.Isa, PeakSeconds, out _), all = (double)nanoseconds * threads;
        int width = LeastWidth;
        for (int i = 0; i < network.LayerCount; i++)
            width = Math.Max(width, network.LineText(network.Layers[i].Line).Length);
        Span<byte> widths = [Report.Words + 5, (byte)(Report.Words + Math.Min(width, Report.Words - 1)), 10, 6, 11, 15, 7, 15];
        Report report = new(console, options.Json,
            "layer,description,forward_us,gflops,backward_us,backward_gflops,percent,percent_of_peak"u8, widths);
        Span<byte> number = stackalloc byte[8];
        double update = engine.UpdateTime * tick, rest = all - update;
        for (int i = -1; i <= network.LayerCount; i++)
        {
            double forward = engine.Time(i, false) * tick, backward = engine.Time(i, true) * tick;
            rest -= forward + backward;
            bool isLayer = i >= 0 && i < network.LayerCount;
            Utf8Writer index = new(number);
            if (isLayer) index.Integer(i);
            report.Text(index.Written);
            report.Text(isLayer ? network.LineText(network.Layers[i].Line) : i < 0 ? "loading of images"u8 : "loss"u8);
            long forwardAdds = isLayer ? engine.MultiplyAdds(i, false) : 0, backwardAdds = isLayer ? engine.MultiplyAdds(i, true) : 0;
            Row(ref report, forward, forwardAdds, backward, backwardAdds, images, all, peak);
        }
        report.Text(default);
        report.Text("optimizer"u8);
        Row(ref report, 0, 0, update, 0, images, all, peak);
        report.Text(default);
        report.Text("waiting and the rest"u8);
        Row(ref report, 0, 0, rest > 0 ? rest : 0, 0, images, all, peak);
        long adds = Total(engine);
        report.Text(default);
        report.Text("all"u8);
        for (int i = 0; i < 3; i++) report.Number(-1, 0);
        report.Number(2.0 * adds * images / nanoseconds, 1);
        report.Number(100, 1);
        report.Number(2e11 * adds * images / all / peak, 1);
        report.End();
    }

    /// <summary>Multiply-adds of a training step for one image.</summary>
    public static long Total(Engine engine)
    {
        long total = 0;
        for (int i = 0; i < engine.Network.LayerCount; i++)
            total += engine.MultiplyAdds(i, false) + engine.MultiplyAdds(i, true);
        return total;
    }

    private static void Row(ref Report report, double forward, long forwardAdds, double backward, long backwardAdds, long images,
        double all, double peak)
    {
        Pass(ref report, forward, forwardAdds, images);
        Pass(ref report, backward, backwardAdds, images);
        double time = forward + backward;
        report.Number(100 * time / all, 1);
        report.Number(forwardAdds > 0 && time > 0 ? 2e11 * (forwardAdds + backwardAdds) * images / time / peak : -1, 1);
        report.End();
    }

    private static void Pass(ref Report report, double time, long adds, long images)
    {
        report.Number(time > 0 ? time / 1e3 / images : -1, 3);
        report.Number(adds > 0 && time > 0 ? 2.0 * adds * images / time : -1, 1);
    }
}
