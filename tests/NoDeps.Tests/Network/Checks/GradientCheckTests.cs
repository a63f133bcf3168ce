using System.Text;
using NoDeps.Network;
using NoDeps.Tests.Oracle;
using Xunit;

namespace NoDeps.Tests.Network.Checks;

/// <summary>The gradient check on networks that are right: the built-in ones and random ones around each kind of layer.</summary>
public sealed class GradientCheckTests
{
    private const int Trials = 25;

    public static IEnumerable<object[]> Kinds => RandomDescription.Kinds.Select(kind => new object[] { kind });

    public static IEnumerable<object[]> NetworksAndSets =>
        from i in Enumerable.Range(0, BuiltInNetworks.Count)
        from isa in EngineUnderTest.InstructionSets
        select new object[] { Encoding.UTF8.GetString(BuiltInNetworks.Name(i)), isa };

    [Theory, MemberData(nameof(NetworksAndSets))]
    public void TheBuiltInNetworksPass(string name, Isa isa)
    {
        Assert.True(BuiltInNetworks.TryFind(Encoding.UTF8.GetBytes(name), out var text));
        // The network for color images is large: it is checked on small ones.
        if (name == "cifar") text = DescriptionAdapter.Adapt(text, new Shape(3, 8, 8), 10);
        using var check = new CheckUnderTest(Encoding.UTF8.GetString(text), 20, 1, isa);
        Assert.True(check.Run() == null, check.Report);
        Assert.All(check.Tensors, tensor => Assert.True(tensor.Probed > 0, check.Report));
    }

    /// <summary>Batches of at least 4: batch normalization of two or three numbers is not for float32.</summary>
    [Theory, MemberData(nameof(Kinds))]
    public void RandomNetworksPass(string kind)
    {
        for (int seed = 0; seed < Trials; seed++)
        {
            string text = RandomDescription.Of(new Random(seed), kind);
            int batch = 4 + seed % 37;
            using var check = new CheckUnderTest(text, batch, (ulong)seed, Isa.Avx2, team: Teams.Of(seed));
            Assert.True(check.Run() == null, $"seed {seed}, batch {batch}\n{text}{check.Report}");
        }
    }

    [Fact]
    public unsafe void TheResultDependsOnTheSeedOnly()
    {
        const string Text = "input 2x6x6\nconv 3 kernel=3\nrelu\ndropout 0.3\nflatten\ndense 4\nloss squared-error\n";
        using var one = new CheckUnderTest(Text, 20, 3, Isa.Avx2);
        using var same = new CheckUnderTest(Text, 20, 3, Isa.Avx2, team: new ThreadTeam(3));
        using var other = new CheckUnderTest(Text, 20, 4, Isa.Avx2);
        one.Run();
        same.Run();
        other.Run();
        Assert.Equal(one.Report, same.Report);
        Assert.NotEqual(one.Report, other.Report);
    }

    /// <summary>A loss without a slope: nothing to compare, but nothing wrong either.</summary>
    [Fact]
    public void ATieOfMaximaIsLeftOutAndCounted()
    {
        const string Text = "input 1x4x4\nconv 2 kernel=1\nrelu\nrelu\nmaxpool kernel=2\nflatten\ndense 3\nloss squared-error\n";
        using var check = new CheckUnderTest(Text, 2, 1, Isa.Avx2);
        Assert.True(check.Run() == null, check.Report);
        Assert.True(check.Tensors.Sum(tensor => tensor.Kinks) > 0, check.Report);
    }
}
