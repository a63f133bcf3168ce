using Xunit;

namespace NoDeps.EndToEnd.Tests.Harness;

/// <summary>A theory that needs a Python with PyTorch; skipped where there is none.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class TorchTheoryAttribute : TheoryAttribute
{
    /// <summary>The Python, or null.</summary>
    public static string? Python { get; } = new[] { "python3", "/usr/bin/python3" }.FirstOrDefault(python =>
        (python.StartsWith('/') ? File.Exists(python) : Command.Exists(python))
        && Command.Run(python, ["-c", "import torch"]).ExitCode == 0);

    /// <summary>Decides when the test is discovered.</summary>
    public TorchTheoryAttribute()
    {
        if (Python is null) Skip = "no Python with PyTorch (Debian: python3-torch)";
    }
}

/// <summary>A theory that needs PyTorch and the reference cases beside the repository.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class SharedTorchTheoryAttribute : TheoryAttribute
{
    /// <summary>Decides when the test is discovered.</summary>
    public SharedTorchTheoryAttribute()
    {
        if (TorchTheoryAttribute.Python is null) Skip = "no Python with PyTorch (Debian: python3-torch)";
        else if (Repository.SharedReference is null) Skip = "there are no reference cases beside the repository";
    }
}
