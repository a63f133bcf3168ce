namespace NoDeps.EndToEnd.Tests.Harness;

/// <summary>Builds the bare binary with something changed, beside the real one.</summary>
internal static class BareBuild
{
    /// <summary>Builds into <c>out</c> below the folder.</summary>
    public static ProcessResult Run(TestFolder folder, string configuration, params string[] properties)
    {
        string project = Path.Combine(Repository.Root, "src", "NoDeps.Native", "NoDeps.Native.csproj");
        return Command.Run("dotnet", ["build", project, "-c", configuration, "--no-restore", "-nologo", "-v", "q",
            "-p:UseSharedCompilation=false", "-nodeReuse:false", .. properties,
            $"-p:OutDirectory={folder["out"]}/", $"-p:OutputPath={folder["bin"]}/",
            $"-p:IntermediateOutputPath={folder["obj"]}/"], timeout: TimeSpan.FromMinutes(5));
    }
}
