using System.Text.RegularExpressions;
using NoDeps.EndToEnd.Tests.Harness;
using Xunit;

namespace NoDeps.EndToEnd.Tests;

/// <summary>The file out/nodeps itself: static, position-independent, nothing undefined, nothing both writable and
/// executable, small.</summary>
public sealed class BinaryTests
{
    private const int MostBytes = 512 * 1024;

    [Fact]
    public void IsSmall() => Assert.InRange(new FileInfo(Repository.Binary).Length, 1, MostBytes);

    [ProgramFact("file")]
    public void IsAStrippedStaticPie()
    {
        string description = Succeed("file", "-b", Repository.Binary);
        Assert.StartsWith("ELF 64-bit LSB pie executable, x86-64", description, StringComparison.Ordinal);
        Assert.Contains("static-pie linked", description, StringComparison.Ordinal);
        Assert.Contains(", stripped", description, StringComparison.Ordinal);
    }

    [ProgramFact("readelf")]
    public void HasNoInterpreterAndNoSegmentBothWritableAndExecutable()
    {
        (string Type, string Flags)[] segments = Segments();
        Assert.DoesNotContain(segments, segment => segment.Type == "INTERP");
        Assert.Contains(segments, segment => segment is ("LOAD", "R E"));
        Assert.DoesNotContain(segments, segment => segment.Flags.Contains('W') && segment.Flags.Contains('E'));
        Assert.Contains(segments, segment => segment is ("GNU_STACK", "RW"));
    }

    [ProgramFact("readelf")]
    public void NeedsNoLibraryAndIsBoundAtOnce()
    {
        string dynamic = Succeed("readelf", "-dW", Repository.Binary);
        Assert.DoesNotMatch(@"\((NEEDED|RPATH|RUNPATH|SONAME|INIT|FINI|INIT_ARRAY|TEXTREL)\)", dynamic);
        Assert.Matches(@"FLAGS_1\).*NOW.*PIE", dynamic);
    }

    [ProgramFact("readelf", "nm")]
    public void HasNoUndefinedSymbols()
    {
        Assert.Equal("", Succeed("nm", "-u", Repository.Binary));
        string[] symbols = Succeed("readelf", "-sW", Repository.Binary).Split('\n');
        Assert.DoesNotContain(symbols, line => Regex.IsMatch(line, @"\bUND\s+\S"));
    }

    /// <summary>A bit map of words to add the load address to (RELR), and no table of relocations (RELA).</summary>
    [ProgramFact("readelf")]
    public void HasOnlyRelativeRelocations()
    {
        string dynamic = Succeed("readelf", "-dW", Repository.Binary);
        Assert.Matches(@"\(RELRSZ\) +[1-9]", dynamic);
        Assert.DoesNotMatch(@"\((RELASZ|RELSZ|PLTRELSZ)\) +[1-9]", dynamic);
    }

    /// <summary>Wherever a byte of what the file carries deflated is wrong, nothing of it is used.</summary>
    [Theory]
    [InlineData(0, "eval")]
    [InlineData(2, "describe")]
    [InlineData(3, "describe")]
    [InlineData(4, "help")]
    public void DamagedPartsAreNotUsed(int part, string command)
    {
        const int Header = 10, Trailer = 8;
        byte[] file = File.ReadAllBytes(Repository.Binary);
        int[] starts = [.. Enumerable.Range(0, file.Length - Header).Where(at => file.AsSpan(at).StartsWith(GzipHeader)),
            file.AsSpan().LastIndexOf("nodeps.debug"u8) & ~15];
        Assert.Equal(6, starts.Length);
        int start = starts[part] + Header, end = starts[part + 1] - Trailer - 64;
        using var folder = new TestFolder();
        foreach (double where in new[] { 0, 0.3, 0.7, 1 })
        {
            byte[] damaged = (byte[])file.Clone();
            damaged[start + (int)((end - start) * where)] ^= 0x10;
            string path = folder.Write($"damaged-{where}", damaged);
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserExecute);
            ProcessResult result = Command.Run(path, command == "eval"
                ? ["eval", "--data", Trained.Small.Data, "--model", Trained.Small.Model] : [command]);
            Assert.Equal("nodeps: the program file is damaged\n", result.Error);
            Assert.Equal(Nodeps.SystemFault, result.ExitCode);
            Assert.Equal("", result.Output);
        }
    }

    private static ReadOnlySpan<byte> GzipHeader => [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 2, 3];

    [ProgramFact("readelf")]
    public void HasNoDebugSectionsAndNoStartUpCodeOfLibc()
    {
        string sections = Succeed("readelf", "-SW", Repository.Binary);
        Assert.DoesNotMatch(@"\.(debug_|symtab|interp|init|fini|plt|tdata|tbss|ctors)", sections);
    }

    [ProgramFact("qemu-x86_64")]
    public void AnOlderProcessorIsToldSo()
    {
        ProcessResult result = Command.Run("qemu-x86_64", ["-cpu", "Nehalem", Repository.Binary, "--version"]);
        Assert.Equal(Nodeps.Unavailable, result.ExitCode);
        Assert.Contains("nodeps: ", result.Error, StringComparison.Ordinal);
        Assert.Contains("AVX2", result.Error, StringComparison.Ordinal);
    }

    [ProgramFact("qemu-x86_64")]
    public void AProcessorWithoutAvx512RunsAndRefusesToBeForced()
    {
        ProcessResult version = Command.Run("qemu-x86_64", ["-cpu", "max", Repository.Binary, "--version"]);
        Assert.Equal(Nodeps.Success, version.ExitCode);
        ProcessResult forced = Command.Run("qemu-x86_64", ["-cpu", "max", Repository.Binary, "inspect", "--isa",
            "avx512", "/dev/null"]);
        Assert.Equal(Nodeps.Usage, forced.ExitCode);
        Assert.Contains("AVX-512", forced.Error, StringComparison.Ordinal);
    }

    private static (string Type, string Flags)[] Segments() =>
        [.. Regex.Matches(Succeed("readelf", "-lW", Repository.Binary),
            @"(?m)^  ([A-Z_]+) +0x\w+ 0x\w+ 0x\w+ 0x\w+ 0x\w+ ([RWE ]{3}) 0x")
            .Select(match => (match.Groups[1].Value, match.Groups[2].Value.Trim()))];

    private static string Succeed(string program, params string[] arguments)
    {
        ProcessResult result = Command.Run(program, arguments);
        Assert.True(result.ExitCode == 0, result.ToString());
        return result.Output;
    }
}
