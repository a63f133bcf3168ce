using System;
using NoDeps.Formats;
using NoDeps.Network;
using NoDeps.Platform;
using NoDeps.Primitives;

namespace NoDeps.Cli;

/// <summary>A folder with the four conventional files of an MNIST-like data set.</summary>
internal sealed class DataFolder
{
    private readonly byte[] _path = new byte[4096];
    private readonly byte[] _file = new byte[4096];
    private int _pathLength;
    private int _fileLength;

    /// <summary>The folder, as it was given or found.</summary>
    public ReadOnlySpan<byte> Path => new(_path, 0, _pathLength);

    /// <summary>The file that was opened last.</summary>
    private ReadOnlySpan<byte> File => new(_file, 0, _fileLength);

    /// <summary>
    /// The folder that <paramref name="wanted"/> names, or, where it names none, the first of the usual ones that has
    /// the training images.
    /// </summary>
    public Fault Find(ReadOnlySpan<byte> wanted)
    {
        if (wanted.Length > 0) return Remember(wanted);
        if (Has("data/mnist"u8) || Has("/usr/share/datasets/fashion-mnist"u8) || Has("data/sample"u8)) return Fault.None;
        return Fault.Of(FaultKind.NoInput, "no data found\n"u8 +
            "give --data DIR, or run \"make data\" or install Debian's dataset-fashion-mnist"u8);
    }

    /// <summary>The training set, checked against the network that is to take it.</summary>
    public Fault OpenTraining(Console console, NetworkDescription network, out LabelledImages set) =>
        Open(console, network, "train-images-idx3-ubyte"u8, "train-labels-idx1-ubyte"u8, out set);

    /// <summary>The test set, likewise.</summary>
    public Fault OpenTest(Console console, NetworkDescription network, out LabelledImages set) =>
        Open(console, network, "t10k-images-idx3-ubyte"u8, "t10k-labels-idx1-ubyte"u8, out set);

    private Fault Remember(ReadOnlySpan<byte> path)
    {
        if (path.Length > _path.Length - 64) return Fault.Of(FaultKind.NoInput, "file name too long"u8);
        path.CopyTo(_path);
        _pathLength = path.Length;
        while (_pathLength > 1 && _path[_pathLength - 1] == '/') _pathLength--;
        return Fault.None;
    }

    private bool Has(ReadOnlySpan<byte> path)
    {
        Remember(path);
        ReadOnlySpan<byte> name = "train-images-idx3-ubyte"u8;
        return InputFile.Exists(Join(name, true)) || InputFile.Exists(Join(name, false));
    }

    private ReadOnlySpan<byte> Join(ReadOnlySpan<byte> name, bool gzipped)
    {
        Utf8Writer writer = new(_file);
        writer.Text(Path);
        writer.Byte((byte)'/');
        writer.Text(name);
        if (gzipped) writer.Text(".gz"u8);
        _fileLength = writer.Length;
        return File;
    }

    /// <summary>The plain file if it is there, else the gzipped one, whose name is the one that a fault tells.</summary>
    private Fault OpenOne(Console console, ReadOnlySpan<byte> name, out IdxView view)
    {
        if (InputFile.Exists(Join(name, false))) return IdxFile.Open(console, Join(name, false), out view);
        return IdxFile.Open(console, Join(name, true), out view);
    }

    private Fault Open(Console console, NetworkDescription network, ReadOnlySpan<byte> imagesName,
        ReadOnlySpan<byte> labelsName, out LabelledImages set)
    {
        set = default;
        Fault fault = OpenOne(console, imagesName, out IdxView images);
        if (!fault.IsNone) return fault;
        fault = Idx.RequireImages(images);
        if (fault.IsNone) fault = EngineSession.CheckImages(network, images.Dimension(1), images.Dimension(2));
        if (!fault.IsNone) return console.WithPath(File, fault);
        fault = OpenOne(console, labelsName, out IdxView labels);
        if (!fault.IsNone) return fault;
        fault = Idx.RequireLabels(labels);
        if (fault.IsNone) fault = Idx.CheckLabels(labels, images.Dimension(0), network.Classes);
        if (!fault.IsNone) return console.WithPath(File, fault);
        set = new LabelledImages(images, labels);
        return fault;
    }
}
