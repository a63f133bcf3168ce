using System.Text;
using NoDeps.Network;
using NoDeps.Tests.Oracle;
using Xunit;
using Xunit.Abstractions;

namespace NoDeps.Tests.Network.Checks;

/// <summary>The gradient check on networks that are right: the built-in ones and random ones around each kind of layer.</summary>
public sealed class GradientCheckTests(ITestOutputHelper output)
{
    public static IEnumerable<object[]> Kinds => RandomDescription.Kinds.Select(kind => new object[] { kind });

    public static IEnumerable<object[]> NetworksAndSets =>
        from i in Enumerable.Range(0, BuiltInNetworks.Count)
        from isa in EngineUnderTest.InstructionSets
        select new object[] { Encoding.UTF8.GetString(BuiltInNetworks.Name(i)), isa };

    [Theory, MemberData(nameof(NetworksAndSets))]
    public void The_built_in_networks_pass(string name, Isa isa)
    {
        Assert.True(BuiltInNetworks.TryFind(Encoding.UTF8.GetBytes(name), out var text));
        var clock = System.Diagnostics.Stopwatch.StartNew();
        using var check = new CheckUnderTest(Encoding.UTF8.GetString(text), 20, 1, isa);
        var wrong = check.Run();
        output.WriteLine($"{clock.Elapsed.TotalSeconds:F2} s\n{check.Report}");
        Assert.True(wrong == null, check.Report);
    }

    [Theory, MemberData(nameof(Kinds))]
    public void Random_networks_pass(string kind)
    {
        var all = new List<string>();
        for (int seed = 0; seed < 80; seed++)
        {
            string text = RandomDescription.Of(new Random(seed), kind);
            using var check = new CheckUnderTest(text, 1 + seed % 37, (ulong)seed, Isa.Avx2);
            var wrong = check.Run();
            double e = check.Tensors.Max(t => t.Error);
            all.Add($"{e:E2} seed {seed} batch {1 + seed % 37}" + (e > 1e-4 ? $"\n{text}{check.Report}\n" : ""));
        }
        all.Sort((a, b) => double.Parse(b.Split(' ')[0]).CompareTo(double.Parse(a.Split(' ')[0])));
        output.WriteLine(string.Join('\n', all.Take(14)));
        Assert.True(false);
    }
}
