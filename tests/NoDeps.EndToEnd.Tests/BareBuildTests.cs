using NoDeps.EndToEnd.Tests.Harness;
using Xunit;

namespace NoDeps.EndToEnd.Tests;

/// <summary>C# that the bare world cannot run must fail its build: each of these sources is planted in it.</summary>
public sealed class BareBuildTests
{
    [Theory]
    [InlineData("a static constructor survives", """
        static unsafe class Planted
        {
            static readonly int Value = Compute();
            static int Compute() { int x = 7; int* p = &x; return System.Threading.Interlocked.Add(ref *p, 3); }
            public static int Use() => Value;
        }
        """)]
    [InlineData("a static field of a reference type", """
        static class Planted
        {
            static int[] kept;
            public static int Use() { if (kept == null) kept = new int[4]; return kept[1]++; }
        }
        """)]
    [InlineData("the link failed", """
        static class Planted
        {
            public static int Use() { try { throw new System.Exception(); } catch { return 1; } }
        }
        """)]
    [InlineData("the link failed", """
        static class Planted
        {
            class Finalized { public int Value; ~Finalized() { } }
            public static int Use() => new Finalized().Value;
        }
        """)]
    [InlineData("Code generation failed for method '[nodeps]Planted.Use()'", """
        static class Planted
        {
            static int count;
            public static int Use() { object boxed = count; count++; return (int)boxed; }
        }
        """)]
    [InlineData("Code generation failed for method '[nodeps]Planted.Use()'", """
        static class Planted { public static int Use() { int[,] table = new int[3, 3]; return table[1, 1]; } }
        """)]
    [InlineData("error CS0656", """
        static class Planted { public static int Use() => Join("a").Length; static string Join(string a) => a + "b"; }
        """)]
    [InlineData("error CS0234", """
        static class Planted { public static void Use() => System.Console.WriteLine(); }
        """)]
    public void UnsupportedSourceFailsTheBuild(string reason, string source)
    {
        ProcessResult result = Build(source);
        Assert.True(result.ExitCode != 0, result.ToString());
        Assert.Contains(reason, result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void TheSameBuildSucceedsWithSupportedSource()
    {
        ProcessResult result = Build("static class Planted { public static int Use() => 42; }");
        Assert.True(result.ExitCode == 0, result.ToString());
    }

    private static ProcessResult Build(string source)
    {
        // ilc compiles what is exported, used or not.
        source = source.Replace("public static", "[System.Runtime.RuntimeExport(\"planted\")] public static",
            StringComparison.Ordinal);
        using var folder = new TestFolder();
        return BareBuild.Run(folder, "Release", $"-p:PlantedSource={folder.Write("Planted.cs", source)}");
    }
}
