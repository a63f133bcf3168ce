namespace NoDeps.EndToEnd.Tests.Harness;

/// <summary>A temporary folder that every user may enter; it goes with the test.</summary>
internal sealed class TestFolder : IDisposable
{
    private const UnixFileMode Everyone = (UnixFileMode)0b111_101_101;

    /// <summary>Its full path.</summary>
    public string Path { get; }

    public TestFolder()
    {
        Path = Directory.CreateTempSubdirectory("nodeps-test-").FullName;
        File.SetUnixFileMode(Path, Everyone);
    }

    /// <summary>A path inside.</summary>
    public string this[string name] => System.IO.Path.Combine(Path, name);

    /// <summary>The names of everything inside, hidden files too, in order.</summary>
    public string[] Names => [.. Directory.GetFileSystemEntries(Path)
        .Select(entry => System.IO.Path.GetFileName(entry)).Order(StringComparer.Ordinal)];

    /// <summary>Writes a text file and returns its path.</summary>
    public string Write(string name, string text)
    {
        File.WriteAllText(this[name], text);
        return this[name];
    }

    /// <summary>Writes a binary file and returns its path.</summary>
    public string Write(string name, byte[] content)
    {
        File.WriteAllBytes(this[name], content);
        return this[name];
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
