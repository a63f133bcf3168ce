using NoDeps.EndToEnd.Tests.Harness;
using Xunit;

namespace NoDeps.EndToEnd.Tests.CommandLine;

/// <summary>
/// Every help page is the one in Golden, which a run with NODEPS_WRITE_GOLDEN=1 writes anew, and what it lists is what the program
/// parses.
/// </summary>
public sealed class HelpPageTests
{
    private const int Columns = 80;

    private static readonly string Golden = Path.Combine(Repository.Root, "tests", "NoDeps.EndToEnd.Tests", "Golden");

    public static TheoryData<string> Commands => HelpPages.EachCommand;

    public static TheoryData<string> Pages => new(["", .. HelpPages.Commands]);

    [Theory]
    [MemberData(nameof(Pages))]
    public void APageIsTheGoldenOne(string command)
    {
        string path = Path.Combine(Golden, command.Length == 0 ? "nodeps.txt" : $"nodeps-{command}.txt");
        string page = HelpPages.Page(command);
        if (Environment.GetEnvironmentVariable("NODEPS_WRITE_GOLDEN") == "1") File.WriteAllText(path, page);
        Assert.Equal(File.ReadAllText(path), page);
    }

    [Fact]
    public void NoGoldenPageIsLeftOver() => Assert.Equal(
        HelpPages.Commands.Select(command => $"nodeps-{command}.txt").Append("nodeps.txt").Order(),
        Directory.EnumerateFiles(Golden, "*.txt").Select(Path.GetFileName).Order());

    [Theory]
    [MemberData(nameof(Pages))]
    public void LinesFitTheScreen(string command) => Assert.All(HelpPages.Page(command).Split('\n'), line =>
    {
        Assert.True(line.Length <= Columns, line);
        Assert.Equal(line.TrimEnd(), line);
        Assert.All(line, c => Assert.InRange(c, ' ', '~'));
    });

    [Theory]
    [MemberData(nameof(Commands))]
    public void HelpOfACommandHasThreeSpellings(string command)
    {
        string page = HelpPages.Page(command);
        Assert.Equal(page, Nodeps.Succeed("help", command).Output);
        Assert.Equal(page, Nodeps.Succeed(command, "-h").Output);
        Assert.StartsWith($"usage: nodeps {command}", page, StringComparison.Ordinal);
    }

    /// <summary>An option with a value asks for it; a flag takes none; both are an error when given twice.</summary>
    [Theory]
    [MemberData(nameof(Commands))]
    public void EveryListedOptionIsParsed(string command)
    {
        (string Name, string Value)[] options = HelpPages.Options(command);
        Assert.Contains(("--help", ""), options);
        foreach ((string name, string value) in options)
        {
            if (value.Length == 0)
            {
                Nodeps.AssertFault(Nodeps.Run(command, $"{name}=1"), Nodeps.Usage, "option takes no value", name);
                if (name != "--help") Nodeps.AssertFault(Nodeps.Run(command, name, name), Nodeps.Usage, "option given twice", name);
                continue;
            }
            Nodeps.AssertFault(Nodeps.Run(command, name), Nodeps.Usage, "option needs a value", name);
            Nodeps.AssertFault(Nodeps.Run(command, name, "--help"), Nodeps.Usage, "option needs a value", name);
            Nodeps.AssertFault(Nodeps.Run(command, name, ""), Nodeps.Usage, "empty value", name);
            Nodeps.AssertFault(Nodeps.Run(command, $"{name}="), Nodeps.Usage, "empty value", name);
            string valid = value switch { "N" or "X" => "1", _ => value.Split('|')[0] };
            Nodeps.AssertFault(Nodeps.Run(command, name, valid, $"{name}={valid}"), Nodeps.Usage, "option given twice", name);
            if (value is "N" or "X") Nodeps.AssertFault(Nodeps.Run(command, name, "1x"), Nodeps.Usage, name, "'1x'");
            Nodeps.AssertFault(Nodeps.Run(command, name[..^1] + "_"), Nodeps.Usage, "unknown option");
        }
    }

    [Theory]
    [MemberData(nameof(Commands))]
    public void HelpWinsOverWhatFollows(string command) =>
        Assert.Equal(HelpPages.Page(command), Nodeps.Succeed(command, "--help", "--nonsense").Output);
}
