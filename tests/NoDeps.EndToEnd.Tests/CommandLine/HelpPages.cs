using System.Text.RegularExpressions;
using NoDeps.EndToEnd.Tests.Harness;
using Xunit;

namespace NoDeps.EndToEnd.Tests.CommandLine;

/// <summary>The commands and their help pages.</summary>
internal static partial class HelpPages
{
    /// <summary>Every command that the program lists.</summary>
    public static string[] Commands { get; } =
        [.. CommandRow().Matches(Section(Nodeps.Succeed("--help").Output, "Commands")).Select(match => match.Groups[1].Value)];

    /// <summary>The same for xunit.</summary>
    public static TheoryData<string> EachCommand => new(Commands);

    /// <summary>The help of a command; of the program for an empty name.</summary>
    public static string Page(string command) => Nodeps.Succeed(command.Length == 0 ? ["--help"] : [command, "--help"]).Output;

    /// <summary>Every option of a command with its placeholder, which is empty for a flag.</summary>
    public static (string Name, string Value)[] Options(string command) =>
        [.. OptionRow().Matches(Section(Page(command), "Options")).Select(match => (match.Groups[1].Value, match.Groups[2].Value))];

    private static string Section(string page, string heading)
    {
        int start = page.IndexOf($"\n{heading}:\n", StringComparison.Ordinal);
        Assert.True(start >= 0, page);
        int end = page.IndexOf("\n\n", start, StringComparison.Ordinal);
        return end < 0 ? page[start..] : page[start..(end + 1)];
    }

    [GeneratedRegex(@"^  ([a-z]+) ", RegexOptions.Multiline)]
    private static partial Regex CommandRow();

    [GeneratedRegex(@"^  (--[a-z-]+)(?: ([^ \n]+))?(?:  |\n)", RegexOptions.Multiline)]
    private static partial Regex OptionRow();
}
