using Xunit;

namespace NoDeps.Tests;

/// <summary>The folder of papers, data and reference cases beside the repository, where there is one.</summary>
public static class SharedFiles
{
    /// <summary>The repository.</summary>
    public static string Repository { get; } = FindRepository();

    /// <summary>The folder; null where there is none. NODEPS_SHARED in the environment names another.</summary>
    public static string? Root { get; } = Find();

    /// <summary>The path of a file below it.</summary>
    public static string Path(params string[] parts) => System.IO.Path.Combine([Root!, .. parts]);

    private static string? Find()
    {
        if (Environment.GetEnvironmentVariable("NODEPS_SHARED") is { Length: > 0 } named)
            return Directory.Exists(named) ? named : null;
        string beside = System.IO.Path.Combine(MainWorktree(Repository), "..", "shared");
        return Directory.Exists(beside) ? System.IO.Path.GetFullPath(beside) : null;
    }

    private static string FindRepository()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(System.IO.Path.Combine(folder!.FullName, "NoDeps.sln"))) folder = folder.Parent;
        return folder.FullName;
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
