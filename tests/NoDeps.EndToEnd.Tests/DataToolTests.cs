using System.Security.Cryptography;
using NoDeps.EndToEnd.Tests.Harness;
using Xunit;

namespace NoDeps.EndToEnd.Tests;

/// <summary>The scripts that fetch, find and make data; fetching is tried on folders in place of mirrors.</summary>
public sealed class DataToolTests
{
    private static string Tool(string name) => Path.Combine(Repository.Root, "tools", name);

    [ProgramFact("curl", "sha256sum")]
    public void GenuineFilesAreFetchedOnceAndKept()
    {
        using var folder = new TestFolder();
        string mirror = new DataSet(train: 20, test: 10).WriteTo(folder["mirror"], gzip: true);
        ProcessResult first = Fetch(folder, mirror);
        Assert.True(first.ExitCode == 0, first.ToString());
        Assert.Equal(DataSet.FileNames.Select(name => name + ".gz").Order(), Fetched(folder));
        Directory.Delete(mirror, recursive: true);
        ProcessResult second = Fetch(folder, mirror);
        Assert.True(second.ExitCode == 0, second.ToString());
    }

    [ProgramFact("curl", "sha256sum")]
    public void CorruptFilesAreThrownAwayAndTheNextMirrorIsTried()
    {
        using var folder = new TestFolder();
        string sound = new DataSet(train: 20, test: 10).WriteTo(folder["sound"], gzip: true);
        string corrupt = new DataSet(train: 20, test: 10, seed: 99).WriteTo(folder["corrupt"], gzip: true);
        WriteSums(folder, sound);
        ProcessResult refused = Fetch(folder, corrupt);
        Assert.Equal(1, refused.ExitCode);
        Assert.Contains("SHA-256", refused.Error, StringComparison.Ordinal);
        Assert.DoesNotContain(DataSet.FileNames[0] + ".gz", Fetched(folder));
        ProcessResult rescued = Fetch(folder, corrupt, sound);
        Assert.True(rescued.ExitCode == 0, rescued.ToString());
        Assert.Equal(4, Fetched(folder).Length);
    }

    [ProgramFact("curl", "sha256sum")]
    public void ATruncatedDownloadIsThrownAway()
    {
        using var folder = new TestFolder();
        string mirror = new DataSet(train: 20, test: 10).WriteTo(folder["mirror"], gzip: true);
        WriteSums(folder, mirror);
        string images = Path.Combine(mirror, DataSet.FileNames[0] + ".gz");
        File.WriteAllBytes(images, File.ReadAllBytes(images)[..^5]);
        Assert.Equal(1, Fetch(folder, mirror).ExitCode);
        Assert.Equal(3, Fetched(folder).Length);
    }

    [ProgramFact("curl", "sha256sum")]
    public void WithoutANetworkItSaysWhatToDo()
    {
        using var folder = new TestFolder();
        WriteSums(folder, new DataSet(train: 20, test: 10).WriteTo(folder["sound"], gzip: true));
        ProcessResult result = Fetch(folder, folder["nothing"]);
        Assert.Equal(1, result.ExitCode);
        Assert.Contains("network", result.Error, StringComparison.Ordinal);
        Assert.Contains("MNIST_MIRRORS", result.Error, StringComparison.Ordinal);
        Assert.Empty(Fetched(folder));
    }

    [ProgramFact("curl", "tar", "gzip", "md5sum", "sha256sum")]
    public void CifarIsFetchedOnceAndVerified()
    {
        using var folder = new TestFolder();
        SmallSet set = new(20, 10, 0, 3, 32, 32);
        Directory.CreateDirectory(folder["mirror/cifar-10-batches-bin"]);
        for (int i = 1; i <= 5; i++)
        {
            folder.Write($"mirror/cifar-10-batches-bin/data_batch_{i}.bin", set.Cifar(0, 20));
        }
        folder.Write("mirror/cifar-10-batches-bin/test_batch.bin", set.Cifar(0, 20));
        string archive = folder["mirror/cifar-10-binary.tar.gz"];
        Command.Shell("""tar -C "$1" -czf "$2" cifar-10-batches-bin""", folder["mirror"], archive);
        ProcessResult refused = FetchCifar(folder, "c32a1d4ab5d03f1284b67883e8d87530");
        Assert.Equal(1, refused.ExitCode);
        Assert.Contains("differs", refused.Error, StringComparison.Ordinal);
        Assert.Empty(Fetched(folder));
        string sum = Command.Shell("""md5sum <"$1" | cut -d' ' -f1""", archive).Output.Trim();
        ProcessResult fetched = FetchCifar(folder, sum);
        Assert.True(fetched.ExitCode == 0, fetched.ToString());
        Assert.Equal(6, Fetched(folder).Length);
        File.Delete(archive);
        Assert.Equal(0, FetchCifar(folder, sum).ExitCode);
        Assert.Contains("100 training and 20 test images of 3x32x32", Nodeps.Succeed("train", "--net", "cifar", "--epochs", "1",
            "--data", folder["fetched"], "--out", folder["m"]).Output, StringComparison.Ordinal);
    }

