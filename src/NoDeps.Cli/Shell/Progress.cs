using System;
using NoDeps.Network;
using NoDeps.Platform;

namespace NoDeps.Cli;

/// <summary>
/// Training's progress on standard error: on a terminal a line that is rewritten in place, and one line per epoch.
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
    private int _epoch;
    private int _step;
    private long _stepsTaken;
    private long _samples;
    private long _start;
    private long _shown = Clock.Nanoseconds();
    private double _recent;
    private long _lineBegan;

    public Progress(Console console, int epochs, int stepsPerEpoch)
    {
        _console = console;
        _error = console.Error;
        _live = _error.IsTerminal;
        _epochs = epochs;
        _steps = stepsPerEpoch;
    }

    /// <summary>Time spent in steps so far, excluding evaluations.</summary>
    public long TrainingNanoseconds { get; private set; }

    /// <summary>Called before the steps of an epoch, counted from 0; after a resume, some of them were taken before.</summary>
    public void BeginEpoch(int epoch, int step)
    {
        _epoch = epoch;
        _step = step;
        _samples = 0;
        _start = Clock.Nanoseconds();
        _lineBegan = TrainingNanoseconds;
    }

    /// <summary>Called after every step with its loss and its number of images; updates at most ten times per second.</summary>
    public void Step(double loss, int samples)
    {
        _step++;
        _stepsTaken++;
        _samples += samples;
        _recent = _recent == 0 ? loss : _recent + Smoothing * (loss - _recent);
        if (!_live) return;
        long now = Clock.Nanoseconds();
        if (now - _shown < Interval) return;
        _shown = now;
        Show(now - _start);
    }

    /// <summary>Called after the last step: what follows does not count as training time.</summary>
    public void BeginEvaluation() => TrainingNanoseconds += Clock.Nanoseconds() - _start;

    /// <summary>The epoch's line: mean loss, speed, and the known accuracies.</summary>
    public void EndEpoch(in EpochRecord record)
    {
        Clear();
        Template line = _console.PrintError("epoch $/$  loss $  $ images/s"u8);
        EpochNumber(line);
        line.Fixed(record.Loss, 4);
        Speed(line, TrainingNanoseconds - _lineBegan);
        line.End();
        if (record.Validation.Count > 0) Accuracy.Fill(_console.PrintError("  validation accuracy $% ($/$)"u8), in record.Validation);
        if (record.Test.Count > 0) Accuracy.Fill(_console.PrintError("  test accuracy $% ($/$)"u8), in record.Test);
        _error.Write("\n"u8);
        _error.Flush();
    }

    /// <summary>Erases the progress line, so that another line can replace it.</summary>
    public void Clear()
    {
        if (_live) _error.Write("\r\u001b[K"u8);
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
        double left = (TrainingNanoseconds + elapsed) / (double)_stepsTaken * ((double)(_epochs - _epoch) * _steps - _step);
        TimeLeft((long)(left / Second + 0.5));
        _error.Flush();
    }

    private void EpochNumber(Template line)
    {
        line.Integer(_epoch + 1);
        line.Integer(_epochs);
    }

    private void Speed(Template line, long nanoseconds) =>
        line.Grouped((long)(_samples / (Math.Max(nanoseconds, 1) / Second)));

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
