using System.Runtime.InteropServices;
using NoDeps.Network;
using NoDeps.Tests.Oracle;
using Xunit;

namespace NoDeps.Tests.Network.Checks;

/// <summary>The float64 forward pass of src against the oracle of the tests, which share no line, on random networks.</summary>
public sealed unsafe class ExactNetworkTests
{
    /// <summary>A slope or a dropout probability is a float in src, a double in the oracle.</summary>
    private static double Tolerance(string kind) => kind is "leakyrelu" or "dropout" ? 1e-6 : 1e-10;

    public static IEnumerable<object[]> Kinds => RandomDescription.Kinds.Select(kind => new object[] { kind });

    [Theory, MemberData(nameof(Kinds))]
    public void OutputsAndLossAgreeWithTheOracleBeforeAndAfterAChange(string kind)
    {
        for (int seed = 0; seed < 30; seed++)
        {
            var random = new Random(seed);
            var trial = RandomTrial.Of(random, kind, largestBatch: 9);
            var network = Descriptions.Read(trial.Text);
            long bytes = ExactNetwork.BytesNeeded(network, trial.Samples);
            byte* memory = (byte*)NativeMemory.AlignedAlloc((nuint)bytes, 64);
            NativeMemory.Clear(memory, (nuint)bytes);
            try
            {
                Compare(trial, new ExactNetwork(network, trial.Samples, memory), random, Tolerance(kind),
                    $"seed {seed}\n{trial.Text}");
            }
            finally
            {
                NativeMemory.AlignedFree(memory);
            }
        }
    }

    private static void Compare(RandomTrial trial, ExactNetwork exact, Random random, double tolerance, string what)
    {
        var oracle = trial.Network;
        byte[] labels = System.Array.ConvertAll(trial.Labels, label => (byte)label);
        Load(trial, exact, random);
        fixed (byte* l = labels)
        {
            exact.Forward(l);
            oracle.Forward(trial.Input, trial.Samples, training: true);
            for (int i = 0; i < oracle.Layers.Count; i++)
                Agreement.Check($"{what}output.{i}", oracle.Outputs[i], Numbers(exact.Output(i), oracle.Outputs[i].Length), tolerance);
            double[] before = Numbers(exact.Losses, trial.Samples);
            Agreement.Check($"{what}loss", [oracle.Loss(trial.Labels)], [before.Average()], tolerance);

            // A parameter.
            var trainable = oracle.Parameters.Where(p => p.Parameter.Trainable).ToList();
            foreach (var (key, layer, parameter) in trainable)
            {
                int at = random.Next(parameter.Value.Length);
                double saved = parameter.Value[at];
                parameter.Value[at] += 0.25;
                double* numbers = parameter.Name == "weight" ? exact.Weight(layer) : exact.Bias(layer);
                int channel = at / (parameter.Value.Length / oracle.Layers[layer].Output.Channels);
                Change(trial, exact, numbers + at, parameter.Value[at], layer, -1, channel, before, l, tolerance, $"{what}{key}");
                parameter.Value[at] = saved;
            }
            // An element of the input.
            int element = random.Next(trial.Input.Length);
            double input = trial.Input[element];
            trial.Input[element] += 0.25;
            Change(trial, exact, exact.Output(-1) + element, trial.Input[element], 0, element / (trial.Input.Length / trial.Samples), -1,
                before, l, tolerance, $"{what}input");
            trial.Input[element] = input;
        }
    }

    private static void Change(RandomTrial trial, ExactNetwork exact, double* number, double value, int layer, int sample,
        int channel, double[] before, byte* labels, double tolerance, string what)
    {
        int reached = exact.Explore(number, value, layer, false, sample, channel, labels, out int first);
        double[] after = (double[])before.Clone();
        for (int s = first; s < first + reached; s++) after[s] = exact.Losses[s];
        trial.Network.Forward(trial.Input, trial.Samples, training: true);
        Agreement.Check(what, [trial.Network.Loss(trial.Labels)], [after.Average()], tolerance);
    }

    private static void Load(RandomTrial trial, ExactNetwork exact, Random random)
    {
        for (int i = 0; i < trial.Input.Length; i++) exact.Output(-1)[i] = trial.Input[i];
        foreach (var (_, layer, parameter) in trial.Network.Parameters.Where(p => p.Parameter.Trainable))
        {
            double* to = parameter.Name == "weight" ? exact.Weight(layer) : exact.Bias(layer);
            for (int i = 0; i < parameter.Value.Length; i++) to[i] = parameter.Value[i];
        }
        foreach (var (index, layer) in trial.Network.Layers.Index())
        {
            if (layer is not OracleDropout dropout) continue;
            dropout.Mask = Enumerable.Range(0, trial.Samples * layer.Output.Size).Select(_ => random.Next(3) > 0).ToArray();
            for (int i = 0; i < dropout.Mask.Length; i++) exact.Kept(index)[i] = dropout.Mask[i] ? 1 : 0;
        }
    }

    private static double[] Numbers(double* numbers, int count) => new ReadOnlySpan<double>(numbers, count).ToArray();
}
