using System;
using NoDeps.Primitives;

namespace NoDeps.Network;

/// <summary>
/// Checks backpropagation against central differences: (L(θ + h) − L(θ − h)) / 2h for some elements of every gradient,
/// where L is the loss of a random batch, computed in float64 by <see cref="ExactNetwork"/>, and the gradients are the
/// engine's. The engine computes in float32, so differences of its own loss would be too noisy to reveal a subtle
/// error.
/// </summary>
/// <remarks>
/// An element where the loss has a kink within the step (a ReLU at zero, a tie in a maximum) has no derivative to
/// compare with: its two one-sided differences disagree. It is retried with smaller steps, then skipped and counted.
/// </remarks>
public sealed unsafe class GradientCheck
{
    /// <summary>
    /// Larger errors are wrong gradients. Measured: at most 1.9e-5 over the built-in networks, 3.3e-5 over 960 random
    /// ones covering every kind of layer (both where gradients cancel; 1e-6 is typical); but 1.3e-4 where a batch
    /// normalization has four numbers to normalize, too few for float32.
    /// </summary>
    public const double DefaultTolerance = 1e-4;

    /// <summary>Limit on the multiply-adds of all probes together, unless the minimum number of probes per tensor costs more.</summary>
    private const double Budget = 1.2e9;
    private const int FewestProbes = 8;
    private const int MaxProbes = 48;
    /// <summary>Relative to the element, or to the typical size of its kind.</summary>
    private const double Step = 1e-5;
    private const int Steps = 3;
    private const double Shrink = 1.0 / 32;
    /// <summary>One-sided differences may disagree by this fraction of the largest gradient.</summary>
    private const double KinkTolerance = 2e-5;
    /// <summary>A gradient smaller than this fraction of its typical size is measured against that size.</summary>
    private const double Canceled = 0.1;
    private const double Rounding = 1e-15;

    private readonly Engine _engine;
    private readonly NetworkDescription _network;
    private readonly ExactNetwork _exact;
    private readonly int _batch;
    private readonly ulong _seed;
    private readonly GradientTensor[] _tensors;
    private readonly byte* _labels;
    private readonly float* _input;
    private readonly double* _plain, _above;
    private readonly long _bytes;
    private int _count;

    /// <summary>The options that an engine must have to be checked.</summary>
    public static EngineOptions Options => new EngineOptions { KeepGradients = true, WantInputGradient = true };

    /// <summary>Bytes of memory that a check needs, excluding the engine's.</summary>
    public static long BytesNeeded(NetworkDescription network, int batch) =>
        new GradientCheck(network, null, batch, 0, null)._bytes;

    /// <summary>Returns true if every activation of such a batch has an index that fits.</summary>
    public static bool Fits(NetworkDescription network, int batch)
    {
        int largest = network.Input.Size;
        for (int i = 0; i < network.LayerCount; i++) largest = Math.Max(largest, network.Layers[i].Output.Size);
        return (long)largest * batch <= int.MaxValue;
    }

    /// <summary>Prepares a check.</summary>
    /// <param name="engine">An engine with <see cref="Options"/>; its parameters are overwritten.</param>
    /// <param name="batch">Samples of the batch, at most the engine's.</param>
    /// <param name="seed">Seed of the parameters, the batch, dropout and the choice of elements.</param>
    /// <param name="memory"><see cref="BytesNeeded"/> bytes, 64-byte aligned, all zero.</param>
    public GradientCheck(Engine engine, int batch, ulong seed, byte* memory)
        : this(engine.Network, engine, batch, seed, memory)
    {
    }

    private GradientCheck(NetworkDescription network, Engine engine, int batch, ulong seed, byte* memory)
    {
        _network = network;
        _engine = engine;
        _batch = batch;
        _seed = seed;
        long exactBytes = ExactNetwork.BytesNeeded(network, batch);
        MemoryPlan plan = new MemoryPlan(memory);
        byte* exactMemory = (byte*)plan.Take(exactBytes);
        if (memory != null) _exact = new ExactNetwork(network, batch, exactMemory);
        _labels = (byte*)plan.Take(batch);
        _input = plan.Floats((long)batch * network.Input.Size);
        _plain = (double*)plan.Take((long)batch * sizeof(double));
        _above = (double*)plan.Take((long)batch * sizeof(double));
        _tensors = new GradientTensor[4 * network.LayerCount + 1];
        for (int i = 0; i < network.LayerCount; i++)
        {
            Layer layer = network.Layers[i];
            if (layer.WeightCount > 0) Add(ref plan, i, GradientKind.Weight, layer.WeightCount, i, 2 * i + 1);
            if (layer.BiasCount > 0) Add(ref plan, i, GradientKind.Bias, layer.BiasCount, i, 2 * i + 1);
            if (layer.Kind != LayerKind.Flatten)
                Add(ref plan, i, GradientKind.Input, batch * layer.Input.Size, Before(i), 2 * i + 1);
            int source = i - layer.Back;
            if (layer.Kind == LayerKind.Shortcut && IsFirstFrom(source, i))
                Add(ref plan, i, GradientKind.Sum, batch * layer.Input.Size, source, 2 * (source + 1));
        }
        int last = network.LayerCount;
        Add(ref plan, last, GradientKind.Input, batch * network.Output.Size, Before(last), 2 * last + 1);
        _bytes = plan.Used;
    }

