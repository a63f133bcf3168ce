using Xunit;

namespace NoDeps.Tests;

/// <summary>
/// The folder <c>shared</c> beside the repository: data and reference cases that are too large to be in it. Tests
/// that need it are skipped where it is absent.
/// </summary>
public static class SharedFiles
{
    /// <summary>Its path, or null: found from the tests' own folder upwards, beside the one with NoDeps.sln.</summary>
    public static string? Root { get; } = Find();

    private static string? Find()
    {
        for (var at = new DirectoryInfo(AppContext.BaseDirectory); at != null; at = at.Parent)
            if (File.Exists(Path.Combine(at.FullName, "NoDeps.sln")))
            {
                string shared = Path.GetFullPath(Path.Combine(at.FullName, "..", "shared"));
                return Directory.Exists(shared) ? shared : null;
            }
        return null;
    }
}

/// <summary>A fact that needs <see cref="SharedFiles.Root"/>.</summary>
public sealed class SharedFactAttribute : FactAttribute
{
    /// <summary>Skips where the folder is absent.</summary>
    public SharedFactAttribute() => Skip = SharedFiles.Root is null ? "no folder ../shared" : null;
}

/// <summary>A theory that needs <see cref="SharedFiles.Root"/>.</summary>
public sealed class SharedTheoryAttribute : TheoryAttribute
{
    /// <summary>Skips where the folder is absent.</summary>
    public SharedTheoryAttribute() => Skip = SharedFiles.Root is null ? "no folder ../shared" : null;
}
