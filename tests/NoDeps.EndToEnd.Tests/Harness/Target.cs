using System.Reflection;
using Xunit;

namespace NoDeps.EndToEnd.Tests.Harness;

/// <summary>The builds of the program other than out/nodeps.</summary>
internal static class Target
{
    /// <summary>What NativeAOT made; made by <c>make aot</c> only.</summary>
    public static string NativeAot { get; } = Path.Combine(Repository.Root, "out", "aot", "nodeps");

    /// <summary>The assembly that the JIT compiles; built with the tests, in their configuration.</summary>
    public static string Assembly { get; } = Path.Combine(Repository.Root, "src", "NoDeps.Cli", "bin",
        typeof(Target).Assembly.GetCustomAttribute<AssemblyConfigurationAttribute>()!.Configuration, "net10.0", "nodeps.dll");

    /// <summary>Runs the program: <c>jit</c> or <c>aot</c>.</summary>
    public static ProcessResult Run(string target, params string[] arguments) => target == "jit"
        ? Command.Run("dotnet", [Assembly, .. arguments])
        : Command.Run(NativeAot, arguments);
}

/// <summary>A test of the NativeAOT build; skipped where there is none.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class NativeAotTheoryAttribute : TheoryAttribute
{
    /// <summary>Decides when the test is discovered.</summary>
    public NativeAotTheoryAttribute()
    {
        if (!File.Exists(Target.NativeAot)) Skip = "no out/aot/nodeps: make aot builds it";
    }
}