    /// <summary>The layer whose output layer i reads; flatten has no output of its own.</summary>
    private int Before(int i)
    {
        do i--;
        while (i >= 0 && _network.Layers[i].Kind == LayerKind.Flatten);
        return i;
    }

    private bool IsFirstFrom(int source, int shortcut)
    {
        for (int i = 0; i < shortcut; i++)
        {
            if (_network.Layers[i].Kind == LayerKind.Shortcut && i - _network.Layers[i].Back == source) return false;
        }
        return true;
    }

    private void Add(ref MemoryPlan plan, int layer, GradientKind kind, int elements, int output, int order) =>
        _tensors[_count++] = new GradientTensor
        {
            Layer = layer,
            Kind = kind,
            Count = elements,
            Gradient = plan.Floats(elements),
            Output = output,
            Order = order,
        };

    /// <summary>The gradients, in the order of the layers, the loss last.</summary>
    public int Count => _count;

    /// <summary>One of them.</summary>
    public GradientTensor Tensor(int index) => _tensors[index];

    // ---- backpropagation ----

    /// <summary>
    /// Draws parameters and a batch, runs the engine forward and backward once in training mode, and copies its
    /// gradients. Then runs the same forward pass in float64, with the dropout masks that the engine drew.
    /// </summary>
    public void Backpropagate()
    {
        Draw();
        _engine.LoadInput(_input, _batch);
        _engine.SetLabels(_labels, null);
        _engine.Forward(true);
        _engine.Backward();
        for (int i = 0; i < _count; i++) Take(_tensors[i]);
        for (int i = 0; i < _network.LayerCount; i++)
        {
            LayerState* l = _engine.Layout.Layers + i;
            if (l->Kind == LayerKind.Dropout) _engine.FromLanes(l->Dropout->Factors, l->OutputTile, l->Out.Size, _exact.Kept(i));
            Widen(_engine.Parameter(i, ParameterKind.Weight, out int weights), _exact.Weight(i), weights);
            Widen(_engine.Parameter(i, ParameterKind.Bias, out int biases), _exact.Bias(i), biases);
        }
        Widen(_input, _exact.Output(-1), _batch * _network.Input.Size);
        _exact.Forward(_labels);
        for (int s = 0; s < _batch; s++) _plain[s] = _exact.Losses[s];
    }

    /// <summary>
    /// As at the start of training, but with random scales and shifts in normalizations: γ = 1 and β = 0 would hide a
    /// missing factor.
    /// </summary>
    private void Draw()
    {
        _engine.Initialize(_seed);
        Philox random = new Philox(_seed, 1UL << 40);
        for (int i = 0; i < _network.LayerCount; i++)
        {
            if (_network.Layers[i].Kind != LayerKind.BatchNormalization) continue;
            Uniform(ref random, _engine.Parameter(i, ParameterKind.Weight, out int weights), weights, 0.5f, 1.5f);
            Uniform(ref random, _engine.Parameter(i, ParameterKind.Bias, out int biases), biases, -0.3f, 0.3f);
        }
        Uniform(ref random, _input, _batch * _network.Input.Size, -1, 1);
        for (int s = 0; s < _batch; s++) _labels[s] = (byte)random.NextBelow((uint)_network.Classes);
    }

    private static void Uniform(ref Philox random, float* to, int n, float least, float most)
    {
        for (int i = 0; i < n; i++) to[i] = least + (most - least) * random.NextSingle();
    }

    private static void Widen(float* from, double* to, int n)
    {
        for (int i = 0; i < n; i++) to[i] = from[i];
    }

    private void Take(GradientTensor tensor)
    {
        LayerState* layers = _engine.Layout.Layers;
        LayerState* reader = layers + tensor.Layer;
        if (tensor.Kind <= GradientKind.Bias)
        {
            float* from = tensor.Kind == GradientKind.Weight ? reader->WeightGradient : reader->BiasGradient;
            for (int i = 0; i < tensor.Count; i++) tensor.Gradient[i] = from[i];
            return;
        }
        if (tensor.Layer == _network.LayerCount) reader = _engine.Layout.Loss;
        float* gradient = reader->InputGradient;
        if (tensor.Kind == GradientKind.Sum) gradient = reader->Shortcut->Gradient;
        if (tensor.Layer == _network.LayerCount) gradient = reader->OutputGradient;
        _engine.FromLanes(gradient, reader->InputTile, reader->In.Size, tensor.Gradient);
    }

