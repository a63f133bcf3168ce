using NoDeps.Network;
using NoDeps.Primitives;
using NoDeps.Tests.Oracle;
using Xunit;

namespace NoDeps.Tests.Network;

/// <summary>The engine stays in the memory that it asked for, and a step allocates nothing.</summary>
public class EngineMemoryTests
{
    public static IEnumerable<object[]> KindsAndSets => EngineTests.KindsAndSets;

    [Theory, MemberData(nameof(KindsAndSets))]
    public void NothingOutsideTheMemoryIsWritten(string kind, Isa isa)
    {
        for (int seed = 0; seed < 10; seed++)
        {
            var trial = RandomTrial.Of(new Random(5000 + seed), kind, largestBatch: 40);
            using var engine = new EngineUnderTest(trial, isa, new SerialTeam());
            engine.Run(trial);
            engine.SgdStep(0.1);
            Assert.True(engine.GuardsAreWhole, $"seed {seed}, batch {trial.Samples}\n{trial.Text}");
        }
    }

    [Theory, MemberData(nameof(KindsAndSets))]
    public void AStepAllocatesNothing(string kind, Isa isa)
    {
        var trial = RandomTrial.Of(new Random(6000), kind, largestBatch: 40);
        using var engine = new EngineUnderTest(trial, isa, new SerialTeam());
        Assert.Equal(0, engine.BytesAllocatedByAStep(trial));
    }

    /// <summary>The layers' bytes are a part of all; what is left is for parameters, input and loss.</summary>
    [Theory, InlineData(false), InlineData(true)]
    public void TheMemoryIsDividedAmongTheLayers(bool evaluationOnly)
    {
        for (int i = 0; i < BuiltInNetworks.Count; i++)
        {
            Assert.True(NetworkDescription.Parse(BuiltInNetworks.Text(i), out var network).IsNone);
            var options = new EngineOptions { EvaluationOnly = evaluationOnly };
            long one = Engine.BytesNeeded(network, 16, options, out long[] ofOne);
            long two = Engine.BytesNeeded(network, 32, options, out long[] ofTwo);
            Assert.Equal(Engine.BytesNeeded(network, 16, options), one);
            Assert.Equal(network.LayerCount, ofOne.Length);
            long parameters = (evaluationOnly ? 4L : 16L) * network.FlatParameters;
            Assert.InRange(one - ofOne.Sum(), parameters, parameters + 200_000 + 16L * 4 * network.Input.Size);
            for (int layer = 0; layer < network.LayerCount; layer++)
            {
                long output = 16L * 4 * network.Layers[layer].Output.Size;
                bool inPlace = network.Layers[layer].IsActivation || network.Layers[layer].Kind == LayerKind.Flatten;
                if (inPlace) Assert.True(ofOne[layer] == 0 || ofOne[layer] >= output);
                else if (network.Layers[layer].Kind is LayerKind.Convolution or LayerKind.Dense)
                    Assert.InRange(ofTwo[layer] - ofOne[layer], output, long.MaxValue);
            }
        }
    }

    /// <summary>
    /// Sizes that do not fit 32 bits, and those that do not fit 64, are never taken for small ones: descriptions that the parser
    /// accepts with the largest windows there are, in every form, for one image and for the largest batch.
    /// </summary>
    [Theory]
    [InlineData("input 1x28x28\nconv 1 kernel=1x3655 pad=3053x3154\nmaxpool kernel=100\n", 16_000_000)]
    [InlineData("input 64x256x256\nconv 16 kernel=255x255 pad=127\nmaxpool kernel=16\n", 1_000_000)]
    [InlineData("input 1x4000x4000\nconv 1 kernel=4095 pad=2050 stride=1\nmaxpool kernel=200\n", 16_000_000)]
    [InlineData("input 65535x1x1\nconv 1 kernel=1x1000 pad=1x4095\n", 7_000)]
    public void HugeSizesAreNotTakenForSmallOnes(string layers, long outputs)
    {
        var network = Descriptions.Read(layers + "flatten\ndense 2\nloss softmax-cross-entropy\n");
        foreach (KernelForm kernel in Enum.GetValues<KernelForm>())
            foreach (bool evaluationOnly in new[] { true, false })
                foreach (int batch in new[] { 1, 16, 65_536 })
                {
                    var options = new EngineOptions { EvaluationOnly = evaluationOnly, Kernel = kernel };
                    long bytes = Engine.BytesNeeded(network, batch, options, out long[] ofLayers);
                    Assert.InRange(bytes, (long)batch * outputs * 4, 1L << 62);
                    Assert.All(ofLayers, layer => Assert.InRange(layer, 0, bytes));
                }
    }
}
