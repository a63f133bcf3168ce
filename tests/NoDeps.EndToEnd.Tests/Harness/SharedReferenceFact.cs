using Xunit;

namespace NoDeps.EndToEnd.Tests.Harness;

/// <summary>A test that needs the reference cases beside the repository; skipped where there are none.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class SharedReferenceFactAttribute : FactAttribute
{
    /// <summary>Decides when the test is discovered.</summary>
    public SharedReferenceFactAttribute()
    {
        if (Repository.SharedReference is null) Skip = "there are no reference cases beside the repository";
    }
}
