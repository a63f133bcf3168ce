namespace NoDeps.EndToEnd.Tests.Harness;

/// <summary>
/// A small, easy data set made from a seed: a pattern of 7x7 fields for each class, each image that pattern in another
/// brightness, moved by a pixel or none, under noise. Few steps of training suffice to tell the classes apart.
/// </summary>
internal sealed class DataSet
{
    /// <summary>Image side in pixels.</summary>
    public const int Side = 28;

    /// <summary>Number of classes.</summary>
    public const int Classes = 10;

    private const int Field = 4;

    /// <summary>The names of the four files: train images, train labels, test images, test labels.</summary>
    public static readonly string[] FileNames =
        ["train-images-idx3-ubyte", "train-labels-idx1-ubyte", "t10k-images-idx3-ubyte", "t10k-labels-idx1-ubyte"];

    /// <summary>The content of the four files, in the same order.</summary>
    public byte[][] Files { get; }

    /// <summary>The labels of the test images.</summary>
    public byte[] TestLabels { get; }

    public DataSet(int train, int test, int seed = 1)
    {
        var random = new Random(seed);
        var patterns = new byte[Classes][];
        for (int k = 0; k < Classes; k++)
        {
            patterns[k] = new byte[Side / Field * (Side / Field)];
            random.NextBytes(patterns[k]);
        }
        (byte[] trainImages, byte[] trainLabels, _) = Make(random, patterns, train);
        (byte[] testImages, byte[] testLabels, TestLabels) = Make(random, patterns, test);
        Files = [trainImages, trainLabels, testImages, testLabels];
    }

    /// <summary>Writes the four files; returns the folder.</summary>
    public string WriteTo(string folder, bool gzip = false)
    {
        Directory.CreateDirectory(folder);
        for (int i = 0; i < Files.Length; i++)
        {
            string path = Path.Combine(folder, FileNames[i]);
            File.WriteAllBytes(gzip ? path + ".gz" : path, gzip ? Idx.Gzip(Files[i]) : Files[i]);
        }
        return folder;
    }

    private static (byte[] Images, byte[] Labels, byte[] Raw) Make(Random random, byte[][] patterns, int count)
    {
        var pixels = new byte[count * Side * Side];
        var labels = new byte[count];
        for (int n = 0; n < count; n++)
        {
            int label = n % Classes;
            labels[n] = (byte)label;
            double brightness = 0.6 + 0.3 * random.NextDouble();
            int down = random.Next(2), right = random.Next(2);
            for (int y = 0; y < Side; y++)
            {
                for (int x = 0; x < Side; x++)
                {
                    int fieldY = Math.Max(0, y - down) / Field, fieldX = Math.Max(0, x - right) / Field;
                    double value = brightness * patterns[label][fieldY * (Side / Field) + fieldX];
                    pixels[(n * Side + y) * Side + x] = (byte)(value + random.Next(24));
                }
            }
        }
        return (Idx.Bytes(pixels, (uint)count, Side, Side), Idx.Bytes(labels, (uint)count), labels);
    }
}
