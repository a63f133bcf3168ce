using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace NoDeps.Tests.CoreLib;

/// <summary>The assembly of the bare build: program and core library in one file that refers to no other.</summary>
internal static class BareAssembly
{
    /// <summary>The newest one under src/NoDeps.Native, or null where the bare build has not run.</summary>
    public static string? Find()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "NoDeps.sln")))
        {
            folder = folder.Parent;
        }
        string native = Path.Combine(folder?.FullName ?? "", "src", "NoDeps.Native");
        if (folder is null || !Directory.Exists(native))
        {
            return null;
        }
        return Directory.EnumerateFiles(native, "*.dll", SearchOption.AllDirectories)
            .Where(RefersToNothing)
            .MaxBy(File.GetLastWriteTimeUtc);
    }

    /// <summary>True for an assembly without references, which only one with its own System.Object can be.</summary>
    private static bool RefersToNothing(string path)
    {
        using var file = new PEReader(File.OpenRead(path));
        return file.HasMetadata && file.GetMetadataReader().AssemblyReferences.Count == 0;
    }
}

/// <summary>A test that needs the bare assembly; skipped, with the reason, where that has not been built.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class BareAssemblyFactAttribute : Xunit.FactAttribute
{
    /// <summary>Decides when the test is discovered.</summary>
    public BareAssemblyFactAttribute()
    {
        if (BareAssembly.Find() is null)
        {
            Skip = "no bare assembly under src/NoDeps.Native: run make build first (make test does)";
        }
    }
}
