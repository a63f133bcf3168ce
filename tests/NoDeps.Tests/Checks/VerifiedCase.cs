using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using NoDeps.Network;
using NoDeps.Primitives;
using NoDeps.Tests.Oracle;
using NoDeps.Tests.Reference;

namespace NoDeps.Tests.Checks;

/// <summary>A reference case after a verification, as ordinary objects.</summary>
public sealed unsafe class VerifiedCase
{
    private const double Tolerance = 1e-4;

    /// <summary>The sentence about a file that is no case; empty where it is one.</summary>
    public string Sentence { get; }
    /// <summary>How each result compares.</summary>
    public Dictionary<string, (double Error, double Moved, double Left, Verdict Verdict)> Results { get; } = [];
    /// <summary>The wrong ones.</summary>
    public IEnumerable<string> Wrong => Results.Where(r => r.Value.Verdict == Verdict.Wrong).Select(r => r.Key);

    /// <summary>Verifies a file.</summary>
    public VerifiedCase(byte[] file, Isa isa, WorkTeam team, double tolerance = Tolerance)
    {
        byte* bytes = (byte*)NativeMemory.AlignedAlloc((nuint)file.Length + 1, 64);
        file.CopyTo(new Span<byte>(bytes, file.Length));
        var fault = VerificationCase.Open(bytes, file.Length, out var reference);
        var buffer = new byte[4096];
        var writer = new Utf8Writer(buffer);
        FaultText.Write(ref writer, "case"u8, in fault);
        Sentence = Encoding.UTF8.GetString(writer.Written);
        if (fault.IsNone) Run(reference, isa, team, tolerance);
        NativeMemory.AlignedFree(bytes);
    }

    private void Run(VerificationCase reference, Isa isa, WorkTeam team, double tolerance)
    {
        long engineBytes = Engine.BytesNeeded(reference.Description, reference.Batch, Verification.Options);
        nuint size = (nuint)(engineBytes + Verification.BytesNeeded(reference));
        byte* memory = (byte*)NativeMemory.AlignedAlloc(size, 64);
        NativeMemory.Clear(memory, size);
        var engine = new Engine(reference.Description, reference.Batch, team, isa, Verification.Options, memory);
        var verification = new Verification(reference, engine, tolerance, memory + engineBytes);
        verification.Run();
        foreach (var tensor in reference.Tensors.Take(reference.Count).Where(tensor => tensor.IsResult))
        {
            Results.Add(Encoding.UTF8.GetString(tensor.Key),
                (tensor.Error, tensor.Movement, tensor.Rest, tensor.Verdict));
        }
        NativeMemory.AlignedFree(memory);
    }

    /// <summary>A case of a random network, computed by the oracle in float64.</summary>
    public static EditedCase OfOracle(RandomTrial trial, double learningRate)
    {
        var network = trial.Network;
        int n = trial.Samples;
        var made = new EditedCase();
        made.Metadata["net"] = trial.Text;
        made.Metadata["learning_rate"] = learningRate.ToString("R", CultureInfo.InvariantCulture);
        made.Metadata["batch"] = $"{n}";
        AddState(made, "param.", network);
        made.Add("input", trial.Input, Sizes(n, network.Layers[0].Input));
        made.Add("labels", trial.Labels.Select(label => (long)label), n);
        for (int step = 0; step < 3; step++)
        {
            network.Forward(trial.Input, n, training: true);
            network.Backward(trial.Labels);
            if (step == 0) AddFirstPass(made, trial);
            network.SgdStep(learningRate);
        }
        AddState(made, "after.", network);
        network.Forward(trial.Input, n, training: false);
        made.Add("eval.output", network.Outputs[^1], Sizes(n, network.Layers[^1].Output));
        return made;
    }

    private static void AddFirstPass(EditedCase made, RandomTrial trial)
    {
        var network = trial.Network;
        int n = trial.Samples;
        for (int i = 0; i < network.Layers.Count; i++)
            made.Add($"output.{i}", network.Outputs[i], Sizes(n, network.Layers[i].Output));
        made.Add("loss", [network.Loss(trial.Labels)], 1);
        if (network.Description.Loss is OracleSoftmaxCrossEntropy)
            made.Add("probabilities", OracleSoftmaxCrossEntropy.Probabilities(network.Outputs[^1], network.Classes),
                n, network.Classes);
        made.Add("grad.input", network.InputGradient, Sizes(n, network.Layers[0].Input));
        foreach (var (key, _, parameter) in network.Parameters.Where(p => p.Parameter.Trainable))
            made.Add("grad." + key, parameter.Gradient, parameter.Dimensions);
    }

    private static void AddState(EditedCase made, string prefix, OracleNetwork network)
    {
        foreach (var (key, _, parameter) in network.Parameters)
        {
            if (parameter.Name == "num_batches_tracked") made.Add(prefix + key, [(long)parameter.Value[0]], []);
            else made.Add(prefix + key, parameter.Value, parameter.Dimensions);
        }
    }

    private static int[] Sizes(int samples, OracleShape shape) => [samples, shape.Channels, shape.Rows, shape.Columns];
}
