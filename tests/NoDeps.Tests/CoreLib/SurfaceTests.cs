using Xunit;

namespace NoDeps.Tests.CoreLib;

/// <summary>The core library's public surface against .NET's reference assemblies.</summary>
public sealed class SurfaceTests
{
    [BareAssemblyFact]
    public void EveryPublicMemberExistsInDotNetWithTheSameDeclaration()
    {
        using var ours = new SurfaceReader([BareAssembly.Find()!]);
        using var dotnet = new SurfaceReader(DotNetInstallation.ReferenceAssemblies());
        List<string> breaches = SurfaceLaw.Breaches(ours, dotnet);
        Assert.True(breaches.Count == 0, $"{breaches.Count} breaches of the core library's law:\n  "
            + string.Join("\n  ", breaches));
    }

    [BareAssemblyFact]
    public void TheAssemblyReadIsACoreLibrary()
    {
        using var ours = new SurfaceReader([BareAssembly.Find()!]);
        Assert.Superset(new HashSet<string> { "System.Object", "System.Int32", "System.Span`1" },
            ours.Names.ToHashSet());
    }

    [Fact]
    public void DotNetKeepsTheLawAgainstItself()
    {
        using var dotnet = new SurfaceReader(DotNetInstallation.ReferenceAssemblies()
            .Where(path => Path.GetFileName(path) is "System.Runtime.dll" or "System.Runtime.Intrinsics.dll"
                or "System.Memory.dll" or "System.Collections.dll"));
        using var whole = new SurfaceReader(DotNetInstallation.ReferenceAssemblies());
        Assert.True(dotnet.Names.Count() > 1000);
        Assert.Empty(SurfaceLaw.Breaches(dotnet, whole));
    }
}
