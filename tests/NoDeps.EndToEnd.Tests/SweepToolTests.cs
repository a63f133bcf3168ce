using NoDeps.EndToEnd.Tests.Harness;
using Xunit;

namespace NoDeps.EndToEnd.Tests;

/// <summary>The second half of <c>make sweep</c>, on every 8191st float.</summary>
public sealed class SweepToolTests
{
    [Fact]
    public void ASmallSweepAgreesWithTheClassLibrary()
    {
        ProcessResult result = Command.Run("dotnet", ["run", "--project", Path.Combine(Repository.Root, "tools", "sweep"), "-c", "Release",
            "--", "8191"]);
        Assert.True(result.ExitCode == 0, result.ToString());
        Assert.Equal(8, result.OutputLines.Count(line => line.Contains(" 0 ", StringComparison.Ordinal)));
    }
}
