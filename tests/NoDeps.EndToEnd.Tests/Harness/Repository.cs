namespace NoDeps.EndToEnd.Tests.Harness;

/// <summary>Where things lie, found from the tests' own folder upwards.</summary>
internal static class Repository
{
    /// <summary>The folder that holds NoDeps.sln.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>The program under test: out/nodeps, or what NODEPS_BINARY names.</summary>
    public static string Binary { get; } = Environment.GetEnvironmentVariable("NODEPS_BINARY")
        ?? Path.Combine(Root, "out", "nodeps");

    /// <summary>The small real data set of the repository.</summary>
    public static string SampleData { get; } = Path.Combine(Root, "data", "sample");

    /// <summary>The full MNIST, where somebody fetched it or keeps it beside the repository; otherwise null.</summary>
    public static string? Mnist { get; } = FirstComplete(Path.Combine(Root, "data", "mnist"),
        Path.Combine(Root, "..", "shared", "data", "mnist"));

    /// <summary>The full Fashion-MNIST as Debian installs it, or null.</summary>
    public static string? FashionMnist { get; } = FirstComplete("/usr/share/datasets/fashion-mnist");

    /// <summary>The reference cases beside the repository, or in what NODEPS_SHARED names; null where there are none.</summary>
    public static string? SharedReference { get; } = new[]
    {
        Path.GetFullPath(Path.Combine(Environment.GetEnvironmentVariable("NODEPS_SHARED") ?? Path.Combine(Root, "..", "shared"),
            "reference")),
    }.FirstOrDefault(Directory.Exists);

    private static string? FirstComplete(params string[] folders) => folders.Select(Path.GetFullPath).FirstOrDefault(
        folder => DataSet.FileNames.All(name => File.Exists(Path.Combine(folder, name + ".gz"))));

    private static string FindRoot()
    {
        for (var at = new DirectoryInfo(AppContext.BaseDirectory); at is not null; at = at.Parent)
        {
            if (File.Exists(Path.Combine(at.FullName, "NoDeps.sln")))
            {
                return at.FullName;
            }
        }
        throw new DirectoryNotFoundException($"no NoDeps.sln above {AppContext.BaseDirectory}");
    }
}
