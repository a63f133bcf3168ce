namespace NoDeps.Tests;

/// <summary>
/// A block of C# in a page, with the line <c>&lt;!-- source: path --&gt;</c> right before it that says where it is from.
/// </summary>
/// <param name="Source">Path from the repository's root.</param>
/// <param name="Lines">The code, without the fences.</param>
/// <param name="Line">The page's line of the mark, from 1.</param>
public sealed record DocumentationExcerpt(string Source, string[] Lines, int Line)
{
    private const string Before = "<!-- source: ", After = " -->", Fence = "```";

    /// <summary>Every marked block of a page.</summary>
    public static IEnumerable<DocumentationExcerpt> All(string page)
    {
        var lines = Split(page);
        for (int i = 0; i + 1 < lines.Length; i++)
        {
            if (!lines[i].StartsWith(Before) || !lines[i].EndsWith(After) || lines[i + 1] != Fence + "csharp") continue;
            var code = lines.Skip(i + 2).TakeWhile(line => line != Fence).ToArray();
            yield return new DocumentationExcerpt(lines[i][Before.Length..^After.Length], code, i + 1);
        }
    }

    /// <summary>
    /// Whether consecutive whole lines of the source are the block, both without the indentation that all their lines
    /// share. Nothing is in no source.
    /// </summary>
    public static bool Contains(string source, string[] block)
    {
        var lines = Split(source);
        var wanted = WithoutCommonIndentation(block);
        return wanted.Any(line => line != "") && Enumerable.Range(0, Math.Max(0, lines.Length - block.Length + 1))
            .Any(i => WithoutCommonIndentation(lines[i..(i + block.Length)]).SequenceEqual(wanted));
    }

    private static string[] Split(string text) => text.Replace("\r\n", "\n").Split('\n');

    private static string[] WithoutCommonIndentation(string[] lines)
    {
        int common = lines.Where(line => line.Trim() != "").Select(line => line.Length - line.TrimStart().Length)
            .DefaultIfEmpty().Min();
        return [.. lines.Select(line => line.Trim() == "" ? "" : line[common..])];
    }
}
