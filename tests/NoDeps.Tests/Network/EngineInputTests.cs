using NoDeps.Network;
using NoDeps.Primitives;
using NoDeps.Tests.Oracle;
using NoDeps.Tests.Primitives;
using Xunit;

namespace NoDeps.Tests.Network;

/// <summary>How images, labels and initial parameters get into an engine.</summary>
public unsafe class EngineInputTests
{
    public static IEnumerable<object[]> Sets => EngineTests.Sets;

    /// <summary>
    /// A batch of bytes gives what the same batch gives as normalized numbers. The images end at a page that must not
    /// be touched, so that reading too far fails at once.
    /// </summary>
    [Theory, MemberData(nameof(Sets))]
    public void ImagesAreGatheredAndNormalized(Isa isa)
    {
        for (int seed = 0; seed < 60; seed++)
        {
            var random = new Random(seed);
            string text = $"input {random.Next(1, 4)}x{random.Next(1, 9)}x{random.Next(1, 9)}\nflatten\ndense 5\n"
                + "loss softmax-cross-entropy\n";
            var trial = RandomTrial.Of(random, () => text, 50);
            int size = trial.Network.Description.Input.Size, images = Math.Min(random.Next(1, 80), 4096 / size);
            int channels = random.Next(2) == 0 ? 1 : trial.Network.Description.Input.Channels;
            float[] means = [.. Enumerable.Range(0, channels).Select(_ => random.NextSingle())];
            float[] stds = [.. Enumerable.Range(0, channels).Select(_ => 0.1f + random.NextSingle())];
            int plane = trial.Network.Description.Input.Rows * trial.Network.Description.Input.Columns;
            int[]? order = random.Next(2) == 0 && images >= trial.Samples ? null
                : Enumerable.Range(0, trial.Samples).Select(_ => random.Next(images)).ToArray();
            using var memory = new GuardedMemory();
            byte* pixels = memory.End - images * size;
            random.NextBytes(memory.Bytes);
            using var engine = new EngineUnderTest(trial, isa, Teams.Of(seed));
            fixed (int* which = order)
                engine.Engine.SetImages(pixels, which, trial.Samples, new Normalization(means, stds));
            engine.Engine.Forward(false);
            var input = new double[trial.Samples * size];
            for (int i = 0; i < input.Length; i++)
            {
                int image = order is null ? i / size : order[i / size];
                int channel = channels == 1 ? 0 : i % size / plane;
                input[i] = (pixels[image * size + i % size] / 255.0 - means[channel]) / stds[channel];
            }
            trial.Network.Forward(input, trial.Samples, training: false);
            Agreement.Check($"seed {seed}\n{text}", trial.Network.Outputs[^1], engine.Output(1), 1e-5);
        }
    }

    /// <summary>Labels are checked where they are read; one that changes afterwards must not lead outside.</summary>
    [Fact]
    public void ALabelThatIsNoClassCountsAsTheLast()
    {
        var trial = RandomTrial.Of(new Random(1), () => "input 1x2x2\nflatten\ndense 5\nloss squared-error\n", 20);
        using var engine = new EngineUnderTest(trial, Isa.Avx2, new SerialTeam());
        engine.Forward(trial.Input, trial.Samples, training: false);
        byte[] labels = new byte[trial.Samples];
        fixed (byte* bytes = labels)
        {
            labels[^1] = 4;
            engine.Engine.SetLabels(bytes, null);
            engine.Engine.Forward(isTraining: false);
            double last = engine.Engine.Loss();
            labels[^1] = 255;
            engine.Engine.SetLabels(bytes, null);
            engine.Engine.Forward(isTraining: false);
            Assert.Equal(last, engine.Engine.Loss());
        }
    }

