using System;
using NoDeps.Formats;
using NoDeps.Network;
using NoDeps.Platform;
using NoDeps.Primitives;

namespace NoDeps.Cli;

/// <summary>Classifies pictures: decodes them, prepares them for the network, and prints the results.</summary>
internal sealed unsafe class PicturePrediction
{
    private readonly Console _console;
    private readonly SavedModel _model;
    private readonly Classification _classification;
    private byte* _inputs;
    private PreparedDigit* _digits;

    public PicturePrediction(Console console, SavedModel model, Classification classification)
    {
        _console = console;
        _model = model;
        _classification = classification;
    }

    private Shape Input => _model.Description.Input;

    /// <summary>A picture in memory.</summary>
    /// <param name="path">Its name; <c>-</c> for standard input.</param>
    /// <param name="file">The file.</param>
    /// <param name="length">Its length in bytes.</param>
    /// <param name="options">How to prepare it, and what to print.</param>
    public Fault Predict(ReadOnlySpan<byte> path, byte* file, long length, in PredictOptions options)
    {
        Fault fault = TakeMemory();
        if (!fault.IsNone) return fault;
        fault = PictureFile.ReadHeader(file, length, options.MaxPixels, out PictureInfo info);
        if (!fault.IsNone) return fault;
        long bytes = info.OutputBytes + info.ScratchBytes;
        fault = PageMemory.Take(bytes, out byte* pixels);
        if (!fault.IsNone) return fault;
        fault = PictureFile.Decode(file, length, in info, pixels, pixels + info.OutputBytes);
        if (fault.IsNone)
        {
            bool isPrepared = !options.IsPlain && Input.Channels == 1;
            fault = isPrepared ? Prepare(path, pixels, in info, in options) : Scale(path, pixels, in info, in options);
        }
        PageMemory.Return(pixels, bytes);
        return fault;
    }

    /// <summary>Room for the inputs of all digits of a picture, allocated once.</summary>
    private Fault TakeMemory()
    {
        if (_inputs != null) return Fault.None;
        if (Input.Channels != 1 && Input.Channels != 3)
            return Fault.Numbers(FaultKind.Data, "pictures need a network with one channel (gray) or three (RGB)"u8, 3, Input.Channels);
        long digits = PicturePreparation.MaxDigits * (long)sizeof(PreparedDigit);
        Fault fault = PageMemory.Take(digits + PicturePreparation.MaxDigits * (long)Input.Size, out byte* memory);
        if (!fault.IsNone) return fault;
        _digits = (PreparedDigit*)memory;
        _inputs = memory + digits;
        return fault;
    }

    private Fault Scale(ReadOnlySpan<byte> path, byte* pixels, in PictureInfo info, in PredictOptions options)
    {
        if (options.Segment)
            return Fault.Of(FaultKind.Usage, "--segment needs a network that takes gray images"u8);
        PictureScaling.Scale(pixels, info.Height, info.Width, info.Channels, _inputs, Input.Channels, Input.Rows, Input.Columns,
            options.Inverts);
        if (options.Explain) PreparationText.WriteScaled(_console, path, in info, Input, options.Inverts);
        return Classify(path, 0, -1, in options);
    }

    private Fault Prepare(ReadOnlySpan<byte> path, byte* pixels, in PictureInfo info, in PredictOptions options)
    {
        PreparationOptions preparation = new()
        {
            Rows = Input.Rows,
            Columns = Input.Columns,
            Polarity = options.Polarity,
            Segment = options.Segment,
        };
        long bytes = PicturePreparation.ScratchBytes(info.Height, info.Width, in preparation);
        Fault fault = PageMemory.Take(bytes, out byte* room);
        if (!fault.IsNone) return fault;
        PreparationReport report = PicturePreparation.Prepare(pixels, info.Height, info.Width, info.Channels, in preparation, room,
            _inputs, _digits);
        if (options.Explain) PreparationText.WriteReport(_console, path, in info, in report);
        if (options.Show && !report.IsUnchanged) DrawStages(pixels, in info, in preparation, in report, room);
        PageMemory.Return(room, bytes);
        if (report.Digits == 0)
        {
            return Fault.Of(FaultKind.Data, "nothing stands out from the background of the picture\n"u8 +
                "is it blank, or the ink very faint? --prepare none only scales it"u8);
        }
        byte* classes = stackalloc byte[PicturePreparation.MaxDigits];
        for (int d = 0; d < report.Digits; d++)
        {
            int number = options.Segment ? d : -1;
            if (options.Explain) PreparationText.WriteDigit(_console, in report, in _digits[d], number, Input);
            fault = Classify(path, d, number, in options);
            if (!fault.IsNone) return fault;
            classes[d] = (byte)_classification.Class;
        }
        if (options.Segment) WriteNumber(path, classes, report.Digits, in options);
        return fault;
    }

    private Fault Classify(ReadOnlySpan<byte> path, int index, int digit, in PredictOptions options)
    {
        Shape input = Input;
        byte* image = _inputs + (long)index * input.Size;
        if (options.Show && input.Columns <= ImageDrawing.WidestImage)
        {
            _console.Out.Write("input\n"u8);
            ImageDrawing.Draw(_console, image, input.Rows, input.Columns, input.Channels, -1);
        }
        PredictionPlace place = new(path) { Digit = digit };
        Fault fault = _classification.Predict(image, 0, in place);
        if (!fault.IsNone) return fault;
        ImageWarning warning = default;
        warning.Add(image, input);
        warning.Write(_console, path, in _model.Metadata.Statistics, "; inverted? try --invert yes or no"u8);
        return Fault.None;
    }

    /// <summary>The number formed by the digits of a picture.</summary>
    private void WriteNumber(ReadOnlySpan<byte> path, byte* classes, int count, in PredictOptions options)
    {
        if (options.Json)
        {
            Template json = _console.Print("{\"file\":$,\"number\":\""u8);
            json.Quoted(path);
            json.End();
        }
        else
        {
            _console.Out.Write(path);
            _console.Out.Write("  number "u8);
        }
        for (int d = 0; d < count; d++) _classification.WriteName(classes[d]);
        _console.Out.Write(options.Json ? "\"}\n"u8 : "\n"u8);
    }

    /// <summary>The reduced picture and the ink, as large as the input or, for a row of digits, wider.</summary>
    private void DrawStages(byte* pixels, in PictureInfo info, in PreparationOptions preparation, in PreparationReport report,
        byte* room)
    {
        const int Widest = 84;
        int rows = Math.Min(Math.Min(Input.Rows, report.WorkRows), ImageDrawing.WidestImage);
        int columns = Math.Max(1, report.WorkColumns * rows / report.WorkRows);
        if (columns > Widest)
        {
            rows = Math.Max(1, rows * Widest / columns);
            columns = Widest;
        }
        columns = Math.Min(columns, report.WorkColumns);
        if (!PageMemory.Take(2L * rows * columns, out byte* stages).IsNone) return;
        byte* ink = stages + rows * columns;
        PreparationStages.Draw(pixels, info.Height, info.Width, info.Channels, in preparation, room, stages, ink, rows, columns);
        _console.Out.Write("picture\n"u8);
        ImageDrawing.Draw(_console, stages, rows, columns, 1, -1);
        _console.Out.Write("ink\n"u8);
        ImageDrawing.Draw(_console, ink, rows, columns, 1, -1);
        PageMemory.Return(stages, 2L * rows * columns);
    }
}
