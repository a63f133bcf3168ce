using System.Buffers.Binary;
using System.Globalization;
using System.IO.Compression;
using System.Text;

namespace NoDeps.EndToEnd.Tests.Harness;

/// <summary>
/// Images of any shape with any number of classes, noise with a bright bar where the class says, and their files in every format;
/// nothing of the program under test is used.
/// </summary>
internal sealed class SmallSet
{
    /// <summary>Pixels: [image][channel][row][column].</summary>
    public byte[] Images { get; }

    /// <summary>Labels from <c>first</c> on.</summary>
    public byte[] Labels { get; }

    /// <summary>How many images.</summary>
    public int Count => Labels.Length;

    private readonly int[] _shape;

    public SmallSet(int count, int classes = 10, int first = 0, params int[] shape)
    {
        _shape = shape.Length == 0 ? [28, 28] : shape;
        int size = _shape.Aggregate(1, (a, b) => a * b), bar = Math.Max(1, size / classes);
        Images = new byte[count * size];
        Labels = new byte[count];
        var random = new Random(count + classes);
        for (int i = 0; i < count; i++)
        {
            Span<byte> image = Images.AsSpan(i * size, size);
            for (int p = 0; p < size; p++)
            {
                image[p] = (byte)random.Next(60);
            }
            image.Slice(i % classes * bar, bar).Fill(250);
            Labels[i] = (byte)(i % classes + first);
        }
    }

    /// <summary>Images of 28 x 28 from elsewhere.</summary>
    public SmallSet(byte[] images, byte[] labels)
    {
        Images = images;
        Labels = labels;
        _shape = [28, 28];
    }

    /// <summary>The real images of the repository: the training set, or the test set.</summary>
    public static SmallSet Sample(bool isTraining) => new(Unpacked(isTraining ? 0 : 2)[16..], Unpacked(isTraining ? 1 : 3)[8..]);

    private static byte[] Unpacked(int file)
    {
        using FileStream packed = File.OpenRead(Path.Combine(Repository.SampleData, DataSet.FileNames[file] + ".gz"));
        using var gzip = new GZipStream(packed, CompressionMode.Decompress);
        using var content = new MemoryStream();
        gzip.CopyTo(content);
        return content.ToArray();
    }

    /// <summary>Dimensions of the images, their number first.</summary>
    public int[] Dimensions => [Count, .. _shape];

    /// <summary>The images as an IDX file, in other dimensions if any are given.</summary>
    public byte[] ImagesIdx(params int[] dimensions) => Idx(8, 1, Images, dimensions.Length == 0 ? Dimensions : dimensions);

    /// <summary>The labels as an IDX file.</summary>
    public byte[] LabelsIdx => Idx(8, 1, Labels, Count);

    /// <summary>An IDX file of any type: big-endian numbers from bytes.</summary>
    public static byte[] Idx(byte type, int size, byte[] values, params int[] dimensions)
    {
        var file = new byte[4 + 4 * dimensions.Length + values.Length * size];
        file[2] = type;
        file[3] = (byte)dimensions.Length;
        for (int i = 0; i < dimensions.Length; i++)
        {
            BinaryPrimitives.WriteInt32BigEndian(file.AsSpan(4 + 4 * i), dimensions[i]);
        }
        for (int i = 0; i < values.Length; i++)
        {
            Span<byte> to = file.AsSpan(4 + 4 * dimensions.Length + i * size, size);
            switch (type)
            {
                case 0x0D: BinaryPrimitives.WriteSingleBigEndian(to, values[i]); break;
                case 0x0E: BinaryPrimitives.WriteDoubleBigEndian(to, values[i]); break;
                default: to[size - 1] = values[i]; break;
            }
        }
        return file;
    }

    /// <summary>A .npy file of bytes.</summary>
    public static byte[] Npy(byte[] values, params int[] dimensions)
    {
        string shape = string.Join(", ", dimensions) + (dimensions.Length == 1 ? "," : "");
        string header = $"{{'descr': '|u1', 'fortran_order': False, 'shape': ({shape}), }}";
        header = header.PadRight(117) + "\n";
        return [0x93, .. "NUMPY"u8, 1, 0, (byte)header.Length, 0, .. Encoding.ASCII.GetBytes(header), .. values];
    }

    /// <summary>An .npz file as Keras names its arrays.</summary>
    public static byte[] Npz(SmallSet training, SmallSet test, CompressionLevel level) => Npz(level,
        ("x_train", Npy(training.Images, training.Dimensions)), ("y_train", Npy(training.Labels, training.Count)),
        ("x_test", Npy(test.Images, test.Dimensions)), ("y_test", Npy(test.Labels, test.Count)));

    /// <summary>The same with any arrays.</summary>
    public static byte[] Npz(CompressionLevel level, params (string Name, byte[] Content)[] arrays)
    {
        using var file = new MemoryStream();
        using (var archive = new ZipArchive(file, ZipArchiveMode.Create))
        {
            foreach ((string name, byte[] content) in arrays)
            {
                using Stream entry = archive.CreateEntry(name + ".npy", level).Open();
                entry.Write(content);
            }
        }
        return file.ToArray();
    }

    /// <summary>CSV, the label first.</summary>
    public byte[] Csv(bool header)
    {
        int size = Images.Length / Count;
        var text = new StringBuilder(header ? "label," + string.Join(',', Enumerable.Range(0, size).Select(i => $"pixel{i}")) + "\n" : "");
        for (int i = 0; i < Count; i++)
        {
            text.Append(CultureInfo.InvariantCulture, $"{Labels[i]},").AppendJoin(',', Images.Skip(i * size).Take(size)).Append('\n');
        }
        return Encoding.ASCII.GetBytes(text.ToString());
    }

    /// <summary>CIFAR's binary format; two labels an image in that of CIFAR-100.</summary>
    public byte[] Cifar(int from, int count, bool isHundred = false) => [.. Enumerable.Range(from, count).SelectMany(i =>
        (isHundred ? new byte[] { 3, Labels[i] } : [Labels[i]]).Concat(Images.Skip(i * 3072).Take(3072)))];
}