    /// <summary>Predictions are the first largest output, and the number of right ones counts them.</summary>
    [Theory, MemberData(nameof(Sets))]
    public void PredictionsAreTheLargestOutput(Isa isa)
    {
        for (int seed = 0; seed < 20; seed++)
        {
            var trial = RandomTrial.OfFewBits(new Random(seed),
                "input 1x2x2\nflatten\ndense 7\nloss squared-error\n", 50);
            using var engine = new EngineUnderTest(trial, isa, new SerialTeam());
            engine.Forward(trial.Input, trial.Labels, training: false);
            trial.Network.Forward(trial.Input, trial.Samples, training: false);
            int[] found = new int[trial.Samples];
            fixed (int* classes = found)
                engine.Engine.CopyPredictions(classes);
            var rows = trial.Network.Outputs[^1].Chunk(7).ToArray();
            Assert.Equal(rows.Select(row => Array.IndexOf(row, row.Max())), found);
            Assert.Equal(found.Zip(trial.Labels).Count(pair => pair.First == pair.Second), engine.Engine.CountCorrect());
        }
    }

    /// <summary>PyTorch's default: uniform in ±1/√fan_in; a function of the seed.</summary>
    [Fact]
    public void InitialParametersAreUniformAndFollowTheSeed()
    {
        const string Text = "input 3x12x12\nconv 20 kernel=5x3\nbatchnorm\nflatten\ndense 70\ndense 10\n"
            + "loss softmax-cross-entropy\n";
        var network = OracleNetwork.Of(Text);
        double[][] Initial(ulong seed, Isa isa)
        {
            using var engine = new EngineUnderTest(Text, network, 4, isa, new SerialTeam(), default);
            engine.Engine.Initialize(seed);
            return network.Parameters.Select(p => engine.Parameter(p.Layer, p.Parameter.Name)).ToArray();
        }
        var first = Initial(1, Isa.Avx2);
        Assert.Equal(first, Initial(1, EngineUnderTest.InstructionSets.Last()));
        Assert.NotEqual(first[0], Initial(2, Isa.Avx2)[0]);
        foreach (var ((key, layer, parameter), numbers) in network.Parameters.Zip(first))
        {
            if (network.Layers[layer] is OracleBatchNormalization)
            {
                Assert.All(numbers, x => Assert.Equal(key.EndsWith("weight") || key.EndsWith("var") ? 1 : 0, x));
                continue;
            }
            var weight = network.Layers[layer].Parameters[0].Dimensions;
            double bound = 1 / Math.Sqrt(weight.Skip(1).Aggregate((a, b) => a * b));
            Assert.All(numbers, x => Assert.InRange(x, -bound, bound));
            if (numbers.Length < 500)
                continue;
            Assert.InRange(numbers.Max(), 0.98 * bound, bound);
            Assert.InRange(numbers.Min(), -bound, -0.98 * bound);
            double spread = 4 / Math.Sqrt(numbers.Length);
            Assert.InRange(numbers.Average() / bound, -spread, spread);
            Assert.InRange(numbers.Average(x => x * x) / (bound * bound), 1 / 3.0 - spread, 1 / 3.0 + spread);
        }
    }

    /// <summary>The share that dropout drops, and that it draws anew each step and alike for each seed.</summary>
    [Theory, MemberData(nameof(Sets))]
    public void DropoutDropsItsShareAnewEachStep(Isa isa)
    {
        const string Text = "input 4x20x20\ndropout 0.3\nflatten\ndense 3\nloss squared-error\n";
        var trial = RandomTrial.Of(new Random(4), () => Text, 40);
        var masks = new List<bool[]>();
        foreach (var (seed, team) in new[] { (1UL, 0), (1UL, 4), (2UL, 0) })
        {
            using var engine = new EngineUnderTest(trial, isa, Teams.Of(team));
            engine.Engine.Initialize(seed);
            for (int step = 0; step < 2; step++)
            {
                engine.Run(trial);
                masks.Add(engine.MaskOf(0, trial.Input));
            }
        }
        foreach (var mask in masks)
        {
            double spread = 4 * Math.Sqrt(0.3 * 0.7 / mask.Length);
            Assert.InRange(mask.Count(kept => !kept) / (double)mask.Length, 0.3 - spread, 0.3 + spread);
        }
        Assert.Equal(masks[0], masks[2]);
        Assert.Equal(masks[1], masks[3]);
        Assert.NotEqual(masks[0], masks[1]);
        Assert.NotEqual(masks[0], masks[4]);
    }
}
