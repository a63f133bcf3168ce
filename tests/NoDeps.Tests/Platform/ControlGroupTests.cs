using System.Numerics;
using System.Text;
using NoDeps.Platform;
using Xunit;

namespace NoDeps.Tests.Platform;

/// <summary>Limits of control groups, in made-up trees of /proc and /sys.</summary>
public sealed class ControlGroupTests : IDisposable
{
    private const string Version2 = "30 23 0:26 / /sys/fs/cgroup rw,nosuid - cgroup2 cgroup2 rw,nsdelegate\n";
    private const string Version1 = "31 30 0:28 / /sys/fs/cgroup/cpu,cpuacct rw shared:9 - cgroup cgroup rw,cpu,cpuacct\n";

    private readonly string _root = Directory.CreateTempSubdirectory("nodeps-cgroup-").FullName;

    public void Dispose() => Directory.Delete(_root, recursive: true);

    private ControlGroupTests Write(string path, string text)
    {
        string file = _root + path;
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, text, Encoding.Latin1);
        return this;
    }

    private ControlGroupTests Process(string groups, string mounts) =>
        Write("/proc/self/cgroup", groups).Write("/proc/self/mountinfo", mounts);

    private int Processors => NoDeps.Platform.Processors.InQuota(Encoding.UTF8.GetBytes(_root));

    private long Memory => MemoryLimit.OfControlGroup(Encoding.UTF8.GetBytes(_root));

    [Fact]
    public void TheProcessorsAreThoseOfTheMaskOrFewer()
    {
        string line = File.ReadLines("/proc/thread-self/status").First(text => text.StartsWith("Cpus_allowed:", StringComparison.Ordinal));
        int allowed = line["Cpus_allowed:".Length..].Trim().Where(char.IsAsciiHexDigit)
            .Sum(digit => BitOperations.PopCount(Convert.ToUInt32($"{digit}", 16)));
        Assert.Equal(allowed, NoDeps.Platform.Processors.InAffinityMask());
        Assert.Equal(Math.Min(allowed, NoDeps.Platform.Processors.InQuota()), NoDeps.Platform.Processors.Count());
        Assert.InRange(NoDeps.Platform.Processors.Count(), 1, System.Environment.ProcessorCount);
    }

    [Theory]
    [InlineData("200000 100000\n", 2)]
    [InlineData("200001 100000\n", 3)]
    [InlineData("50000 100000\n", 1)]
    [InlineData("1 1000000\n", 1)]
    [InlineData("150000 100000", 2)]
    [InlineData("300000", 3)]
    [InlineData("9223372036854775807 1\n", int.MaxValue)]
    [InlineData("max 100000\n", int.MaxValue)]
    [InlineData("max", int.MaxValue)]
    [InlineData("", int.MaxValue)]
    [InlineData("\n", int.MaxValue)]
    [InlineData("0 100000\n", int.MaxValue)]
    [InlineData("-100000 100000\n", int.MaxValue)]
    [InlineData("100000 0\n", int.MaxValue)]
    [InlineData("100000 -100000\n", int.MaxValue)]
    [InlineData("100000 x\n", int.MaxValue)]
    [InlineData("99999999999999999999999 100000\n", int.MaxValue)]
    [InlineData("100000 99999999999999999999999\n", int.MaxValue)]
    public void AQuotaOfVersion2IsRoundedUp(string maximum, int processors)
    {
        Process("0::/a\n", Version2).Write("/sys/fs/cgroup/a/cpu.max", maximum);
        Assert.Equal(processors, Processors);
    }

    [Theory]
    [InlineData("250000\n", "100000\n", 3)]
    [InlineData("100000", "50000", 2)]
    [InlineData("-1\n", "100000\n", int.MaxValue)]
    [InlineData("100000\n", "0\n", int.MaxValue)]
    [InlineData("100000\n", "", int.MaxValue)]
    [InlineData("", "100000\n", int.MaxValue)]
    public void AQuotaOfVersion1IsRoundedUp(string quota, string period, int processors)
    {
        const string Folder = "/sys/fs/cgroup/cpu,cpuacct/a/";
        Process("12:pids:/\n4:cpu,cpuacct:/a\n0::/\n", Version2 + Version1).Write(Folder + "cpu.cfs_quota_us", quota)
            .Write(Folder + "cpu.cfs_period_us", period);
        Assert.Equal(processors, Processors);
    }

    [Fact]
    public void TheLeastOfAllAncestorsCounts()
    {
        Process("0::/a/b/c\n", Version2).Write("/sys/fs/cgroup/a/b/c/cpu.max", "400000 100000\n");
        Assert.Equal(4, Processors);
        Write("/sys/fs/cgroup/a/cpu.max", "200000 100000\n").Write("/sys/fs/cgroup/a/b/cpu.max", "max 100000\n");
        Assert.Equal(2, Processors);
        Write("/sys/fs/cgroup/cpu.max", "100000 100000\n");
        Assert.Equal(1, Processors);
    }

    [Fact]
    public void ASiblingAndWhatIsAboveTheMountDoNotCount()
    {
        Process("0::/a/b\n", Version2).Write("/sys/fs/cgroup/a/bb/cpu.max", "100000 100000\n")
            .Write("/sys/fs/cgroup/a/b/c/cpu.max", "100000 100000\n").Write("/sys/fs/cpu.max", "100000 100000\n");
        Assert.Equal(int.MaxValue, Processors);
    }

    [Fact]
    public void BothVersionsCount()
    {
        Process("4:cpu,cpuacct:/\n0::/\n", Version2 + Version1).Write("/sys/fs/cgroup/cpu.max", "300000 100000\n")
            .Write("/sys/fs/cgroup/cpu,cpuacct/cpu.cfs_quota_us", "500000\n")
            .Write("/sys/fs/cgroup/cpu,cpuacct/cpu.cfs_period_us", "100000\n");
        Assert.Equal(3, Processors);
        Write("/sys/fs/cgroup/cpu,cpuacct/cpu.cfs_quota_us", "200000\n");
        Assert.Equal(2, Processors);
    }

    /// <summary>A container with the host's names of groups, and with its own part of their tree.</summary>
    [Theory]
    [InlineData("/docker/1", "/docker/1", "")]
    [InlineData("/docker/1/a", "/docker/1", "/a")]
    [InlineData("/docker/1", "/docker", "/1")]
    [InlineData("/../x", "/..", "/x")]
    [InlineData("/../../x/y", "/../../x", "/y")]
    [InlineData("/", "/../..", "")]
    [InlineData("/a", "/..", "")]
    [InlineData("/docker/12", "/docker/1", null)]
    [InlineData("/docker", "/docker/1", null)]
    [InlineData("/other", "/docker", null)]
    [InlineData("/../x", "/", null)]
    [InlineData("/a", "/../b", null)]
    [InlineData("/a/../../b", "/", null)]
    [InlineData("/a", "/a/../b", null)]
    [InlineData("a", "/", null)]
    [InlineData("/a", "a", null)]
    public void AMountShowsAPartOfTheTree(string group, string root, string? below)
    {
        bool isBelow = ControlGroupText.TryBelow(Encoding.UTF8.GetBytes(group), Encoding.UTF8.GetBytes(root), out ReadOnlySpan<byte> rest);
        Assert.Equal(below, isBelow ? Encoding.UTF8.GetString(rest) : null);
        Process($"0::{group}\n", $"30 23 0:26 {root} /mnt rw - cgroup2 cgroup2 rw\n");
        if (below != null) Write($"/mnt{below}/cpu.max", "100000 100000\n");
        else Write("/mnt/cpu.max", "100000 100000\n").Write("/x/cpu.max", "100000 100000\n").Write("/b/cpu.max", "100000 100000\n");
        Assert.Equal(below != null ? 1 : int.MaxValue, Processors);
    }

    [Fact]
    public void NamesWithColonsSpacesAndBackslashesAreFound()
    {
        Process("0::/a:b c/d\\e\n", "30 23 0:26 /a:b\\040c /my\\040groups\\134x rw - cgroup2 none rw")
            .Write("/my groups\\x/d\\e/cpu.max", "100000 100000\n");
        Assert.Equal(1, Processors);
    }

    [Theory]
    [InlineData("", "")]
    [InlineData("0::/a\n", "")]
    [InlineData("\n\n0\n0:\n::/a\n1::/a\n", Version2)]
    [InlineData("4:cpuacct:/a\n4:xcpu:/a\n4:cpu", Version1)]
    [InlineData("0::/a\n", "30 23 0:26 / /sys/fs/cgroup rw,nosuid\n30 23\n- - - - - - -\n\n")]
    [InlineData("0::/a\n", "30 23 0:26 / /sys/fs/cgroup rw - cgroup2x cgroup2 rw\n")]
    [InlineData("0::/a\n", "30 23 0:26 / /sys/fs/../fs/cgroup rw - cgroup2 cgroup2 rw\n")]
    [InlineData("0::/a\n", "30 23 0:26 / /sys/fs/cgroup\\000 rw - cgroup2 cgroup2 rw\n")]
    [InlineData("4:cpu:/a\n", "30 23 0:26 / /sys/fs/cgroup rw - cgroup cgroup rw,cpuacct\n")]
    public void TextsThatMakeNoSenseHaveNoLimit(string groups, string mounts)
    {
        Process(groups, mounts);
        foreach (string folder in new[] { "/sys/fs/cgroup", "/sys/fs/cgroup/a", "/sys/fs/cgroup/cpu,cpuacct/a", "/a" })
        {
            Write(folder + "/cpu.max", "100000 100000\n").Write(folder + "/cpu.cfs_quota_us", "1\n")
                .Write(folder + "/cpu.cfs_period_us", "1\n");
        }
        Assert.Equal(int.MaxValue, Processors);
    }

    [Fact]
    public void WithoutAnyFileThereIsNoLimit()
    {
        Assert.Equal(int.MaxValue, Processors);
        Assert.Equal(long.MaxValue, Memory);
    }

    /// <summary>Longer than what is read of it: its last line is not half a line.</summary>
    [Fact]
    public void OfALongMountinfoTheBeginningIsRead()
    {
        string other = "40 23 0:50 / /very/long/" + new string('x', 975) + " rw - overlay overlay rw\n";
        string many = string.Concat(Enumerable.Repeat(other, 100));
        Process("0::/\n", Version2 + many).Write("/sys/fs/cgroup/cpu.max", "100000 100000\n");
        Assert.Equal(1, Processors);
        Process("0::/\n", many + Version2);
        Assert.Equal(int.MaxValue, Processors);
        // The first 2^16 bytes end within the mount's path.
        string start = string.Concat(Enumerable.Repeat(other, 64));
        string line = "30 23 0:26 / /sys/fs/cgroup" + new string('y', (1 << 16) - start.Length) + " rw - cgroup2 cgroup2 rw\n";
        Process("0::/\n", start + line);
        Assert.Equal(int.MaxValue, Processors);
    }

    [Fact]
    public void PathsThatAreTooLongAreLeftOut()
    {
        Process($"0::/{new string('a', 5000)}\n", Version2).Write("/sys/fs/cgroup/cpu.max", "100000 100000\n");
        Assert.Equal(int.MaxValue, Processors);
        Process("0::/a\n", $"30 23 0:26 / /{new string('m', 5000)} rw - cgroup2 none rw\n" + Version2);
        Assert.Equal(1, Processors);
    }

    [Fact]
    public void RandomTextsDoNoHarm()
    {
        Random random = new(11);
        string[] words = ["0", ":", "::", "/", "..", "/..", "cpu", ",", "\n", " ", "-", " - ", "cgroup2", "cgroup", "\\040", "\\", "\\9",
            "max", "100000", "-1", "\0", "ÿ", "/sys/fs/cgroup", Version1, Version2];
        string Some() => string.Concat(Enumerable.Range(0, random.Next(40)).Select(_ => words[random.Next(words.Length)]));
        for (int i = 0; i < 300; i++)
        {
            Process(Some(), Some()).Write("/sys/fs/cgroup/cpu.max", Some()).Write("/sys/fs/cgroup/memory.max", Some());
            Assert.InRange(Processors, 1, int.MaxValue);
            Assert.InRange(Memory, 0, long.MaxValue);
        }
    }

    [Fact]
    public void MemoryIsThatOfTheNarrowestAncestor()
    {
        Process("3:memory:/a/b\n0::/u\n", Version2 + "9 8 0:30 / /sys/fs/cgroup/memory rw - cgroup cgroup rw,memory\n");
        Assert.Equal(long.MaxValue, Memory);
        Write("/sys/fs/cgroup/memory/memory.limit_in_bytes", "9223372036854771712\n");
        Assert.Equal(9223372036854771712, Memory);
        Write("/sys/fs/cgroup/memory/a/memory.limit_in_bytes", "3000\n").Write("/sys/fs/cgroup/memory/a/b/memory.limit_in_bytes", "-1\n");
        Assert.Equal(3000, Memory);
        Write("/sys/fs/cgroup/u/memory.max", "max\n").Write("/sys/fs/cgroup/memory.max", "2000\n");
        Assert.Equal(2000, Memory);
    }
}