    // ---- differences ----

    /// <summary>Probes some elements of a gradient, after <see cref="Backpropagate"/>, and records the results.</summary>
    public void Run(GradientTensor tensor)
    {
        Philox random = new Philox(_seed, (1UL << 41) + (ulong)tensor.Order * 4 + (ulong)tensor.Kind);
        double* numbers = Numbers(tensor);
        int probes = Probes(tensor);
        bool all = probes == tensor.Count;
        double largest = Largest(tensor.Gradient, tensor.Count, out int peak), worst = 0;
        double size = Size(numbers, tensor.Count);
        tensor.Probed = tensor.Kinks = 0;
        tensor.Worst = -1;
        bool broken = !(largest <= float.MaxValue);
        double noise = 0;
        for (int tried = 0; tried < (all ? probes : 4 * probes) && tensor.Probed < probes; tried++)
        {
            int at = all ? tried : tried == 0 ? peak : Choose(ref random, tensor, tried);
            if (IsHidden(tensor, numbers[at])) continue;
            double step = Step * Larger(Math.Abs(numbers[at]), size);
            if (!TryDifference(tensor, numbers, at, step, largest, out double difference, ref noise))
            {
                tensor.Kinks++;
                continue;
            }
            tensor.Probed++;
            double error = Math.Abs(difference - tensor.Gradient[at]);
            broken |= !(error <= double.MaxValue);
            if (error > worst || tensor.Worst < 0)
            {
                worst = error;
                tensor.Worst = at;
            }
            largest = Larger(largest, Math.Abs(difference));
        }
        double scale = Larger(Scale(tensor, largest), noise);
        tensor.Error = broken ? double.PositiveInfinity : scale > 0 ? worst / scale : 0;
    }

    /// <summary>
    /// The cause of an error: of the gradients with an error above the tolerance, the one that backpropagation reaches
    /// first; null when there is none.
    /// </summary>
    public GradientTensor FirstWrong(double tolerance)
    {
        GradientTensor first = null;
        for (int i = 0; i < _count; i++)
        {
            GradientTensor tensor = _tensors[i];
            if (!(tensor.Error <= tolerance) && (first == null || tensor.Order > first.Order)) first = tensor;
        }
        return first;
    }

    private double* Numbers(GradientTensor tensor) =>
        tensor.Kind == GradientKind.Weight ? _exact.Weight(tensor.Layer)
        : tensor.Kind == GradientKind.Bias ? _exact.Bias(tensor.Layer)
        : _exact.Output(tensor.Output);

    /// <summary>
    /// When a batch normalization also applies the gradient of the ReLU before it, its gradient exists only where the
    /// ReLU is active.
    /// </summary>
    private bool IsHidden(GradientTensor tensor, double number) =>
        tensor.Kind == GradientKind.Input && tensor.Layer < _network.LayerCount &&
        _network.Layers[tensor.Layer].Kind == LayerKind.BatchNormalization &&
        _engine.Layout.Layers[tensor.Layer].BatchNormalization->MasksRelu && !(number > 0);

    /// <summary>Half of the choices are random elements, half the largest of four: most elements of a sparse gradient are 0.</summary>
    private static int Choose(ref Philox random, GradientTensor tensor, int tried)
    {
        int best = (int)random.NextBelow((uint)tensor.Count);
        for (int i = 0; i < 3 && (tried & 1) != 0; i++)
        {
            int other = (int)random.NextBelow((uint)tensor.Count);
            if (Math.Abs(tensor.Gradient[other]) > Math.Abs(tensor.Gradient[best])) best = other;
        }
        return best;
    }

    /// <summary>The central difference at one element; false at a kink.</summary>
    private bool TryDifference(GradientTensor tensor, double* numbers, int at, double step, double largest,
        out double difference, ref double noise)
    {
        double number = numbers[at];
        for (int attempt = 0; attempt < Steps; attempt++, step *= Shrink)
        {
            // The actual difference between the two float64 numbers.
            double up = number + step, down = number - step;
            int reached = Explore(tensor, numbers, at, up, out int first);
            for (int s = first; s < first + reached; s++) _above[s] = _exact.Losses[s];
            Explore(tensor, numbers, at, down, out first);
            double rise = 0, fall = 0, size = 0;
            for (int s = first; s < first + reached; s++)
            {
                rise += _above[s] - _plain[s];
                fall += _plain[s] - _exact.Losses[s];
                size += 1 + Math.Abs(_plain[s]);
            }
            difference = (rise + fall) / ((up - down) * _batch);
            double bend = Math.Abs(rise / ((up - number) * _batch) - fall / ((number - down) * _batch));
            double uncertain = Rounding * size / (step * _batch);
            if (bend > KinkTolerance * Larger(largest, Math.Abs(difference)) + 4 * uncertain) continue;
            noise = Larger(noise, uncertain / KinkTolerance);
            return true;
        }
        difference = 0;
        return false;
    }

