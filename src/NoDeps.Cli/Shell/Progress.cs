using System;
using NoDeps.Network;
using NoDeps.Platform;
using NoDeps.Primitives;

namespace NoDeps.Cli;

/// <summary>
/// Shows the progress of training: on a terminal, a line on standard error that updates itself; and a line for each epoch, on standard
/// output if that is a file or a pipe, otherwise on standard error.
/// </summary>
internal sealed class Progress
{
    private const long Interval = 100_000_000;
    private const int BarColumns = 20;
    private const int MaxColumns = 200;
    private const double Smoothing = 0.05;
    private const double Second = 1e9;

    private readonly Console _console;
    private readonly OutputStream _error, _lines;
    private readonly bool _live, _json;
    private readonly int _epochs, _steps;
    private readonly long _began = Clock.Nanoseconds();
    private int _epoch, _step;
    private long _stepsTaken, _samples, _start;
    private long _shown = Clock.Nanoseconds();
    private double _recent;
    private long _lineBegan;

    /// <param name="console">Where it tells.</param>
    /// <param name="epochs">Epochs of the whole training.</param>
    /// <param name="stepsPerEpoch">Steps in each epoch.</param>
    /// <param name="json">True if epochs are objects on standard output.</param>
    public Progress(Console console, int epochs, int stepsPerEpoch, bool json)
    {
        _console = console;
        _error = console.Error;
        _live = _error.IsTerminal && !console.Environment.Is("TERM"u8, "dumb"u8);
        _json = json;
        _lines = console.Out.IsTerminal ? _error : console.Out;
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

    /// <summary>Seconds since the training began.</summary>
    public double Seconds => (Clock.Nanoseconds() - _began) / Second;

    /// <summary>Images per second of the epoch that has ended.</summary>
    public double Speed => SpeedOf(TrainingNanoseconds - _lineBegan);

    /// <summary>The epoch's line: mean loss, speed, and the accuracies that are known.</summary>
    public void EndEpoch(in EpochRecord record)
    {
        Clear();
        if (_json)
        {
            WriteJson(in record);
            return;
        }
        Utf8Writer line = new(stackalloc byte[MaxColumns]);
        WriteEpoch(ref line);
        line.Text("  loss "u8);
        line.Fixed(record.Loss, 4);
        WriteSpeed(ref line, Speed);
        if (record.Validation.Count > 0) WriteAccuracy(ref line, "  validation accuracy "u8, in record.Validation);
        if (record.Test.Count > 0) WriteAccuracy(ref line, "  test accuracy "u8, in record.Test);
        line.Byte((byte)'\n');
        if (_lines != _error) _error.Flush();
        _lines.Write(line.Written);
        _lines.Flush();
    }

    /// <summary>Erases the progress line, so that another line can replace it.</summary>
    public void Clear()
    {
        if (_live) _error.Write("\r\u001b[K"u8);
    }

    private void WriteJson(in EpochRecord record)
    {
        Utf8Writer line = new(stackalloc byte[EpochText.MaxBytes]);
        line.Text("{\"event\":\"epoch\","u8);
        EpochText.WriteJson(ref line, in record, Seconds, Speed);
        line.Text("}\n"u8);
        _error.Flush();
        _console.Out.Write(line.Written);
        _console.Out.Flush();
    }

    /// <summary>As much as fits the terminal's columns: a line that wraps could not be erased.</summary>
    private void Show(long elapsed)
    {
        int columns = Math.Min(_error.Columns, MaxColumns) - 1;
        Utf8Writer line = new(stackalloc byte[MaxColumns]);
        double left = (TrainingNanoseconds + elapsed) / (double)_stepsTaken * ((double)(_epochs - _epoch) * _steps - _step);
        // From the most detailed form to the shortest.
        for (int detail = 3; detail >= 0; detail--)
        {
            line.Clear();
            WriteEpoch(ref line);
            if (detail >= 3) WriteBar(ref line);
            if (detail >= 1) line.Text("  loss "u8);
            if (detail >= 1) line.Fixed(_recent, 4);
            if (detail >= 2) WriteSpeed(ref line, SpeedOf(elapsed));
            line.Text("  "u8);
            WriteTime(ref line, (long)(left / Second + 0.5));
            if (line.Length <= columns) break;
        }
        _error.Write("\r"u8);
        _error.Write(line.Written.Slice(0, Math.Max(Math.Min(line.Length, columns), 0)));
        _error.Write("\u001b[K"u8);
        _error.Flush();
    }

    private void WriteEpoch(scoped ref Utf8Writer line)
    {
        line.Text("epoch "u8);
        line.Integer(_epoch + 1);
        line.Byte((byte)'/');
        line.Integer(_epochs);
    }

    private void WriteBar(scoped ref Utf8Writer line)
    {
        int filled = (int)((long)_step * BarColumns / _steps);
        line.Text(" ["u8);
        line.Repeat((byte)'#', filled);
        line.Repeat((byte)'.', BarColumns - filled);
        line.Byte((byte)']');
    }

    private static void WriteSpeed(scoped ref Utf8Writer line, double speed)
    {
        line.Text("  "u8);
        line.Grouped((long)speed);
        line.Text(" images/s"u8);
    }

    private static void WriteAccuracy(scoped ref Utf8Writer line, ReadOnlySpan<byte> name, in Evaluation evaluation)
    {
        line.Text(name);
        line.Fixed(100 * evaluation.Accuracy, 2);
        line.Text("% ("u8);
        line.Integer(evaluation.Correct);
        line.Byte((byte)'/');
        line.Integer(evaluation.Count);
        line.Byte((byte)')');
    }

    private static void WriteTime(scoped ref Utf8Writer line, long seconds)
    {
        if (seconds >= 3600) line.Integer(seconds / 3600);
        if (seconds >= 3600) line.Text(" h "u8);
        if (seconds >= 60) line.Integer(seconds / 60 % 60);
        if (seconds >= 60) line.Text(" min "u8);
        line.Integer(seconds % 60);
        line.Text(" s left"u8);
    }

    private double SpeedOf(long nanoseconds) => _samples / (Math.Max(nanoseconds, 1) / Second);
}
