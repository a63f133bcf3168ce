using System;
using NoDeps.Formats;
using NoDeps.Platform;
using NoDeps.Primitives;

namespace NoDeps.Cli;

/// <summary>The location of the data: a folder with one or more sets, or a file that is a whole set.</summary>
internal sealed class DataFolder
{
    private const int MaxListed = 6;
    private const int MaxHint = 320;

    private byte[] _path;
    private bool _isNamed;

    /// <summary>The path, as it was given or found.</summary>
    public ReadOnlySpan<byte> Path => _path;

    /// <summary>The files of the set.</summary>
    public DataSetFiles Set { get; private set; }

    /// <summary>The set's name if the path alone does not identify it; otherwise empty.</summary>
    public ReadOnlySpan<byte> SetName => _isNamed ? Set.Name : default;

    /// <summary>
    /// Finds the set that the options name or, without a path, the first one in the default locations. A fault names the path.
    /// </summary>
    public Fault Find(Console console, in DataOptions options)
    {
        if (!options.Path.IsEmpty)
        {
            _path = Words.Copy(WithoutSlash(options.Path));
            return console.WithPath(_path, Search(in options));
        }
        for (int i = 0; ; i++)
        {
            ReadOnlySpan<byte> place = WordList.At("data/mnist /usr/share/datasets/fashion-mnist data/sample"u8, i);
            if (place.IsEmpty) break;
            if (!InputFile.Exists(place)) continue;
            _path = Words.Copy(place);
            if (Search(in options).IsNone && Set.HasTraining) return Fault.None;
        }
        return Fault.Of(FaultKind.NoInput, "no data found\n"u8 +
            "pass --data PATH, or run \"make data\", or install Debian's dataset-fashion-mnist"u8);
    }

    /// <summary>The training images with their labels as in their files. A fault names the file.</summary>
    public Fault OpenTraining(Console console, out LabeledImages images) => Open(console, true, out images);

    /// <summary>The test images, likewise.</summary>
    public Fault OpenTest(Console console, out LabeledImages images) => Open(console, false, out images);

    /// <summary>
    /// True for a test set and for half of one, which <see cref="OpenTest"/> refuses. A missing test set may be intended.
    /// </summary>
    public bool HasTestFiles => Set.HasTest || Set.Has(DataRole.TestImages) || Set.Has(DataRole.TestLabels);

    private Fault Open(Console console, bool isTraining, out LabeledImages images)
    {
        images = default;
        Fault missing = isTraining ? MissingData.Training(Set) : MissingData.Test(Set);
        return missing.IsNone ? DataReader.Open(console, Set, isTraining, out images) : console.WithPath(Set.Folder, missing);
    }

    private Fault Search(in DataOptions options)
    {
        DataCatalog catalog = new();
        Fault fault = catalog.Search(_path);
        if (!fault.IsNone) return InputFile.Exists(_path) ? TakeFile(fault) : fault;
        if (catalog.Count == 0) return NothingFound();
        Set = options.Set.IsEmpty ? catalog.Only() : catalog.Find(options.Set);
        if (Set == null) return Unclear(catalog, options.Set);
        _isNamed = catalog.Count > 1 || Set.Depth > 0;
        InspectArchive();
        return fault;
    }

    /// <summary>Checks whether an archive has test arrays. Errors are reported when the archive is read.</summary>
    private unsafe void InspectArchive()
    {
        ReadOnlySpan<byte> path = Set.Path(DataRole.Everything);
        if (Set.Format != DataFormat.Npz || !InputFile.IsRegular(path)) return;
        if (!DataFile.Read(path, out byte* data, out long length).IsNone) return;
        if (Zip.Open(data, length, out Zip zip).IsNone)
            Set.LacksTest = !Npz.TryFind(zip, NpzRole.TestImages, out _) && !Npz.TryFind(zip, NpzRole.TestLabels, out _);
        InputFile.Release(data, length);
    }

    /// <summary>A file instead of a folder: an archive of arrays, or a training or test set as text.</summary>
    /// <param name="fault">Why the path could not be listed.</param>
    private unsafe Fault TakeFile(Fault fault)
    {
        byte* data = null;
        long length = 0;
        Fault read = DataFile.CheckRegular(_path);
        if (read.IsNone) read = DataFile.Read(_path, out data, out length);
        if (!read.IsNone) return read.What.SequenceEqual("is a directory"u8) ? fault : read;
        ReadOnlySpan<byte> start = DataFile.Start(data, length);
        DataFileName name = DataFileName.Parse(Path.Slice(Words.LastIndexOf(_path, (byte)'/') + 1));
        bool isZip = Zip.IsZip(start), isText = !isZip && Csv.IsLikely(start);
        InputFile.Release(data, length);
        if (!isZip && !isText)
            return Fault.Of(FaultKind.NoInput, "a file where a directory is expected\n"u8 +
                "name its directory; only .npz and CSV files can be given directly"u8);
        Set = new DataSetFiles { Name = Words.Copy(name.Set), Folder = _path, Format = isZip ? DataFormat.Npz : DataFormat.Csv };
        bool isTest = name.Role is DataRole.Test or DataRole.TestImages or DataRole.TestLabels && name.Format != DataFormat.None;
        Set.Add(isZip ? DataRole.Everything : isTest ? DataRole.Test : DataRole.Training, _path, false);
        InspectArchive();
        return Fault.None;
    }

    /// <summary>The fault that says what was searched for, and what was found.</summary>
    private Fault NothingFound()
    {
        Utf8Writer hint = new(stackalloc byte[MaxHint]);
        hint.Text("looked in it and up to two levels below for train-images-idx3-ubyte, x_train.npy, mnist.npz, train.csv, "u8);
        hint.Text("data_batch_1.bin and the like, plain or with .gz; "u8);
        Fault fault = FolderListing.Read(_path, out FolderListing listing);
        if (!fault.IsNone) return fault;
        hint.Text(listing.Count == 0 ? "it is empty"u8 : "it contains "u8);
        for (int i = 0; i < listing.Count && i < MaxListed; i++)
        {
            if (hint.Length + listing[i].Length > MaxHint - 40) break;
            if (i > 0) hint.Text(", "u8);
            hint.Text(listing[i]);
            if (i + 1 < listing.Count && i + 1 == MaxListed) hint.Text(", ..."u8);
        }
        return Fault.Of(FaultKind.NoInput, "no data set in this directory"u8).WithHint(hint.Written);
    }

    /// <summary>The fault for several sets without a name, or for an unknown name.</summary>
    private static Fault Unclear(DataCatalog catalog, ReadOnlySpan<byte> wanted)
    {
        Utf8Writer hint = new(stackalloc byte[MaxHint]);
        hint.Text(wanted.IsEmpty ? "--set NAME chooses one of "u8 : "there are "u8);
        for (int i = 0; i < catalog.Count && hint.Length + catalog[i].Name.Length < MaxHint - 8; i++)
        {
            if (i > 0) hint.Text(", "u8);
            hint.Text(catalog[i].Name);
        }
        Fault fault = wanted.IsEmpty ? Fault.Of(FaultKind.NoInput, "several data sets in this directory"u8)
            : Fault.Of(FaultKind.NoInput, "no data set with this name in this directory:"u8).WithQuote(wanted);
        return fault.WithHint(hint.Written);
    }

    private static ReadOnlySpan<byte> WithoutSlash(ReadOnlySpan<byte> path)
    {
        while (path.Length > 1 && path[path.Length - 1] == '/') path = path.Slice(0, path.Length - 1);
        return path;
    }
}
