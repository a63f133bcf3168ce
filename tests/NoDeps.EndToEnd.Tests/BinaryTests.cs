using System.Text.RegularExpressions;
using NoDeps.EndToEnd.Tests.Harness;
using Xunit;

namespace NoDeps.EndToEnd.Tests;

/// <summary>The file out/nodeps itself: static, position-independent, nothing undefined, nothing both writable and
/// executable, small.</summary>
public sealed class BinaryTests
{
    /// <summary>
    /// Only there to notice accidents: 400 KB for the first commands, 100 more for pictures and data formats, and 100 for trainings that
    /// can be stopped, resumed and watched.
    /// </summary>
    private const int MaxBytes = 640 * 1024;

    [Fact]
    public void IsSmall() => Assert.InRange(new FileInfo(Repository.Binary).Length, 1, MaxBytes);

    [ProgramFact("file")]
    public void IsAStrippedStaticPie()
    {
        string description = Succeed("file", "-b", Repository.Binary);
        Assert.StartsWith("ELF 64-bit LSB pie executable, x86-64", description, StringComparison.Ordinal);
        Assert.Contains("static-pie linked", description, StringComparison.Ordinal);
        Assert.Contains(", stripped", description, StringComparison.Ordinal);
    }

    [ProgramFact("readelf")]
    public void HasFourSegmentsAtMostAndNoneBothWritableAndExecutable()
    {
        (string Type, string Flags)[] segments = Segments();
        Assert.DoesNotContain(segments, segment => segment.Type == "INTERP");
        Assert.InRange(segments.Count(segment => segment.Type == "LOAD"), 1, 4);
        Assert.Single(segments, segment => segment is ("LOAD", "R E"));
        Assert.DoesNotContain(segments, segment => segment.Flags.Contains('W') && segment.Flags.Contains('E'));
        Assert.Contains(segments, segment => segment is ("GNU_RELRO", "R"));
        Assert.Contains(segments, segment => segment is ("GNU_STACK", "RW"));
    }

    /// <summary>Constants are in a segment that cannot be executed: only code is where code is.</summary>
    [ProgramFact("readelf")]
    public void OnlyCodeIsExecutable()
    {
        string mapping = Succeed("readelf", "-lW", Repository.Binary);
        string[] flags = [.. Segments().Select(segment => segment.Flags)];
        string[][] sections = [.. Regex.Matches(mapping[mapping.IndexOf("Segment Sections", StringComparison.Ordinal)..],
            @"(?m)^   \d\d +(.*)$").Select(match => match.Groups[1].Value.Split(' ', StringSplitOptions.RemoveEmptyEntries))];
        Assert.Equal(flags.Length, sections.Length);
        string[] executable = [.. sections.Where((_, i) => flags[i].Contains('E')).SelectMany(names => names)];
        Assert.Equal([".text", "__managedcode"], executable);
        Assert.Contains(sections, names => names.Contains(".rodata"));
    }

    /// <summary>What perf, gdb and addr2line look for: the file with the symbols, by name and checksum.</summary>
    [ProgramFact("readelf", "addr2line", "nm")]
    public void TheDebugFileNamesFunctions()
    {
        Assert.Contains("nodeps.debug", Succeed("readelf", "-p", ".gnu_debuglink", Repository.Binary), StringComparison.Ordinal);
        string debug = Path.Combine(Path.GetDirectoryName(Repository.Binary)!, "nodeps.debug");
        string symbol = Succeed("nm", debug).Split('\n').First(line => line.Contains("TrainCommand__Run", StringComparison.Ordinal));
        string place = Succeed("addr2line", "-fe", debug, "0x" + symbol.Split(' ')[0]);
        Assert.Contains("TrainCommand.cs:", place, StringComparison.Ordinal);
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
        ProcessResult forced = Command.Run("qemu-x86_64", ["-cpu", "max", Repository.Binary, "gradcheck", "--isa",
            "avx512"]);
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
