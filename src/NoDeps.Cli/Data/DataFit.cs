using System;
using NoDeps.Formats;
using NoDeps.Network;
using NoDeps.Platform;
using NoDeps.Primitives;

namespace NoDeps.Cli;

/// <summary>
/// Matches a data set with a network: the number of the first class, whether images are transposed, and whether a
/// built-in network is adapted to the images and classes.
/// </summary>
internal sealed unsafe class DataFit
{
    private const int Labels = 256;

    private readonly DataFolder _folder;
    private byte[] _names = [];
    private readonly int _firstLabel;
    private readonly bool[] _occurs = new bool[Labels];

    /// <summary>The known data set that the path or the format indicates.</summary>
    public ClassNameSet Known { get; }

    /// <summary>True if rows and columns are exchanged.</summary>
    public bool IsTransposed { get; }

    /// <summary>The number of the first class in the files: 0 or 1.</summary>
    public int FirstLabel { get; private set; }

    /// <summary>True if <see cref="Adapt"/> changed the network.</summary>
    public bool IsAdapted { get; private set; }

    /// <param name="folder">The location of the data.</param>
    /// <param name="options">The options that describe it.</param>
    public DataFit(DataFolder folder, in DataOptions options)
    {
        _folder = folder;
        _firstLabel = options.FirstLabel;
        byte[] path = PathJoin.Of(folder.Set.Folder, folder.Set.Name);
        Known = KnownSet(path, folder.Set);
        IsTransposed = options.Transpose == (int)Transposition.Yes
            || options.Transpose == (int)Transposition.Auto && IsEmnist(path);
    }

    /// <summary>Returns true if a path contains EMNIST, whose images are transposed.</summary>
    public static bool IsEmnist(ReadOnlySpan<byte> path) => Holds(path, "emnist"u8) && !Holds(path, "femnist"u8);

    /// <summary>Reads the class names from the folder's classes.txt, if there is one.</summary>
    public Fault ReadNames(Console console) => ClassList.Read(console, _folder.Set.Folder, out _names);

    /// <summary>True if there is such a list.</summary>
    public bool HasList => _names.Length > 0;

    /// <summary>The number of classes in the list, or of a known set; 0 if neither exists.</summary>
    private int KnownClasses => _names.Length > 0 ? ModelMetadata.CountNames(_names) : ClassNames.Count(Known);

    /// <summary>To be called after <see cref="Decide"/>: the number of classes that occur or are known.</summary>
    public int CountClasses() => Math.Max(Largest - FirstLabel + 1, Largest - FirstLabel < KnownClasses ? KnownClasses : 0);

    /// <summary>
    /// The names of the given number of classes, separated by <see cref="ModelMetadata.Separator"/>: those in the list, or those of a
    /// known set; empty if there are none, or a different number.
    /// </summary>
    public byte[] NamesOf(int classes)
    {
        if (_names.Length > 0) return ModelMetadata.CountNames(_names) == classes ? _names : [];
        if (Known == ClassNameSet.None || ClassNames.Count(Known) != classes) return [];
        int length = classes - 1;
        for (int i = 0; i < classes; i++) length += ClassNames.NameOf(Known, i).Length;
        byte[] names = new byte[length];
        Utf8Writer writer = new(names);
        for (int i = 0; i < classes; i++)
        {
            if (i > 0) writer.Byte(ModelMetadata.Separator);
            writer.Text(ClassNames.NameOf(Known, i));
        }
        return names;
    }

    /// <summary>Warns if the list in classes.txt has another number of names than there are classes, because it is then not used.</summary>
    public void WarnOfNames(Console console, int classes)
    {
        int names = ModelMetadata.CountNames(_names);
        if (!HasList || names == classes) return;
        Template line = console.PrintError("nodeps: warning: $: the number of names, $, is not that of the classes, $; it is not used\n"u8);
        line.Text(PathJoin.Of(_folder.Set.Folder, ClassList.FileName));
        line.Integer(names);
        line.Integer(classes);
        line.End();
    }

    /// <summary>Records which labels occur.</summary>
    public void Note(in LabeledImages images)
    {
        for (int i = 0; i < images.Count; i++) _occurs[images.Labels[i]] = true;
    }

    /// <summary>To be called after <see cref="Note"/>: determines the number of the first class.</summary>
    /// <param name="classes">The network's number of classes.</param>
    public void Decide(int classes)
    {
        FirstLabel = _firstLabel;
        if (_firstLabel >= 0) return;
        int known = ClassNames.Count(Known), largest = Largest;
        // A path that indicates a set with fewer classes means another set.
        bool isBeyond = largest > known ? largest >= classes : largest == known || Known == ClassNameSet.EmnistLetters;
        FirstLabel = !_occurs[0] && isBeyond ? 1 : 0;
    }

