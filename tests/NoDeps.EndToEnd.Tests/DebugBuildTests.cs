using NoDeps.EndToEnd.Tests.Harness;
using Xunit;

namespace NoDeps.EndToEnd.Tests;

/// <summary>The build for gdb.</summary>
public sealed class DebugBuildTests
{
    [ProgramFact("gdb")]
    public void GdbShowsLinesOfCSharp()
    {
        using var folder = new TestFolder();
        ProcessResult build = BareBuild.Run(folder, "Debug");
        Assert.True(build.ExitCode == 0, build.ToString());
        ProcessResult gdb = Command.Run("gdb", ["-batch", "-nx", "-ex", "break NoDeps.Cli/Program.cs:20", "-ex", "run --version",
            "-ex", "backtrace", "-ex", "list", Path.Combine(folder["out"], "nodeps")]);
        Assert.Contains("Program.cs:", gdb.Output, StringComparison.Ordinal);
        Assert.Contains("Breakpoint 1, nodeps_NoDeps_Cli_Program__Run", gdb.Output, StringComparison.Ordinal);
        Assert.Contains("Entry.cs:", gdb.Output, StringComparison.Ordinal);
        Assert.Contains("console.Finish", gdb.Output, StringComparison.Ordinal);
    }
}
