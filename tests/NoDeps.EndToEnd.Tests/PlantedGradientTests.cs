using NoDeps.EndToEnd.Tests.Harness;
using Xunit;

namespace NoDeps.EndToEnd.Tests;

/// <summary>The canary: a program with a wrong derivative, built from these sources, must find it.</summary>
public sealed class PlantedGradientTests
{
    [Fact]
    public void AWrongDerivativeInTheBinaryIsNamed()
    {
        using var folder = new TestFolder();
        ProcessResult copy = Command.Shell("""
            cd "$1" && tar -c --exclude=bin --exclude=obj Directory.* data/nets data/recipes src | tar -C "$2" -x &&
            mkdir "$2/src/NoDeps.Native/obj" &&
            cp src/NoDeps.Native/obj/project.assets.json src/NoDeps.Native/obj/*.nuget.g.* "$2/src/NoDeps.Native/obj"
            """, Repository.Root, folder.Path);
        Assert.True(copy.ExitCode == 0, copy.ToString());
        string kernels = folder["src/NoDeps.Network/Layers/Activation/ActivationLanes.cs"];
        string source = File.ReadAllText(kernels);
        const string Right = "S.Multiply(S.Load(g + i), S.FmaNegated(v, v, one))";
        Assert.Contains(Right, source, StringComparison.Ordinal);
        File.WriteAllText(kernels, source.Replace(Right, $"S.Multiply(S.Create(1.01f), {Right})", StringComparison.Ordinal));
        ProcessResult build = BareBuild.RunCopy(folder, folder.Path, "Release");
        Assert.True(build.ExitCode == 0, build.ToString());

        string binary = Path.Combine(folder["out"], "nodeps");
        ProcessResult wrong = Command.Run(binary, ["gradcheck", "--net", "vardhan"]);
        Nodeps.AssertFault(wrong, 1, "vardhan", "input of layer 1, tanh");
        Assert.Equal(0, Command.Run(binary, ["gradcheck", "--net", "scratch"]).ExitCode);
    }
}