    private static ProcessResult FetchCifar(TestFolder folder, string md5) =>
        Command.Run(Tool("fetch-cifar.sh"), [folder["fetched"]], environment: new Dictionary<string, string>
        {
            ["CIFAR_MIRRORS"] = $"file://{folder["mirror"]}",
            ["CIFAR_MD5"] = md5,
            ["CIFAR_BYTES"] = (20 * 3073).ToString(System.Globalization.CultureInfo.InvariantCulture),
        });

    [MnistFact]
    public void TheListedSumsAreThoseOfMnist()
    {
        foreach (string line in File.ReadLines(Tool("mnist.sha256")))
        {
            string[] parts = line.Split("  ");
            byte[] content = Idx.Gunzip(Path.Combine(Repository.Mnist!, parts[1] + ".gz"));
            Assert.Equal(parts[0], Convert.ToHexStringLower(SHA256.HashData(content)));
        }
    }

    [Fact]
    public void TheDataAskedForIsTakenOrRefused()
    {
        using var folder = new TestFolder();
        string data = new DataSet(train: 20, test: 10).WriteTo(folder["data"]);
        ProcessResult found = Command.Run(Tool("find-data.sh"), [], environment: Data(data));
        Assert.Equal(data + "\n", found.Output);
        Assert.Contains("DATA", found.Error, StringComparison.Ordinal);
        File.Delete(Path.Combine(data, DataSet.FileNames[3]));
        Assert.Equal(66, Command.Run(Tool("find-data.sh"), [], environment: Data(data)).ExitCode);
    }

    [Fact]
    public void WithoutAnyOtherTheSampleIsFound()
    {
        using var folder = new TestFolder();
        string copy = Directory.CreateDirectory(folder["tools"]).FullName;
        File.Copy(Tool("find-data.sh"), Path.Combine(copy, "find-data.sh"));
        ProcessResult found = Command.Run(Path.Combine(copy, "find-data.sh"), [], environment:
            new Dictionary<string, string> { ["DATA"] = "", ["FASHION_MNIST"] = folder["none"] });
        Assert.Equal(folder["data/sample"] + "\n", found.Output);
    }

    [FashionMnistFact]
    public void TheSampleIsMadeFromTheFullSetAgain()
    {
        using var folder = new TestFolder();
        ProcessResult result = Command.Run("python3", [Tool("make-sample.py"), "--out", folder["sample"]]);
        Assert.True(result.ExitCode == 0, result.ToString());
        foreach (string name in DataSet.FileNames)
        {
            Assert.Equal(Idx.Gunzip(Path.Combine(Repository.SampleData, name + ".gz")),
                Idx.Gunzip(Path.Combine(folder["sample"], name + ".gz")));
        }
    }

    [Fact]
    public void TheSampleIsBalancedAndSmall()
    {
        foreach ((string name, int each) in new[] { (DataSet.FileNames[1], 400), (DataSet.FileNames[3], 100) })
        {
            byte[] labels = Idx.Gunzip(Path.Combine(Repository.SampleData, name + ".gz"))[8..];
            Assert.All(Enumerable.Range(0, 10), label => Assert.Equal(each, labels.Count(found => found == label)));
        }
        long bytes = Directory.GetFiles(Repository.SampleData).Sum(path => new FileInfo(path).Length);
        Assert.InRange(bytes, 1, 2_500_000);
        Assert.True(File.Exists(Path.Combine(Repository.SampleData, "LICENSE")));
    }

    private static Dictionary<string, string> Data(string folder) => new() { ["DATA"] = folder };

    private static string[] Fetched(TestFolder folder) => [.. Directory.GetFileSystemEntries(folder["fetched"])
        .Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal)];

    /// <summary>Fetches from folders. The sums are those of the first folder unless they were written before.</summary>
    private static ProcessResult Fetch(TestFolder folder, params string[] mirrors)
    {
        if (!File.Exists(folder["sums"]))
        {
            WriteSums(folder, mirrors[0]);
        }
        return Command.Run(Tool("fetch-mnist.sh"), [folder["fetched"]], environment: new Dictionary<string, string>
        {
            ["MNIST_MIRRORS"] = string.Join(" ", mirrors.Select(mirror => $"file://{mirror}")),
            ["MNIST_SUMS"] = folder["sums"],
        });
    }

    private static void WriteSums(TestFolder folder, string from) => File.WriteAllLines(folder["sums"],
        DataSet.FileNames.Select(name => Convert.ToHexStringLower(
            SHA256.HashData(Idx.Gunzip(Path.Combine(from, name + ".gz")))) + "  " + name));
}
