using System;
using NoDeps.Formats;
using NoDeps.Network;
using NoDeps.Platform;
using NoDeps.Primitives;

namespace NoDeps.Cli;

/// <summary>
/// A folder with a subfolder of pictures for each class, like torchvision's ImageFolder. Classes are sorted by the bytes of their names.
/// Hidden entries are ignored.
/// </summary>
internal sealed unsafe class PictureFolder
{
    private readonly Console _console;
    private readonly PictureReader _reader;
    private readonly byte[][] _classes = new byte[NetworkDescription.MaxClasses][];
    private ImageSize _size;
    private int _channels, _count, _firstRows, _firstColumns;

    /// <param name="console">Remembers the file that a fault is about.</param>
    /// <param name="size">The size of all images; if none is given, that of the first picture.</param>
    /// <param name="channels">1 or 3; 0 for 3 if any picture has colors, otherwise 1.</param>
    /// <param name="reader">Reads the pictures.</param>
    public PictureFolder(Console console, ImageSize size, int channels, PictureReader reader)
    {
        _console = console;
        _size = size;
        _channels = channels;
        _reader = reader;
    }

    /// <summary>The number of classes.</summary>
    public int Classes { get; private set; }

    /// <summary>The names of all classes, separated by <see cref="ModelMetadata.Separator"/>.</summary>
    public byte[] Names()
    {
        int length = Classes - 1;
        for (int i = 0; i < Classes; i++) length += _classes[i].Length;
        byte[] names = new byte[length];
        Utf8Writer writer = new(names);
        for (int i = 0; i < Classes; i++)
        {
            if (i > 0) writer.Byte(ModelMetadata.Separator);
            writer.Text(_classes[i]);
        }
        return names;
    }

    /// <summary>Takes the names of the subfolders as the classes.</summary>
    public Fault FindClasses(ReadOnlySpan<byte> folder)
    {
        Fault fault = FolderListing.Read(folder, out FolderListing listing);
        for (int i = 0; fault.IsNone && i < listing.Count; i++)
        {
            if (listing[i][0] == '.' || !listing.IsFolder(folder, i)) continue;
            if (Classes == _classes.Length)
                fault = Fault.Numbers(FaultKind.Data, "too many classes (subdirectories)"u8, _classes.Length, Classes + 1);
            else if (!ClassNameList.IsName(listing[i])) return _console.WithPath(PathJoin.Of(folder, listing[i]), NoText());
            else _classes[Classes++] = Words.Copy(listing[i]);
        }
        if (fault.IsNone && Classes == 0)
            fault = Fault.Of(FaultKind.NoInput, "neither a data set nor a directory with a subdirectory of pictures for each class"u8);
        return _console.WithPath(folder, fault);
    }

    private static Fault NoText() => Fault.Of(FaultKind.Data,
        "a class name must be UTF-8 text without control characters\n"u8 + "rename the directory"u8);

    /// <summary>Reads the headers of all pictures to determine their number, size and channels.</summary>
    public Fault Measure(ReadOnlySpan<byte> folder, out int count)
    {
        count = 0;
        bool decides = _channels == 0;
        Fault fault = Visit(folder, decides, null, null);
        count = _count;
        return fault;
    }

    /// <summary>To be called after <see cref="Measure"/>: takes a size and channels that were not given from the pictures.</summary>
    public void Decide()
    {
        _channels = Math.Max(_channels, 1);
        if (_size.Rows == 0) _size = new ImageSize(_firstRows, _firstColumns);
    }

    /// <summary>Decodes all pictures of a folder that <see cref="Measure"/> has counted.</summary>
    public Fault Read(ReadOnlySpan<byte> folder, int count, out LabeledImages images)
    {
        images = default;
        images.Count = count;
        images.Channels = _channels;
        images.Rows = _size.Rows;
        images.Columns = _size.Columns;
        Fault fault = PageMemory.Take(Math.Max(count * images.ImageSize, 1), out images.Images);
        if (fault.IsNone) fault = PageMemory.Take(Math.Max(count, 1), out images.Labels);
        return fault.IsNone ? Visit(folder, false, images.Images, images.Labels) : fault;
    }

