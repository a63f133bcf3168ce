using System;
using NoDeps.Network;
using NoDeps.Platform;
using NoDeps.Primitives;

namespace NoDeps.Cli;

/// <summary>
/// What training says on standard error: a line that renews itself where a person looks on, and a line an epoch.
/// </summary>
internal sealed class Progress
{
    private const long Interval = 100_000_000;
    private const int LineBytes = 256;
    private const int BarColumns = 20;
    private const double Smoothing = 0.05;
    private const double Second = 1e9;

    private readonly OutputStream _error;
    private readonly bool _live;
    private readonly int _epochs;
    private readonly int _steps;
    private readonly int _batch;
    private int _epoch;
    private int _step;
    private long _start;
    private long _shown;
    private double _sum;
    private double _recent;
    private long _lineBegan;

    public Progress(Console console, int epochs, int stepsAnEpoch, int batch)
    {
        _error = console.Error;
        _live = _error.IsTerminal;
        _epochs = epochs;
        _steps = stepsAnEpoch;
        _batch = batch;
    }

    /// <summary>Time spent in steps so far, without the evaluations.</summary>
    public long TrainingNanoseconds { get; private set; }

    /// <summary>Called before the steps of an epoch, counted from 0.</summary>
    public void BeginEpoch(int epoch)
    {
        _epoch = epoch;
        _step = 0;
        _sum = 0;
        _start = Clock.Nanoseconds();
        _shown = _start;
        _lineBegan = TrainingNanoseconds;
    }

    /// <summary>Called after every step with its loss; shows something ten times a second at the most.</summary>
    public void Step(double loss)
    {
        _step++;
        _sum += loss;
        _recent = _step == 1 && _epoch == 0 ? loss : _recent + Smoothing * (loss - _recent);
        if (!_live) return;
        long now = Clock.Nanoseconds();
        if (now - _shown < Interval) return;
        _shown = now;
        Show(now - _start);
    }

    /// <summary>Called after the last step: what follows is not training time.</summary>
    public void BeginEvaluation() => TrainingNanoseconds += Clock.Nanoseconds() - _start;

    /// <summary>The epoch's line: mean loss, speed, test accuracy.</summary>
    public void EndEpoch(in Evaluation evaluation)
    {
        Utf8Writer line = new(stackalloc byte[LineBytes]);
        if (_live) line.Text("\r\u001b[K"u8);
        EpochNumber(ref line);
        line.Text("  loss "u8);
        line.Fixed(_sum / _steps, 4);
        line.Text("  "u8);
        Speed(ref line, TrainingNanoseconds - _lineBegan);
        line.Text("  "u8);
        Accuracy.Write(ref line, in evaluation);
        line.Byte((byte)'\n');
        _error.Write(line.Written);
        _error.Flush();
    }

    private void Show(long elapsed)
    {
        Utf8Writer line = new(stackalloc byte[LineBytes]);
        line.Text("\r"u8);
        EpochNumber(ref line);
        line.Text(" ["u8);
        int filled = _step * BarColumns / _steps;
        line.Repeat((byte)'#', filled);
        line.Repeat((byte)'.', BarColumns - filled);
        line.Text("]  loss "u8);
        line.Fixed(_recent, 4);
        line.Text("  "u8);
        Speed(ref line, elapsed);
        double done = (double)_epoch * _steps + _step;
        double left = (TrainingNanoseconds + elapsed) / done * ((double)_epochs * _steps - done);
        line.Text("  "u8);
        TimeLeft(ref line, (long)(left / Second + 0.5));
        line.Text(" left\u001b[K"u8);
        _error.Write(line.Written);
        _error.Flush();
    }

    private void EpochNumber(ref Utf8Writer line)
    {
        line.Text("epoch "u8);
        line.Integer(_epoch + 1);
        line.Byte((byte)'/');
        line.Integer(_epochs);
    }

    private void Speed(ref Utf8Writer line, long nanoseconds)
    {
        line.Grouped((long)((double)_step * _batch / (Math.Max(nanoseconds, 1) / Second)));
        line.Text(" images/s"u8);
    }

    private static void TimeLeft(ref Utf8Writer line, long seconds)
    {
        if (seconds >= 3600)
        {
            line.Integer(seconds / 3600);
            line.Text(" h "u8);
        }
        if (seconds >= 60)
        {
            line.Integer(seconds / 60 % 60);
            line.Text(" min "u8);
        }
        line.Integer(seconds % 60);
        line.Text(" s"u8);
    }
}
