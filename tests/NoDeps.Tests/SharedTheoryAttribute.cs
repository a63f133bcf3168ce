using Xunit;

namespace NoDeps.Tests;

/// <summary>A theory that needs the shared folder, and is skipped without it.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class SharedTheoryAttribute : TheoryAttribute
{
    public SharedTheoryAttribute()
    {
        if (SharedFiles.Root == null) Skip = "there is no shared folder beside the repository";
    }
}
