using System;
using NoDeps.Formats;
using NoDeps.Network;
using NoDeps.Platform;
using NoDeps.Primitives;

namespace NoDeps.Cli;

/// <summary>Classifies images of IDX files.</summary>
internal sealed unsafe class IdxPrediction
{
    private const int MaxPath = 4096;

    private readonly Console _console;
    private readonly SavedModel _model;
    private readonly Classification _classification;
    private readonly byte[] _path = new byte[MaxPath];
    private byte* _inverted;
    // The file of the last image: the next one usually comes from it too.
    private int _pathLength;
    private LabeledImages _images;
    private IdxView _labels;
    /// <summary>The number of images requested when the file was opened: possibly no more were decompressed.</summary>
    private long _count;

    public IdxPrediction(Console console, SavedModel model, Classification classification)
    {
        _console = console;
        _model = model;
        _classification = classification;
    }

    /// <summary>FILE:NUMBER or FILE:FIRST-LAST; the file may be <c>-</c>.</summary>
    public Fault Predict(in ImageRange range, in PredictOptions options)
    {
        Fault fault = Fault.None;
        bool another = !new ReadOnlySpan<byte>(_path, 0, _pathLength).SequenceEqual(range.Path);
        if (another || range.Last >= _count)
        {
            _count = another ? range.Last + 1 : long.MaxValue;
            _pathLength = 0;
            fault = Open(range.Path, another ? Idx.MaxHeaderLength + _count * _model.Description.Input.Size : _count);
            if (!fault.IsNone) return fault;
        }
        if (range.Last >= _images.Count)
        {
            fault = Fault.Numbers(FaultKind.Data,
                "no such image\nthe first image is 0; the expected number is the last image"u8,
                _images.Count - 1, range.Last).WithQuote(range.Text);
        }
        return fault.IsNone ? PredictImages(range.Path, range.First, range.Last, in options) : _console.WithPath(range.Path, fault);
    }

    /// <summary>All images of a file in memory.</summary>
    public Fault PredictAll(ReadOnlySpan<byte> path, byte* file, long length, in PredictOptions options)
    {
        _pathLength = 0;
        Fault fault = Take(path, file, length);
        return fault.IsNone ? PredictImages(path, 0, _images.Count - 1, in options) : _console.WithPath(path, fault);
    }

    private Fault Open(ReadOnlySpan<byte> path, long wanted)
    {
        Fault fault = DataFile.OpenArray(path, ref wanted, out NumericArray array);
        if (wanted == long.MaxValue) _count = wanted;
        if (fault.IsNone) fault = Accept(path, in array, _count);
        return _console.WithPath(path.SequenceEqual(DataFile.StandardInput) ? "standard input"u8 : path, fault);
    }

    private Fault Take(ReadOnlySpan<byte> path, byte* file, long length)
    {
        Fault fault = Fault.None;
        if (Gzip.IsGzip(DataFile.Start(file, length))) fault = IdxFile.Decompress(ref file, ref length);
        NumericArray array = default;
        if (fault.IsNone) fault = DataFile.OpenArray(file, length, out array);
        return fault.IsNone ? Accept(path, in array, long.MaxValue) : fault;
    }

    /// <summary>Checks that the array's images fit the network, and remembers their file.</summary>
    private Fault Accept(ReadOnlySpan<byte> path, in NumericArray array, long needed)
    {
        Fault fault = DataReader.TakeImages(in array, ref _images);
        if (fault.IsNone) fault = _model.Description.CheckImages(_images.Shape);
        if (!fault.IsNone || path.Length > _path.Length) return fault;
        path.CopyTo(_path);
        _pathLength = path.Length;
        if (!LabelsBeside.TryOpen(path, _images.Count, Math.Min(needed, _images.Count), out _labels)) _labels = default;
        return fault;
    }

    private Fault PredictImages(ReadOnlySpan<byte> path, long first, long last, in PredictOptions options)
    {
        Shape shape = _model.Description.Input;
        ImageWarning warning = default;
        if (options.Inverts && _inverted == null)
        {
            Fault fault = PageMemory.Take(shape.Size, out _inverted);
            if (!fault.IsNone) return fault;
        }
        for (int i = (int)first; i <= last; i++)
        {
            byte* image = _images.Images + i * _images.ImageSize;
            if (options.Inverts)
            {
                for (int k = 0; k < shape.Size; k++) _inverted[k] = (byte)(255 - image[k]);
                image = _inverted;
            }
            if (options.Show) Draw(image, i, in options);
            PredictionPlace place = new(path) { Image = i };
            if (_labels.Data != null && _labels.Data[i] < _model.Description.Classes) place.Truth = _labels.Data[i];
            Fault fault = _classification.Predict(image, 0, in place);
            if (!fault.IsNone) return _console.WithPath(path, fault);
            warning.Add(image, shape);
        }
        warning.Write(_console, path, in _model.Metadata.Statistics, "; inverted? try --invert yes"u8);
        return Fault.None;
    }

    private void Draw(byte* image, int number, in PredictOptions options)
    {
        if (!options.Inverts) GrayDrawing.Draw(_console, in _images, number, 1);
        else if (_images.Columns <= ImageDrawing.WidestImage) ImageDrawing.Draw(_console, image, _images.Rows, _images.Columns, 1, number);
    }
}
