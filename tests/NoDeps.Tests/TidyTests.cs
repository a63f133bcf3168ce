using System.Text.RegularExpressions;
using Xunit;

namespace NoDeps.Tests;

/// <summary>What reviewers would otherwise repeat.</summary>
public sealed class TidyTests
{
    private const int LongestLine = 140;

    private static readonly string Root = FindRoot();

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder!.FullName, "NoDeps.sln"))) folder = folder.Parent;
        return folder.FullName;
    }

    /// <summary>Every file of the project's own text, without what is built.</summary>
    private static IEnumerable<(string Name, string[] Lines)> Sources(params string[] endings) =>
        from top in new[] { "src", "tests", "tools", "docs", "data" }
        from path in Directory.EnumerateFiles(Path.Combine(Root, top), "*", SearchOption.AllDirectories)
        let name = Path.GetRelativePath(Root, path)
        where endings.Contains(Path.GetExtension(path)) && !Regex.IsMatch(name, @"(^|/)(bin|obj)/")
        select (name, File.ReadAllLines(path));

    [Fact]
    public void LinesAreShort() => Assert.Empty(
        from file in Sources(".cs", ".S", ".sh", ".py", ".md", ".net")
        from line in file.Lines.Select((text, i) => (text, i))
        where line.text.Length > LongestLine && !line.text.StartsWith('|') && !line.text.Contains("://")
        select $"{file.Name}:{line.i + 1}: {line.text.Length} characters");

    [Fact]
    public void LinesEndWithoutSpaces() => Assert.Empty(
        from file in Sources(".cs", ".S", ".sh", ".py", ".net")
        from line in file.Lines.Select((text, i) => (text, i))
        where line.text.Length > 0 && char.IsWhiteSpace(line.text[^1])
        select $"{file.Name}:{line.i + 1}");

    /// <summary>One source, two worlds: these may appear only where one of the worlds is meant.</summary>
    [Fact]
    public void TheWorldsAreToldApartInFewPlaces()
    {
        string[] allowed = ["NoDeps.Primitives/FaultDetails.cs"];
        Assert.Equal(allowed,
            from file in Sources(".cs")
            where file.Name.StartsWith("src/") && file.Lines.Any(line => line.TrimStart().StartsWith("#if"))
            select file.Name["src/".Length..]);
    }

    /// <summary>The network knows no platform, a format no network, a primitive nothing.</summary>
    [Theory]
    [InlineData("NoDeps.Primitives", "NoDeps.Formats|NoDeps.Platform|NoDeps.Network|NoDeps.Cli")]
    [InlineData("NoDeps.Formats", "NoDeps.Platform|NoDeps.Network|NoDeps.Cli")]
    [InlineData("NoDeps.Platform", "NoDeps.Formats|NoDeps.Network|NoDeps.Cli")]
    [InlineData("NoDeps.Network", "NoDeps.Platform|NoDeps.Cli")]
    public void ArrowsPointDown(string room, string above) => Assert.Empty(
        from file in Sources(".cs")
        where file.Name.StartsWith($"src/{room}/")
        from line in file.Lines
        where Regex.IsMatch(line, $@"^\s*using ({above});")
        select $"{file.Name}: {line}");

    [Fact]
    public void EveryPublicTypeSaysWhatItIs() => Assert.Empty(
        from file in Sources(".cs")
        where file.Name.StartsWith("src/") && !file.Name.StartsWith("src/NoDeps.CoreLib/")
        from line in file.Lines.Select((text, i) => (text, i))
        where Regex.IsMatch(line.text, @"^public .*\b(class|struct|enum|interface) ")
        let before = file.Lines.Take(line.i).LastOrDefault(text => !text.StartsWith('['))
        where before == null || !before.StartsWith("///")
        select $"{file.Name}:{line.i + 1}: {line.text}");
}
