using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.X86;
using NoDeps.Network;
using NoDeps.Primitives;
using NoDeps.Tests.Oracle;

namespace NoDeps.Tests.Network;

/// <summary>
/// The engine as the tests see it: arrays of float64 in and out, parameters by PyTorch's names, its memory taken
/// from the system between two guards.
/// </summary>
public sealed unsafe class EngineUnderTest : IDisposable
{
    private const int Guard = 4096;
    private const byte GuardByte = 0xA5;
    private readonly byte* _block;
    private readonly nuint _size;
    private readonly OracleNetwork _network;
    private readonly EngineOptions _options;

    /// <summary>Everything can be asked for: every output and the gradient of the input.</summary>
    public static EngineOptions Everything => new() { KeepOutputs = true, WantInputGradient = true };

    /// <summary>The instruction sets that this machine can run.</summary>
    public static IEnumerable<Isa> InstructionSets =>
        Avx512F.IsSupported && Avx512BW.IsSupported && Avx512DQ.IsSupported ? [Isa.Avx2, Isa.Avx512] : [Isa.Avx2];

    /// <summary>The engine itself.</summary>
    public Engine Engine { get; }

    /// <summary>An engine for a trial, with its parameters, of which everything can be asked.</summary>
    public EngineUnderTest(RandomTrial trial, Isa isa, WorkTeam team, int maxBatch = 0)
        : this(trial.Text, trial.Network, Math.Max(maxBatch, trial.Samples), isa, team, Everything)
    {
    }

    /// <summary>An engine of a description with the parameters of an oracle of the same.</summary>
    public EngineUnderTest(string text, OracleNetwork network, int maxBatch, Isa isa, WorkTeam team,
        EngineOptions options)
    {
        _network = network;
        _options = options;
        var description = Descriptions.Read(text);
        _size = (nuint)Engine.BytesNeeded(description, maxBatch, options);
        _block = (byte*)NativeMemory.AlignedAlloc(_size + 2 * Guard, 4096);
        new Span<byte>(_block, Guard).Fill(GuardByte);
        NativeMemory.Clear(_block + Guard, _size);
        new Span<byte>(_block + Guard + _size, Guard).Fill(GuardByte);
        Engine = new Engine(description, maxBatch, team, isa, options, _block + Guard);
        Load(network);
    }

    /// <inheritdoc/>
    public void Dispose() => NativeMemory.AlignedFree(_block);

    /// <summary>True while nobody wrote before or behind the engine's memory.</summary>
    public bool GuardsAreWhole =>
        new ReadOnlySpan<byte>(_block, Guard).IndexOfAnyExcept(GuardByte) < 0
        && new ReadOnlySpan<byte>(_block + Guard + _size, Guard).IndexOfAnyExcept(GuardByte) < 0;

    /// <summary>Trainable parameters.</summary>
    public long ParameterCount => Engine.Network.ParameterCount;

    /// <summary>Takes over every parameter and buffer.</summary>
    public void Load(OracleNetwork network)
    {
        foreach (var (key, layer, parameter) in network.Parameters)
            if (parameter.Name == "num_batches_tracked")
                *Engine.BatchesTracked(layer) = (long)parameter.Value[0];
            else
                Floats(parameter.Value).CopyTo(Numbers(layer, parameter.Name));
    }

    /// <summary>A pass over a batch without labels.</summary>
    public void Forward(double[] input, int samples, bool training)
    {
        fixed (float* numbers = Floats(input))
            Engine.LoadInput(numbers, samples);
        Engine.Forward(training);
    }

    /// <summary>A pass over a batch with labels, so that it has a loss.</summary>
    public void Forward(double[] input, int[] labels, bool training)
    {
        fixed (float* numbers = Floats(input))
            Engine.LoadInput(numbers, labels.Length);
        fixed (byte* bytes = Array.ConvertAll(labels, label => (byte)label))
            Engine.SetLabels(bytes, null);
        Engine.Forward(training);
    }

    /// <summary>Forward in training mode and backward.</summary>
    public void Run(RandomTrial trial)
    {
        Forward(trial.Input, trial.Labels, training: true);
        Engine.Backward();
    }

    /// <summary>A step of plain gradient descent.</summary>
    public void SgdStep(double learningRate) =>
        Engine.Update(new OptimizerStep { Kind = OptimizerKind.Sgd, LearningRate = learningRate, Number = 1 });

    /// <summary>A layer's output, NCHW.</summary>
    public double[] Output(int layer) => Read(_network.Layers[layer].Output.Size, to => Engine.CopyOutput(layer, to));

    /// <summary>Softmax rows.</summary>
    public double[] Probabilities() => Read(_network.Classes, to => Engine.CopyProbabilities(to));

    /// <summary>∂loss/∂input, NCHW.</summary>
    public double[] InputGradient() => Read(_network.Layers[0].Input.Size, to => Engine.CopyInputGradient(to));

    /// <summary>A parameter or buffer by PyTorch's name.</summary>
    public double[] Parameter(int layer, string name) => name == "num_batches_tracked"
        ? [*Engine.BatchesTracked(layer)]
        : Array.ConvertAll(Numbers(layer, name).ToArray(), x => (double)x);

    /// <summary>The gradient of a weight or bias.</summary>
    public double[] Gradient(int layer, string name)
    {
        float* gradient = Engine.Gradient(layer, Kind(name), out int count);
        return Array.ConvertAll(new ReadOnlySpan<float>(gradient, count).ToArray(), x => (double)x);
    }

    /// <summary>What the engine's dropout kept, judged by what went in and came out.</summary>
    public bool[] MaskOf(int layer, double[] input)
    {
        var before = layer == 0 ? input : Output(layer - 1);
        return before.Zip(Output(layer), (x, y) => x == 0 || y != 0).ToArray();
    }

    /// <summary>The managed bytes that a training step with a repeated batch allocates, once it is warm.</summary>
    public long BytesAllocatedByAStep(RandomTrial trial)
    {
        fixed (float* numbers = Floats(trial.Input))
        fixed (byte* labels = Array.ConvertAll(trial.Labels, label => (byte)label))
        {
            long before = 0;
            for (int step = 0; step < 3; step++)
            {
                before = GC.GetAllocatedBytesForCurrentThread();
                Engine.LoadInput(numbers, trial.Samples);
                Engine.SetLabels(labels, null);
                Engine.Forward(true);
                Engine.Backward();
                SgdStep(0.1);
            }
            return GC.GetAllocatedBytesForCurrentThread() - before;
        }
    }

    private static float[] Floats(double[] numbers) => Array.ConvertAll(numbers, x => (float)x);

    private delegate void Copy(float* to);

    private double[] Read(int size, Copy copy)
    {
        var numbers = new float[Engine.Count * size];
        fixed (float* to = numbers)
            copy(to);
        return Array.ConvertAll(numbers, x => (double)x);
    }

    private Span<float> Numbers(int layer, string name)
    {
        float* numbers = Engine.Parameter(layer, Kind(name), out int count);
        return new Span<float>(numbers, count);
    }

    private static ParameterKind Kind(string name) => name switch
    {
        "weight" => ParameterKind.Weight,
        "bias" => ParameterKind.Bias,
        "running_mean" => ParameterKind.RunningMean,
        "running_var" => ParameterKind.RunningVariance,
        _ => throw new ArgumentException(name),
    };
}
