namespace NoDeps.Network;

/// <summary>
/// A network's training-mode forward pass in float64, written for readability, one sample at a time, and the loss of
/// every sample when a single number changes. It keeps the values of the unchanged pass and recomputes only what a
/// change can reach.
/// </summary>
public sealed unsafe class ExactNetwork
{
    /// <summary>A layer's output, [sample][channel][row][column], unchanged and changed, and its parameters.</summary>
    private struct Node
    {
        public double* Plain, Changed, Weight, Bias;
        /// <summary>Dropout: nonzero where an element is kept.</summary>
        public float* Kept;
        public int Size;
    }

    private readonly NetworkDescription _network;
    private readonly int _samples;
    /// <summary>By layer + 1; the first is the input.</summary>
    private readonly Node[] _nodes;
    private readonly double** _from, _to;
    private int _firstLayer, _changedSample, _wideFrom, _sample, _reached;
    private bool _exploring;

    /// <summary>Bytes of memory needed.</summary>
    public static long BytesNeeded(NetworkDescription network, int samples) => new ExactNetwork(network, samples, null)._bytes;

    private readonly long _bytes;

    /// <summary>Lays out the arrays; parameters and input are 0, and dropout drops everything.</summary>
    /// <param name="network">The network.</param>
    /// <param name="samples">Samples of the batch, at least 1.</param>
    /// <param name="memory"><see cref="BytesNeeded"/> bytes, 64-byte aligned, all zero; null to count them.</param>
    public ExactNetwork(NetworkDescription network, int samples, byte* memory)
    {
        _network = network;
        _samples = samples;
        _nodes = new Node[network.LayerCount + 1];
        MemoryPlan plan = new MemoryPlan(memory);
        Take(ref plan, ref _nodes[0], network.Input.Size);
        for (int i = 0; i < network.LayerCount; i++)
        {
            Layer layer = network.Layers[i];
            ref Node node = ref _nodes[i + 1];
            if (layer.Kind == LayerKind.Flatten) node = _nodes[i];
            else Take(ref plan, ref node, layer.Output.Size);
            node.Weight = (double*)plan.Take((long)layer.WeightCount * sizeof(double));
            node.Bias = (double*)plan.Take((long)layer.BiasCount * sizeof(double));
            node.Kept = layer.Kind == LayerKind.Dropout ? plan.Floats((long)samples * layer.Output.Size) : null;
        }
        Losses = (double*)plan.Take((long)samples * sizeof(double));
        _from = (double**)plan.Take((long)samples * sizeof(double*));
        _to = (double**)plan.Take((long)samples * sizeof(double*));
        _bytes = plan.Used;
    }

    private void Take(ref MemoryPlan plan, ref Node node, int size)
    {
        node.Size = size;
        node.Plain = (double*)plan.Take((long)_samples * size * sizeof(double));
        node.Changed = (double*)plan.Take((long)_samples * size * sizeof(double));
    }

    /// <summary>A layer's output in the unchanged pass, [sample][channel][row][column]; −1 is the input.</summary>
    public double* Output(int layer) => _nodes[layer + 1].Plain;

    /// <summary>A layer's weights.</summary>
    public double* Weight(int layer) => _nodes[layer + 1].Weight;

    /// <summary>A layer's biases.</summary>
    public double* Bias(int layer) => _nodes[layer + 1].Bias;

    /// <summary>A dropout layer's mask, shaped like its output: nonzero where an element is kept.</summary>
    public float* Kept(int layer) => _nodes[layer + 1].Kept;

    /// <summary>The loss of each sample after <see cref="Forward"/> or <see cref="Explore"/>.</summary>
    public double* Losses { get; }

    /// <summary>The unchanged pass.</summary>
    /// <param name="labels">One label per sample.</param>
    public void Forward(byte* labels)
    {
        _exploring = false;
        _sample = 0;
        _reached = _samples;
        for (int i = 0; i < _network.LayerCount; i++) Run(i, 0, int.MaxValue);
        Lose(labels);
    }