    private int Explore(GradientTensor tensor, double* numbers, int at, double value, out int first)
    {
        bool isParameter = tensor.Kind <= GradientKind.Bias;
        int layer = tensor.Kind == GradientKind.Sum ? tensor.Output + 1 : tensor.Layer;
        int channel = -1, sample = -1;
        if (isParameter) channel = at / (tensor.Count / _network.Layers[layer].Output.Channels);
        else sample = at / (tensor.Count / _batch);
        return _exact.Explore(numbers + at, value, layer, tensor.Kind == GradientKind.Input, sample, channel, _labels, out first);
    }

    private static double Larger(double a, double b) => a > b ? a : b;

    private static double Largest(float* numbers, int n, out int where)
    {
        double largest = 0;
        where = 0;
        for (int i = 0; i < n; i++)
        {
            double magnitude = Math.Abs(numbers[i]);
            if (magnitude <= largest) continue;
            // Also true for NaN.
            largest = magnitude;
            where = i;
            if (!(magnitude <= float.MaxValue)) break;
        }
        return largest;
    }

    /// <summary>The root mean square; 1 when all are 0.</summary>
    private static double Size(double* numbers, int n)
    {
        double squares = 0;
        for (int i = 0; i < n; i++) squares += numbers[i] * numbers[i];
        return squares > 0 ? Math.Sqrt(squares / n) : 1;
    }

    /// <summary>
    /// What errors are relative to: the tensor's largest gradient, but at least a tenth of its size without
    /// cancellation. For example, the gradient of a bias before a batch normalization is 0: it sums n terms of the size
    /// of the gradient that flows back to the layer, and in float32 that sum is off by the rounding of √n such terms.
    /// </summary>
    private double Scale(GradientTensor tensor, double largest)
    {
        double usual = 0;
        for (int i = 0; i < _count; i++)
        {
            GradientTensor other = _tensors[i];
            if (other.Kind <= GradientKind.Bias || other.Output != Above(tensor)) continue;
            double size = Largest(other.Gradient, other.Count, out _);
            if (tensor.Kind <= GradientKind.Bias)
                size = RootMeanSquare(other) * Math.Sqrt((double)other.Count / _network.Layers[tensor.Layer].Output.Channels);
            usual = Larger(usual, size);
        }
        if (tensor.Kind == GradientKind.Weight && _network.Layers[tensor.Layer].Kind != LayerKind.BatchNormalization)
            usual *= Size(_exact.Output(tensor.Layer - 1), _batch * _network.Layers[tensor.Layer].Input.Size);
        // The gradient that flows back through a layer may well be small: a mean over a window divides it.
        return Larger(largest, (tensor.Kind <= GradientKind.Bias ? Canceled : 0.1 * Canceled) * usual);
    }

    /// <summary>The layer whose output gradient the tensor is computed from; the number of layers for the loss.</summary>
    private int Above(GradientTensor tensor) => tensor.Kind == GradientKind.Sum ? tensor.Output + 1 : tensor.Layer;

    private static double RootMeanSquare(GradientTensor tensor)
    {
        double squares = 0;
        for (int i = 0; i < tensor.Count; i++) squares += (double)tensor.Gradient[i] * tensor.Gradient[i];
        return Math.Sqrt(squares / tensor.Count);
    }

    // ---- cost ----

    private int Probes(GradientTensor tensor)
    {
        double probes = Budget / _count / (2 * Cost(tensor));
        int limit = probes > MaxProbes ? MaxProbes : probes < FewestProbes ? FewestProbes : (int)probes;
        return Math.Min(limit, tensor.Count);
    }

    /// <summary>Approximate number of multiply-adds in one evaluation of the loss.</summary>
    private double Cost(GradientTensor tensor)
    {
        bool isParameter = tensor.Kind <= GradientKind.Bias;
        int first = tensor.Kind == GradientKind.Sum ? tensor.Output + 1 : tensor.Layer, samples = isParameter ? _batch : 1;
        double cost = _network.Classes;
        for (int i = first; i < _network.LayerCount; i++)
        {
            Layer layer = _network.Layers[i];
            if (layer.Kind == LayerKind.BatchNormalization) samples = _batch;
            double work = layer.MultiplyAdds + 4.0 * layer.Output.Size;
            if (i == first && isParameter) work /= layer.Output.Channels;
            cost += work * samples;
        }
        return cost;
    }
}
