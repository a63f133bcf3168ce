using System;
using NoDeps.Network;
using NoDeps.Platform;

namespace NoDeps.Cli;

/// <summary>
/// What training says on standard error: a line that renews itself where a person looks on, and a line an epoch.
/// </summary>
internal sealed class Progress
{
    private const long Interval = 100_000_000;
    private const int BarColumns = 20;
    private const double Smoothing = 0.05;
    private const double Second = 1e9;

    private readonly Console _console;
    private readonly OutputStream _error;
    private readonly bool _live;
    private readonly int _epochs;
    private readonly int _steps;
    private readonly int _batch;
    private int _epoch;
    private int _step;
    private long _start;
    private long _shown = Clock.Nanoseconds();
    private double _sum;
    private double _recent;
    private long _lineBegan;

    public Progress(Console console, int epochs, int stepsAnEpoch, int batch)
    {
        _console = console;
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
        Template line = _console.PrintError("$epoch $/$  loss $  $ images/s  test accuracy $% ($/$)\n"u8);
        line.Text(_live ? "\r\u001b[K"u8 : default);
        EpochNumber(line);
        line.Fixed(_sum / _steps, 4);
        Speed(line, TrainingNanoseconds - _lineBegan);
        Accuracy.Fill(line, in evaluation);
        _error.Flush();
    }

    private void Show(long elapsed)
    {
        Template line = _console.PrintError("\repoch $/$ [$$]  loss $  $ images/s  "u8);
        EpochNumber(line);
        int filled = _step * BarColumns / _steps;
        line.Repeat((byte)'#', filled);
        line.Repeat((byte)'.', BarColumns - filled);
        line.Fixed(_recent, 4);
        Speed(line, elapsed);
        line.End();
        double done = (double)_epoch * _steps + _step;
        double left = (TrainingNanoseconds + elapsed) / done * ((double)_epochs * _steps - done);
        TimeLeft((long)(left / Second + 0.5));
        _error.Flush();
    }

    private void EpochNumber(Template line)
    {
        line.Integer(_epoch + 1);
        line.Integer(_epochs);
    }

    private void Speed(Template line, long nanoseconds) =>
        line.Grouped((long)((double)_step * _batch / (Math.Max(nanoseconds, 1) / Second)));

    private void TimeLeft(long seconds)
    {
        Template line = _console.PrintError(
            seconds >= 3600 ? "$ h $ min $ s left\u001b[K"u8
            : seconds >= 60 ? "$ min $ s left\u001b[K"u8
            : "$ s left\u001b[K"u8);
        if (seconds >= 3600) line.Integer(seconds / 3600);
        if (seconds >= 60) line.Integer(seconds / 60 % 60);
        line.Integer(seconds % 60);
        line.End();
    }
}
