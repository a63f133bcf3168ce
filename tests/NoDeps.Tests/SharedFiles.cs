using Xunit;

namespace NoDeps.Tests;

/// <summary>The folder of papers, data and reference cases beside the repository, where there is one.</summary>
public static class SharedFiles
{
    /// <summary>The folder; null where there is none. NODEPS_SHARED in the environment names another.</summary>
    public static string? Root { get; } = Find();

    /// <summary>The path of a file below it.</summary>
    public static string Path(params string[] parts) => System.IO.Path.Combine([Root!, .. parts]);

    private static string? Find()
    {
        if (Environment.GetEnvironmentVariable("NODEPS_SHARED") is { Length: > 0 } named)
            return Directory.Exists(named) ? named : null;
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder != null; folder = folder.Parent)
        {
            if (!File.Exists(System.IO.Path.Combine(folder.FullName, "NoDeps.sln"))) continue;
            string beside = System.IO.Path.Combine(MainWorktree(folder.FullName), "..", "shared");
            return Directory.Exists(beside) ? System.IO.Path.GetFullPath(beside) : null;
        }
        return null;
    }

    /// <summary>In a linked worktree, .git is a file "gitdir: MAIN/.git/worktrees/NAME".</summary>
    private static string MainWorktree(string root)
    {
        string git = System.IO.Path.Combine(root, ".git");
        if (!File.Exists(git)) return root;
        string target = File.ReadAllText(git).Trim();
        int end = target.IndexOf("/.git/worktrees/", StringComparison.Ordinal);
        return target.StartsWith("gitdir: ") && end > 0 ? target["gitdir: ".Length..end] : root;
    }
}

/// <summary>A fact that needs the shared folder, and is skipped without it.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class SharedFactAttribute : FactAttribute
{
    public SharedFactAttribute()
    {
        if (SharedFiles.Root == null) Skip = "there is no shared folder beside the repository";
    }
}
