using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using System.Text;
using NoDeps.Network;
using NoDeps.Primitives;
using NoDeps.Tests.Oracle;
using Xunit;

namespace NoDeps.Tests.Network;

/// <summary>
/// The two short cuts of evaluation: pooling and batchnorm that a convolution takes along, which change no bit, and the
/// layout for one image by itself, where only the sums of dense layers have another order.
/// </summary>
public sealed unsafe class SingleImageTests
{
    private const double Tolerance = 1e-5;
    private const int LargestBatch = 20;
    private static readonly EngineOptions Answering = new() { EvaluationOnly = true };

    public static IEnumerable<object[]> Kinds =>
        RandomDescription.Kinds.Append("taken along").Select(kind => new object[] { kind });

    /// <summary>Convolutions with all that they can take along, some of it not quite.</summary>
    private static string TakenAlong(Random random)
    {
        string Pick(params string[] lines) => lines[random.Next(lines.Length)];
        while (true)
        {
            var text = new StringBuilder($"input {random.Next(1, 4)}x{random.Next(6, 25)}x{random.Next(6, 25)}\n");
            for (int i = random.Next(1, 3); i > 0; i--)
            {
                text.Append($"conv {random.Next(1, 15)} kernel={random.Next(1, 6)}x{random.Next(1, 6)}");
                text.Append(Pick("\n", "\n", " pad=1\n", " stride=2x1\n"));
                text.Append(Pick("relu\n", "relu\n", "", "leakyrelu\n", "relu\ndropout 0.5\n"));
                text.Append(Pick("batchnorm\n", "batchnorm\n", "", "batchnorm\nrelu\n"));
                text.Append(Pick("maxpool kernel=2\n", "maxpool kernel=2\n", "maxpool kernel=2\n", "", "maxpool kernel=2x3\n"));
            }
            text.Append($"flatten\ndense {random.Next(1, 80)}\n{Pick("", "relu\n", "tanh\n")}{Pick("", "batchnorm\n")}");
            text.Append($"dense {random.Next(2, 14)}\nloss softmax-cross-entropy\n");
            try
            {
                OracleNetwork.Of(text.ToString());
                return text.ToString();
            }
            catch (FormatException)
            {
                // A window larger than what is left.
            }
        }
    }

    /// <summary>A trial some of whose batchnorms fall where others rise.</summary>
    private static RandomTrial Trial(string kind, int seed)
    {
        var random = new Random(seed);
        var trial = RandomDescription.Kinds.Contains(kind) ? RandomTrial.Of(random, kind, LargestBatch)
            : RandomTrial.Of(random, () => TakenAlong(random), LargestBatch);
        foreach (var (_, layer, parameter) in trial.Network.Parameters)
            if (trial.Network.Layers[layer] is OracleBatchNormalization && parameter.Name == "weight")
                for (int i = 0; i < parameter.Value.Length; i += 2)
                    parameter.Value[i] *= -1;
        return trial;
    }

    private static EngineUnderTest Open(RandomTrial trial, int batch, Isa isa, WorkTeam team, EngineOptions options) =>
        new(trial.Text, trial.Network, batch, isa, team, options);

    [Theory, MemberData(nameof(Kinds))]
    public void WhatAConvolutionTakesAlongChangesNoBit(string kind)
    {
        for (int seed = 0; seed < 20; seed++)
        {
            var trial = Trial(kind, 500 + seed);
            int last = trial.Network.Layers.Count - 1, batch = trial.Samples + 1;
            foreach (Isa isa in EngineUnderTest.InstructionSets)
            {
                using var layers = Open(trial, batch, isa, new SerialTeam(), EngineUnderTest.Everything);
                using var training = Open(trial, batch, isa, Teams.Of(seed), default);
                using var answering = Open(trial, batch, isa, Teams.Of(seed + 1), Answering);
                foreach (var engine in new[] { layers, training, answering })
                    engine.Forward(trial.Input, trial.Samples, training: false);
                var expected = layers.Output(last);
                Assert.True(expected.AsSpan().SequenceEqual(training.Output(last)), $"seed {seed}, {isa}\n{trial.Text}");
                Assert.True(expected.AsSpan().SequenceEqual(answering.Output(last)), $"seed {seed}, {isa}\n{trial.Text}");
                Assert.True(answering.GuardsAreWhole);
            }
        }
    }