    /// <summary>
    /// The losses when <paramref name="number"/>, an element of one of the arrays above, has another value. Afterwards
    /// everything is as before except <see cref="Losses"/>, which is updated from sample <paramref name="first"/> on.
    /// </summary>
    /// <param name="number">A parameter of a layer, or an element of the output before the layer.</param>
    /// <param name="value">Its temporary value.</param>
    /// <param name="layer">The first layer that reads it; the number of layers for the loss.</param>
    /// <param name="onlyThere">True if no other layer sees the change (a shortcut may read the same output).</param>
    /// <param name="onlySample">The sample it belongs to; −1 for a parameter.</param>
    /// <param name="channel">The only output channel of the layer that it affects; −1 for all.</param>
    /// <param name="labels">One label per sample.</param>
    /// <param name="first">The first sample that it affects.</param>
    /// <returns>How many samples it affects.</returns>
    public int Explore(double* number, double value, int layer, bool onlyThere, int onlySample, int channel, byte* labels,
        out int first)
    {
        double saved = *number;
        *number = value;
        while (layer < _network.LayerCount && _network.Layers[layer].Kind == LayerKind.Flatten) layer++;
        _exploring = true;
        _firstLayer = layer;
        _changedSample = onlySample;
        _wideFrom = onlySample < 0 ? layer : int.MaxValue;
        _sample = onlySample < 0 ? 0 : onlySample;
        _reached = onlySample < 0 ? _samples : 1;
        for (int i = layer; i < _network.LayerCount; i++)
        {
            if (i == layer && channel >= 0) Run(i, channel, 1);
            else Run(i, 0, int.MaxValue);
            if (i == layer && onlyThere) *number = saved;
        }
        Lose(labels);
        *number = saved;
        first = _sample;
        return _reached;
    }

    /// <summary>The output of a layer as another reads it: the changed values if there are any, otherwise the unchanged ones.</summary>
    private double* Value(int layer, int s)
    {
        ref Node node = ref _nodes[layer + 1];
        bool changed = _exploring && layer >= _firstLayer && (layer >= _wideFrom || s == _changedSample);
        return (changed ? node.Changed : node.Plain) + (nint)s * node.Size;
    }

    private void Lose(byte* labels)
    {
        for (int s = _sample; s < _sample + _reached; s++)
            Losses[s] = ExactLayer.Loss(_network, Value(_network.LayerCount - 1, s), labels[s]);
    }

    private void Run(int index, int first, int count)
    {
        Layer layer = _network.Layers[index];
        ref Node node = ref _nodes[index + 1];
        if (layer.Kind == LayerKind.Flatten) return;
        bool isPart = count != int.MaxValue;
        if (!isPart) count = layer.Output.Channels;
        if (layer.Kind == LayerKind.BatchNormalization)
        {
            Normalize(index, layer, first, count);
            return;
        }
        for (int s = _sample; s < _sample + _reached; s++)
        {
            double* x = Value(index - 1, s);
            double* z = (_exploring ? node.Changed : node.Plain) + (nint)s * node.Size;
            if (isPart) Copy(node.Plain + (nint)s * node.Size, z, node.Size);
            switch (layer.Kind)
            {
                case LayerKind.Convolution:
                    ExactLayer.Convolution(layer, x, node.Weight, node.Bias, z, first, count);
                    break;
                case LayerKind.Dense:
                    ExactLayer.Dense(layer, x, node.Weight, node.Bias, z, first, count);
                    break;
                case LayerKind.MaximumPooling:
                case LayerKind.AveragePooling:
                    ExactLayer.Pooling(layer, x, z);
                    break;
                case LayerKind.Shortcut:
                    double* earlier = Value(index - layer.Back, s);
                    for (int i = 0; i < node.Size; i++) z[i] = x[i] + earlier[i];
                    break;
                case LayerKind.Dropout:
                    float* kept = node.Kept + (nint)s * node.Size;
                    double scale = 1 / (1 - (double)layer.DropProbability);
                    for (int i = 0; i < node.Size; i++) z[i] = kept[i] != 0 ? x[i] * scale : 0;
                    break;
                default:
                    for (int i = 0; i < node.Size; i++) z[i] = ExactLayer.Activation(layer.Kind, layer.Slope, x[i]);
                    break;
            }
        }
    }

    /// <summary>The first layer that mixes samples: from here on, a change affects all of them.</summary>
    private void Normalize(int index, Layer layer, int first, int count)
    {
        ref Node node = ref _nodes[index + 1];
        int plane = layer.Output.Plane;
        for (int s = 0; s < _samples; s++)
        {
            _from[s] = Value(index - 1, s);
            _to[s] = (_exploring ? node.Changed : node.Plain) + (nint)s * node.Size;
            if (count < layer.Output.Channels) Copy(node.Plain + (nint)s * node.Size, _to[s], node.Size);
            _from[s] += (nint)first * plane;
            _to[s] += (nint)first * plane;
        }
        for (int c = first; c < first + count; c++)
        {
            ExactLayer.BatchNormalization(_from, _to, _samples, plane, node.Weight[c], node.Bias[c]);
            for (int s = 0; s < _samples; s++)
            {
                _from[s] += plane;
                _to[s] += plane;
            }
        }
        if (_reached < _samples) _wideFrom = index;
        _sample = 0;
        _reached = _samples;
    }

    private static void Copy(double* from, double* to, int count)
    {
        for (int i = 0; i < count; i++) to[i] = from[i];
    }
}