    private Fault Visit(ReadOnlySpan<byte> folder, bool decides, byte* images, byte* labels)
    {
        _count = 0;
        Fault fault = FolderListing.Read(folder, out FolderListing listing);
        if (!fault.IsNone) return _console.WithPath(folder, fault);
        for (int i = 0; fault.IsNone && i < listing.Count; i++)
        {
            if (listing[i][0] == '.' || !listing.IsFolder(folder, i)) continue;
            byte[] path = PathJoin.Of(folder, listing[i]);
            int label = IndexOf(listing[i]);
            fault = label < 0
                ? _console.WithPath(path, Fault.Of(FaultKind.Data, "a class without training pictures"u8))
                : VisitClass(path, label, decides, images, labels);
        }
        return fault;
    }

    private int IndexOf(ReadOnlySpan<byte> name)
    {
        for (int i = 0; i < Classes; i++) if (name.SequenceEqual(_classes[i])) return i;
        return -1;
    }

    private Fault VisitClass(byte[] folder, int label, bool decides, byte* images, byte* labels)
    {
        Fault fault = FolderListing.Read(folder, out FolderListing listing);
        if (!fault.IsNone) return _console.WithPath(folder, fault);
        int before = _count;
        for (int i = 0; fault.IsNone && i < listing.Count; i++)
        {
            if (listing[i][0] == '.') continue;
            byte[] path = PathJoin.Of(folder, listing[i]);
            if (listing.IsFolder(folder, i)) fault = Fault.Of(FaultKind.Data, "a directory among the pictures of a class"u8);
            else if (images == null) fault = MeasurePicture(path, decides);
            else
            {
                labels[_count] = (byte)label;
                fault = _reader.Read(path, images + (long)_count * _channels * _size.Rows * _size.Columns, _channels, _size);
            }
            fault = _console.WithPath(path, fault);
            _count++;
        }
        if (fault.IsNone && _count == before)
            fault = _console.WithPath(folder, Fault.Of(FaultKind.Data, "a class without pictures"u8));
        return fault;
    }

    private Fault MeasurePicture(ReadOnlySpan<byte> path, bool decides)
    {
        Fault fault = _reader.ReadInfo(path, out PictureInfo info);
        if (!fault.IsNone) return fault;
        if (decides && info.Channels >= 3) _channels = 3;
        if (_size.Rows == 0) return Take(in info);
        return Fault.None;
    }

    /// <summary>Without --size, all pictures must have the size of the first.</summary>
    private Fault Take(in PictureInfo info)
    {
        if (_firstRows == 0)
        {
            _firstRows = info.Height;
            _firstColumns = info.Width;
        }
        bool isSame = info.Height == _firstRows && info.Width == _firstColumns;
        bool isSmall = Math.Max(info.Height, info.Width) <= ImageSize.MaxSide;
        if (isSame && isSmall) return Fault.None;
        Utf8Writer what = new(stackalloc byte[120]);
        what.Text("a picture of "u8);
        WriteSize(ref what, info.Height, info.Width);
        if (isSmall)
        {
            what.Text(", but the first picture has "u8);
            WriteSize(ref what, _firstRows, _firstColumns);
        }
        else
        {
            what.Text(", too large for an image of a data set, which has at most "u8);
            WriteSize(ref what, ImageSize.MaxSide, ImageSize.MaxSide);
        }
        return Fault.Of(FaultKind.Data, what.Written).WithHint("use --size ROWSxCOLUMNS to scale all pictures"u8);
    }

    private static void WriteSize(scoped ref Utf8Writer to, int rows, int columns)
    {
        to.Integer(rows);
        to.Byte((byte)'x');
        to.Integer(columns);
    }
}