    [Theory, MemberData(nameof(Kinds))]
    public void OneImageByItselfGetsTheAnswerThatItGetsAmongOthers(string kind)
    {
        for (int seed = 0; seed < 20; seed++)
        {
            var trial = Trial(kind, 700 + seed);
            int size = trial.Network.Description.Input.Size, last = trial.Network.Layers.Count - 1;
            using var together = Open(trial, trial.Samples, Isa.Avx2, new SerialTeam(), EngineUnderTest.Everything);
            together.Forward(trial.Input, trial.Labels, training: false);
            var expected = together.Output(last);
            double largest = Agreement.Magnitude(expected), loss = 0;
            int classes = trial.Network.Classes;
            foreach (Isa isa in EngineUnderTest.InstructionSets)
            {
                using var single = Open(trial, 1, isa, Teams.Of(seed), Answering);
                using var same = Open(trial, 1, Isa.Avx2, new SerialTeam(), Answering);
                loss = 0;
                for (int k = 0; k < trial.Samples; k++)
                {
                    string what = $"seed {seed}, sample {k}, {isa}\n{trial.Text}";
                    var input = trial.Input[(k * size)..((k + 1) * size)];
                    foreach (var engine in new[] { single, same })
                        engine.Forward(input, [trial.Labels[k]], training: false);
                    var alone = single.Output(last);
                    Agreement.Check(what, expected[(k * classes)..((k + 1) * classes)], alone, Tolerance, largest);
                    Assert.True(alone.AsSpan().SequenceEqual(same.Output(last)), what);
                    loss += single.Engine.Loss();
                }
                Assert.True(Math.Abs(loss / trial.Samples - together.Engine.Loss()) <= 1e-4 * Math.Max(1, largest), trial.Text);
                Assert.True(single.GuardsAreWhole, trial.Text);
            }
        }
    }

    [Theory]
    [InlineData("pedestrian")]
    [InlineData("pedestrian-shortcut")]
    [InlineData("lochman")]
    [InlineData("richard")]
    [InlineData("scratch")]
    [InlineData("vardhan")]
    public void ImagesOfEveryNetworkAreClassifiedAlike(string name)
    {
        Assert.True(BuiltInNetworks.TryFind(Encoding.UTF8.GetBytes(name), out var text));
        var network = OracleNetwork.Of(string.Join('\n', Encoding.UTF8.GetString(text).Split('\n')
            .Where(line => !line.StartsWith("recipe"))));
        const int images = 5;
        var pixels = new byte[images * 28 * 28];
        new Random(3).NextBytes(pixels);
        int[] order = [4, 0, 3, 2, 1];
        foreach (Isa isa in EngineUnderTest.InstructionSets)
        {
            using var many = new EngineUnderTest(Encoding.UTF8.GetString(text), network, images, isa, new SerialTeam(), Answering);
            many.Engine.Initialize(9);
            fixed (byte* first = pixels)
            fixed (int* all = order)
            {
                many.Engine.SetImages(first, all, images, new Normalization(0.3f, 0.4f));
                many.Engine.Forward(isTraining: false);
                var expected = many.Output(network.Layers.Count - 1);
                // Two workers share a large dense layer; one goes through it forwards and backwards in turn.
                for (int workers = 1; workers <= 2; workers++)
                {
                    using var single = new EngineUnderTest(Encoding.UTF8.GetString(text), network, 1, isa,
                        workers == 1 ? new SerialTeam() : new ThreadTeam(workers), Answering);
                    single.Engine.Initialize(9);
                    for (int i = 0; i < images; i++)
                    {
                        single.Engine.SetImages(first, all + i, 1, new Normalization(0.3f, 0.4f));
                        single.Engine.Forward(isTraining: false);
                        Agreement.Check($"{name}, image {i}, {isa}", expected[(10 * i)..(10 * i + 10)],
                            single.Output(network.Layers.Count - 1), Tolerance);
                    }
                }
            }
        }
    }

    /// <summary>A batchnorm's factors are kept between images; a change of the parameters must reach them.</summary>
    [Fact]
    public void ParametersMayChangeBetweenImages()
    {
        var trial = Trial("batchnorm", 17);
        int size = trial.Network.Description.Input.Size, last = trial.Network.Layers.Count - 1;
        using var single = Open(trial, 1, Isa.Avx2, new SerialTeam(), Answering);
        single.Forward(trial.Input[..size], 1, training: false);
        var before = single.Output(last);
        foreach (var (_, _, parameter) in trial.Network.Parameters.Where(p => p.Parameter.Name == "running_var"))
            for (int i = 0; i < parameter.Value.Length; i++)
                parameter.Value[i] = (float)(3 * parameter.Value[i]);
        single.Load(trial.Network);
        single.Forward(trial.Input[..size], 1, training: false);
        trial.Network.Forward(trial.Input[..size], 1, training: false);
        Assert.False(before.AsSpan().SequenceEqual(single.Output(last)));
        Agreement.Check(trial.Text, trial.Network.Outputs[last], single.Output(last));
    }

    [Fact]
    public void EvenAndOddElementsComeInOrder()
    {
        InOrder<Avx2Lanes, Vector256<float>>();
        if (Avx512F.IsSupported) InOrder<Avx512Lanes, Vector512<float>>();
    }

    private static void InOrder<S, V>() where S : struct, ISimd<V> where V : unmanaged
    {
        float* numbers = stackalloc float[32], even = stackalloc float[16], odd = stackalloc float[16];
        for (int i = 0; i < 32; i++) numbers[i] = i;
        S.Store(even, S.Even(S.Load(numbers), S.Load(numbers + S.Count)));
        S.Store(odd, S.Odd(S.Load(numbers), S.Load(numbers + S.Count)));
        for (int i = 0; i < S.Count; i++)
        {
            Assert.Equal(2 * i, even[i]);
            Assert.Equal(2 * i + 1, odd[i]);
        }
    }
}