    /// <summary>
    /// Adapts a built-in network to the data's shape and classes if they differ. A larger label counts as a class only
    /// if at least half of the numbers up to it occur; otherwise it is an error in the data, which <see cref="Apply"/>
    /// reports.
    /// </summary>
    public Fault Adapt(in LabeledImages images, ref NetworkDescription network)
    {
        Shape shape = ShapeOf(in images);
        int classes = network.Classes, largest = Largest - FirstLabel, known = KnownClasses, occurring = 0;
        for (int i = FirstLabel; i < Labels; i++) if (_occurs[i]) occurring++;
        if (largest < known) classes = known;
        else if (largest >= classes && 2 * occurring > largest) classes = largest + 1;
        if (network.Input.Matches(shape) && network.Classes == classes) return Fault.None;
        IsAdapted = true;
        return NetworkDescription.Parse(DescriptionAdapter.Adapt(network.Text, shape, classes), out network);
    }

    /// <summary>Prepares images for the network. If they do not fit it, the fault names the file.</summary>
    public Fault Apply(Console console, NetworkDescription network, ref LabeledImages images)
    {
        Fault fault = network.CheckImages(ShapeOf(in images));
        if (!fault.IsNone) return console.WithPath(images.ImagesPath, fault);
        for (int i = 0; i < images.Count; i++)
        {
            int label = images.Labels[i];
            if (label >= FirstLabel && label - FirstLabel < network.Classes) continue;
            int wanted = label < FirstLabel ? FirstLabel : network.Classes - 1 + FirstLabel;
            return console.WithPath(images.LabelsPath, OutOfRange(images.LabelsOffset, i, wanted, label));
        }
        return Normalize(ref images);
    }

    /// <summary>Makes labels start at 0, and transposes the images if necessary.</summary>
    public Fault Normalize(ref LabeledImages images)
    {
        if (FirstLabel > 0) for (int i = 0; i < images.Count; i++) images.Labels[i]--;
        return IsTransposed ? Transpose(ref images) : Fault.None;
    }

    /// <summary>Begins the line that describes the data and its conversion.</summary>
    public void WriteSource(Console console)
    {
        Template line = console.Print("data      $"u8);
        line.Text(_folder.Path);
        if (!_folder.SetName.IsEmpty)
        {
            line = console.Print(", set $"u8);
            line.Name(_folder.SetName);
        }
        if (FirstLabel > 0) console.Out.Write(", labels from 1"u8);
        if (IsTransposed) console.Out.Write(", images transposed"u8);
    }

    private static Fault OutOfRange(long offset, int index, int wanted, int label)
    {
        ReadOnlySpan<byte> what = "label out of range\n"u8 +
            "labels start at 0, or at 1 with --first-label 1, and must be consecutive"u8;
        return offset >= 0 ? Fault.At(offset + index, what, wanted, label) : Fault.Numbers(FaultKind.Data, what, wanted, label);
    }

    private int Largest
    {
        get
        {
            int largest = Labels - 1;
            while (largest > 0 && !_occurs[largest]) largest--;
            return largest;
        }
    }

    private Shape ShapeOf(in LabeledImages images) => IsTransposed ? new Shape(images.Channels, images.Columns, images.Rows)
        : new Shape(images.Channels, images.Rows, images.Columns);

    private static Fault Transpose(ref LabeledImages images)
    {
        int rows = images.Rows, columns = images.Columns;
        Fault fault = PageMemory.Take(images.Count * images.ImageSize, out byte* turned);
        if (!fault.IsNone) return fault;
        long planes = (long)images.Count * images.Channels, plane = (long)rows * columns;
        for (long i = 0; i < planes; i++)
        {
            byte* from = images.Images + i * plane, to = turned + i * plane;
            for (int row = 0; row < rows; row++)
                for (int column = 0; column < columns; column++) to[(long)column * rows + row] = from[(long)row * columns + column];
        }
        if (!images.IsMapped) PageMemory.Return(images.Images, images.Count * images.ImageSize);
        images.Images = turned;
        images.IsMapped = false;
        images.Rows = columns;
        images.Columns = rows;
        return fault;
    }

    private static ClassNameSet KnownSet(ReadOnlySpan<byte> path, DataSetFiles set) => set.Format switch
    {
        DataFormat.Cifar10 => ClassNameSet.Cifar10,
        DataFormat.Cifar100 => ClassNameSet.Cifar100,
        _ => ClassNames.FromPath(path),
    };

    private static bool Holds(ReadOnlySpan<byte> path, ReadOnlySpan<byte> lower)
    {
        for (int at = 0; at + lower.Length <= path.Length; at++)
            if (DataFileName.Same(path.Slice(at, lower.Length), lower)) return true;
        return false;
    }
}
