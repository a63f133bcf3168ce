using System;
using System.Runtime.CompilerServices;
using NoDeps.Network;
using NoDeps.Platform;
using NoDeps.Primitives;

namespace NoDeps.Cli;

/// <summary>Training time by layer, measured by a clock in the engine, as a table.</summary>
internal sealed unsafe class LayerTimes
{
    private const int MinWidth = 20;
    private const double PeakSeconds = 0.05;

    private readonly Engine _engine;
    private readonly long _ticks;
    private readonly long _nanoseconds;
    private double _tick;
    private double _all;
    private double _rest;
    private double _images;
    private double _peak;

    /// <summary>Starts measuring.</summary>
    public LayerTimes(Engine engine)
    {
        _engine = engine;
        _ticks = TickCounter.Read();
        _nanoseconds = Clock.Nanoseconds();
        engine.SetProfilingClock(&TickCounter.Read);
    }

    /// <summary>A row for each layer, and for everything else.</summary>
    /// <param name="console">Receives the table.</param>
    /// <param name="isa">The instruction set whose peak is the reference.</param>
    /// <param name="json">True to write JSON.</param>
    /// <param name="threads">Number of threads that trained.</param>
    /// <param name="images">Number of images that they trained on.</param>
    /// <param name="nanoseconds">The elapsed time.</param>
    public void Write(Console console, InstructionSet isa, bool json, int threads, long images, long nanoseconds)
    {
        // The length of a tick follows from the ticks that have passed since the start.
        _tick = (double)(Clock.Nanoseconds() - _nanoseconds) / (TickCounter.Read() - _ticks);
        _peak = PeakBenchmark.Measure(isa, PeakSeconds, out _) / 1e9;
        _all = _rest = (double)nanoseconds * threads;
        _images = images;
        NetworkDescription network = _engine.Network;
        int width = MinWidth;
        for (int i = 0; i < network.LayerCount; i++)
            width = Math.Max(width, network.LineText(network.Layers[i].Line).Length);
        Span<byte> widths = [Report.Words + 5, (byte)(Report.Words + Math.Min(width, Report.Words - 1)), 10, 6, 11, 15, 7, 15];
        Report report = new(console, json,
            "layer,description,forward_us,gflops,backward_us,backward_gflops,percent,percent_of_peak"u8, widths);
        Row(ref report, -1, "loading images"u8, _engine.Time(-1, false), 0);
        for (int i = 0; i <= network.LayerCount; i++)
        {
            bool isLayer = i < network.LayerCount;
            Row(ref report, isLayer ? i : -1, isLayer ? network.LineText(network.Layers[i].Line) : "loss"u8, _engine.Time(i, false),
                _engine.Time(i, true));
        }
        Row(ref report, -1, "optimizer"u8, 0, _engine.UpdateTime);
        Row(ref report, -1, "waiting and other"u8, 0, _rest > 0 ? _rest / _tick : 0);
        report.Text(default);
        report.Text("all"u8);
        for (int i = 0; i < 3; i++) report.Number(-1, 0);
        double speed = Speed(Total(_engine), _all);
        report.Number(speed * threads, 1);
        Finish(ref report, _all, speed);
    }

    /// <summary>Multiply-adds of a training step for one image.</summary>
    public static long Total(Engine engine)
    {
        long total = 0;
        for (int i = 0; i < engine.Network.LayerCount; i++)
            total += engine.MultiplyAdds(i, false) + engine.MultiplyAdds(i, true);
        return total;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Row(ref Report report, int layer, ReadOnlySpan<byte> name, double forward, double backward)
    {
        Utf8Writer index = new(stackalloc byte[8]);
        if (layer >= 0) index.Integer(layer);
        report.Text(index.Written);
        report.Text(name);
        long forwardAdds = layer < 0 ? 0 : _engine.MultiplyAdds(layer, false);
        long backwardAdds = layer < 0 ? 0 : _engine.MultiplyAdds(layer, true);
        forward *= _tick;
        backward *= _tick;
        _rest -= forward + backward;
        report.Number(forward > 0 ? forward / 1e3 / _images : -1, 3);
        report.Number(Speed(forwardAdds, forward), 1);
        report.Number(backward > 0 ? backward / 1e3 / _images : -1, 3);
        report.Number(Speed(backwardAdds, backward), 1);
        Finish(ref report, forward + backward, Speed(forwardAdds + backwardAdds, forward + backward));
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Finish(ref Report report, double time, double speed)
    {
        report.Number(100 * time / _all, 1);
        report.Number(100 * speed / _peak, 1);
        report.End();
    }

    /// <summary>GFLOP/s per thread; −1 if the row has no multiply-adds.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private double Speed(long adds, double time) => adds > 0 && time > 0 ? 2.0 * adds * _images / time : -1;
}
