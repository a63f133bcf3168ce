using System.Runtime.InteropServices;

namespace NoDeps.Tests.CoreLib;

/// <summary>Where the .NET that runs this test keeps its reference assemblies and its C# compiler.</summary>
internal static class DotNetInstallation
{
    /// <summary>The folder above shared/Microsoft.NETCore.App/VERSION, in which the running runtime lies.</summary>
    public static string Root { get; } = Path.GetFullPath(
        Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", ".."));

    /// <summary>All reference assemblies of .NET 10's base framework.</summary>
    public static string[] ReferenceAssemblies()
    {
        string[] folders = [.. Directory.GetDirectories(Path.Combine(Root, "packs", "Microsoft.NETCore.App.Ref"))
            .Select(folder => Path.Combine(folder, "ref", "net10.0"))
            .Where(Directory.Exists)];
        return Directory.GetFiles(Newest(folders), "*.dll");
    }

    /// <summary>The compiler that comes with the SDK, to be run by <c>dotnet exec</c>.</summary>
    public static string CSharpCompiler() => Newest([.. Directory.GetDirectories(Path.Combine(Root, "sdk"))
        .Select(folder => Path.Combine(folder, "Roslyn", "bincore", "csc.dll"))
        .Where(File.Exists)]);

    private static string Newest(string[] paths) => paths.Length > 0
        ? paths.MaxBy(path => File.GetLastWriteTimeUtc(path))!
        : throw new FileNotFoundException($"no SDK of .NET 10 under {Root}");
}
