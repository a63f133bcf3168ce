using System.Text.RegularExpressions;
using NoDeps.Tests.Oracle;
using Xunit;

namespace NoDeps.Tests;

/// <summary>
/// The pages say what the sources say: every excerpt is in its source, every link has a target, every test that a page
/// names exists.
/// </summary>
public sealed class DocumentationTests
{
    private const string Layers = "docs/layers", Primitives = "docs/primitives";

    private static readonly string Root = FindRoot();

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder!.FullName, "NoDeps.sln"))) folder = folder.Parent;
        return folder.FullName;
    }

    private static string Read(string name) => File.ReadAllText(Path.Combine(Root, name));

    /// <summary>The pages that quote the sources.</summary>
    private static IEnumerable<string> QuotingPages => PagesIn(Layers).Concat(PagesIn(Primitives));

    private static IEnumerable<string> PagesIn(string folder) =>
        Directory.EnumerateFiles(Path.Combine(Root, folder), "*.md").Select(path => Path.GetRelativePath(Root, path)).Order();

    private static IEnumerable<string> Pages =>
        Directory.EnumerateFiles(Path.Combine(Root, "docs"), "*.md", SearchOption.AllDirectories)
            .Select(path => Path.GetRelativePath(Root, path)).Append("README.md").Order();

    [Fact]
    public void EveryExcerptIsInItsSource() => Assert.Empty(
        from page in QuotingPages
        from problem in Problems(page, Read(page))
        select problem);

    [Fact]
    public void EveryPageOfALayerOrPrimitiveHasAnExcerpt() => Assert.Empty(
        from page in QuotingPages
        where Path.GetFileName(page) != "README.md" && !DocumentationExcerpt.All(Read(page)).Any()
        select page);

    [Fact]
    public void EveryLinkHasATarget() => Assert.Empty(
        from page in Pages
        from problem in BrokenLinks(page, Read(page))
        select problem);

    [Theory]
    [InlineData(Layers)]
    [InlineData(Primitives)]
    public void TheIndexHasEveryPage(string folder)
    {
        string index = Read($"{folder}/README.md");
        Assert.Empty(
            from page in PagesIn(folder)
            let name = Path.GetFileName(page)
            where name != "README.md" && !index.Contains($"]({name})")
            select page);
        Assert.Contains($"]({folder}/README.md)", Read("README.md"));
    }

    [Fact]
    public void TheIndexOfTheLayersHasEveryWordOfADescription() =>
        Assert.All(RandomDescription.Kinds.Append("loss"), kind => Assert.Contains($"`{kind}`", Read($"{Layers}/README.md")));

    /// <summary>A page names a test as `Class.Method` or `Class`; the class has a file of its name.</summary>
    [Fact]
    public void EveryTestThatAPageNamesExists()
    {
        var tests = Directory.EnumerateFiles(Path.Combine(Root, "tests"), "*Tests.cs", SearchOption.AllDirectories)
            .ToLookup(path => Path.GetFileNameWithoutExtension(path), File.ReadAllText);
        Assert.Empty(
            from page in QuotingPages
            from Match name in Regex.Matches(Read(page), @"`(\w+Tests)(\.(\w+))?`")
            let method = name.Groups[3].Success ? $" {name.Groups[3].Value}(" : ""
            where !tests[name.Groups[1].Value].Any(text => text.Contains(method))
            select $"{page}: {name.Value}");
    }

    /// <summary>Were the comparison blind, it would not see these either.</summary>
    [Fact]
    public void APlantedChangeIsNoticed()
    {
        const string Source = "class A\n{\n    int F(int x)\n    {\n        return x + 1;\n    }\n}\n";
        string[] sound = ["int F(int x)", "{", "    return x + 1;", "}"];
        Assert.True(DocumentationExcerpt.Contains(Source, sound));
        Assert.True(DocumentationExcerpt.Contains(Source.Replace("\n", "\r\n"), sound));
        Assert.True(DocumentationExcerpt.Contains(Source, ["        return x + 1;"]));
        string[][] planted =
        [
            ["int F(int x)", "{", "    return x + 2;", "}"],
            ["int F(int x)", "{", "    return x  + 1;", "}"],
            ["int F(int x)", "{", "return x + 1;", "}"],
            ["int F(int x)", "{", "}"],
            ["int F(int x)", "    return x + 1;", "{", "}"],
            ["int F(int x)", "{", "    return x + 1;", "}", "    }"],
            ["return x"],
            [],
        ];
        Assert.All(planted, block => Assert.False(DocumentationExcerpt.Contains(Source, block)));
    }

    /// <summary>One changed letter in any line of any real excerpt is seen, and so is a lost mark.</summary>
    [Fact]
    public void AChangeInAnyLineOfAPageIsNoticed()
    {
        foreach (string page in QuotingPages)
        {
            foreach (var excerpt in DocumentationExcerpt.All(Read(page)))
            {
                string source = Read(excerpt.Source);
                for (int i = 0; i < excerpt.Lines.Length; i++)
                {
                    var changed = (string[])excerpt.Lines.Clone();
                    changed[i] += "~";
                    Assert.False(DocumentationExcerpt.Contains(source, changed), $"{page}: {excerpt.Lines[i]}");
                }
            }
        }
        Assert.NotEmpty(Problems("planted", "```csharp\nint x;\n```\n"));
        Assert.NotEmpty(Problems("planted", "<!-- source: README.md -->\n\n```csharp\nint x;\n```\n"));
        Assert.NotEmpty(Problems("planted", "<!-- source: no/such/file.cs -->\n```csharp\nint x;\n```\n"));
        Assert.NotEmpty(Problems("planted", "<!-- source: README.md -->\n```csharp\nnever written there\n```\n"));
        Assert.NotEmpty(Problems("planted", "<!-- source: README.md -->\nno code\n"));
        Assert.NotEmpty(BrokenLinks("docs/planted.md", "[a page](no-such-page.md)"));
        Assert.NotEmpty(BrokenLinks("docs/planted.md", "[a heading](architecture.md#no-such-heading)"));
        Assert.Empty(BrokenLinks("docs/planted.md", "[a heading](architecture.md#network-descriptions)"));
    }

    private static IEnumerable<string> Problems(string page, string text)
    {
        int codes = Regex.Count(text, @"^\s*```csharp", RegexOptions.Multiline);
        int marks = Regex.Count(text, "<!-- source:");
        var excerpts = DocumentationExcerpt.All(text).ToList();
        if (codes != excerpts.Count || marks != excerpts.Count)
            yield return $"{page}: {codes} blocks of code, {marks} marks, {excerpts.Count} of them together";
        foreach (var excerpt in excerpts)
        {
            if (!File.Exists(Path.Combine(Root, excerpt.Source)))
                yield return $"{page}:{excerpt.Line}: there is no {excerpt.Source}";
            else if (!DocumentationExcerpt.Contains(Read(excerpt.Source), excerpt.Lines))
                yield return $"{page}:{excerpt.Line}: not in {excerpt.Source}: {excerpt.Lines.FirstOrDefault()}";
        }
    }

    private static IEnumerable<string> BrokenLinks(string page, string text)
    {
        foreach (Match link in Regex.Matches(text, @"\]\(([^)#\s]*)(?:#([^)\s]+))?\)"))
        {
            string target = link.Groups[1].Value;
            if (target.Contains("://")) continue;
            string path = target == "" ? Path.Combine(Root, page)
                : Path.GetFullPath(Path.Combine(Root, Path.GetDirectoryName(page)!, target));
            if (!File.Exists(path) && !Directory.Exists(path))
                yield return $"{page}: {link.Value}";
            else if (link.Groups[2].Success && !Anchors(File.ReadAllText(path)).Contains(link.Groups[2].Value))
                yield return $"{page}: no such heading: {link.Value}";
        }
    }

    /// <summary>The names that GitHub gives to headings.</summary>
    private static IEnumerable<string> Anchors(string text) =>
        from Match heading in Regex.Matches(text, @"^#+ +(.+?)\s*$", RegexOptions.Multiline)
        select Regex.Replace(heading.Groups[1].Value.ToLowerInvariant(), @"[^\w\- ]", "").Replace(' ', '-');
}
