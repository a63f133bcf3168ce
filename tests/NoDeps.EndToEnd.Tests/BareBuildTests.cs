using NoDeps.EndToEnd.Tests.Harness;
using Xunit;

namespace NoDeps.EndToEnd.Tests;

/// <summary>C# that the bare world cannot run must fail its build: each of these sources is planted in it.</summary>
public sealed class BareBuildTests
{
    [Theory]
    [InlineData("a static constructor", """
        static class Planted
        {
            static readonly int Value = Compute();
            [System.Runtime.CompilerServices.MethodImpl(System.Runtime.CompilerServices.MethodImplOptions.NoInlining)]
            static int Compute() => 42;
            public static int Use() => Value;
        }
        """)]
    [InlineData("an exception", """
        static class Planted
        {
            public static int Use() { try { throw new System.Exception(); } catch { return 1; } }
        }
        """)]
    [InlineData("a string joined", """
        static class Planted { public static string Use(string a) => a + "b"; }
        """)]
    [InlineData("the class library", """
        static class Planted { public static void Use() => System.Console.WriteLine(); }
        """)]
    public void UnsupportedSourceFailsTheBuild(string what, string source)
    {
        // ilc compiles what is exported, used or not.
        ProcessResult result = Build(source + """

            static unsafe class PlantedEntry
            {
                [System.Runtime.RuntimeExport("planted_entry")]
                static void Enter() => Planted.Use();
            }
            """);
        Assert.True(result.ExitCode != 0, $"{what} built\n{result}");
        Assert.Matches(@"error (CS\d+|NODEPS\d+)|ilc|ILC", result.Output);
    }

    [Fact]
    public void TheSameBuildSucceedsWithSupportedSource()
    {
        ProcessResult result = Build("static class Planted { public static int Use() => 42; }");
        Assert.True(result.ExitCode == 0, result.ToString());
    }

    private static ProcessResult Build(string source)
    {
        using var folder = new TestFolder();
        string project = Path.Combine(Repository.Root, "src", "NoDeps.Native", "NoDeps.Native.csproj");
        return Command.Run("dotnet", ["build", project, "-c", "Release", "--no-restore", "-nologo", "-v", "q",
            "-p:UseSharedCompilation=false", "-nodeReuse:false",
            $"-p:PlantedSource={folder.Write("Planted.cs", source)}",
            $"-p:OutDirectory={folder["out"]}/", $"-p:OutputPath={folder["bin"]}/",
            $"-p:IntermediateOutputPath={folder["obj"]}/"], timeout: TimeSpan.FromMinutes(5));
    }
}
