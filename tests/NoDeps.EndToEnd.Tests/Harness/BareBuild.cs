namespace NoDeps.EndToEnd.Tests.Harness;

/// <summary>
/// Builds the bare binary with something changed, beside the real one. Without analyzers: what a test plants must reach the
/// compilers behind them.
/// </summary>
internal static class BareBuild
{
    /// <summary>Builds into <c>out</c> below the folder.</summary>
    public static ProcessResult Run(TestFolder folder, string configuration, params string[] properties) =>
        Run(folder, Repository.Root, configuration, properties);

    /// <summary>The same from a copy of the sources.</summary>
    public static ProcessResult RunCopy(TestFolder folder, string root, string configuration) =>
        Run(folder, root, configuration, []);

    private static ProcessResult Run(TestFolder folder, string root, string configuration, string[] properties)
    {
        string project = Path.Combine(root, "src", "NoDeps.Native", "NoDeps.Native.csproj");
        return Command.Run("dotnet", ["build", project, "-c", configuration, "--no-restore", "-nologo", "-v", "q",
            "-p:UseSharedCompilation=false", "-p:RunAnalyzers=false", "-nodeReuse:false", .. properties,
            $"-p:OutDirectory={folder["out"]}/", $"-p:OutputPath={folder["bin"]}/",
            $"-p:IntermediateOutputPath={folder["obj"]}/"], timeout: TimeSpan.FromMinutes(5));
    }
}
