using System.Runtime.CompilerServices;
using NoDeps.Primitives;

namespace NoDeps.Network;

/// <summary>
/// The memory layout of an engine's block: decided once, from the description, the maximum batch and the options only.
/// </summary>
internal sealed unsafe class EngineLayout
{
    private const int Lane = Lanes.Count;
    /// <summary>Floats behind an activation that a transposition of 16 features may read but does not use.</summary>
    private const int Slack = Lane * Lane;

    public BatchState* Batch;
    public LayerState* Layers;
    /// <summary>The input and the loss, as layers.</summary>
    public LayerState* Input, Loss;
    public ParallelRegion* Regions;
    public Op* Ops;
    public OptimizerState* Optimizer;
    public float* Parameters, Gradients, First, Second;
    /// <summary>
    /// The average of the parameters, followed, layer by layer, by that of the running means and variances; null if there is
    /// none.
    /// </summary>
    public float* Average;
    public int AverageCount;
    public int OpCapacity;
    /// <summary>Bytes of the block.</summary>
    public long ByteCount;
    /// <summary>The share of each layer: its output, gradients and scratch, without the parameters.</summary>
    public readonly long[] LayerBytes;

    private readonly NetworkDescription _network;
    private readonly EngineOptions _options;
    private readonly int _tiles;
    private readonly LayerState[] _states;
    private MemoryPlan _arena;

    /// <summary>Lays out <paramref name="memory"/>, which is zeroed; with null it only computes <see cref="ByteCount"/>.</summary>
    public EngineLayout(NetworkDescription network, int maxBatch, EngineOptions options, byte* memory)
    {
        _network = network;
        _options = options;
        _tiles = Lanes.Tiles(maxBatch);
        IsSingle = maxBatch == 1 && options.EvaluationOnly && options.Kernel == KernelForm.Lanes && !options.KeepOutputs &&
            SupportsSingleImages(network);
        _states = new LayerState[network.LayerCount + 2];
        LayerBytes = new long[network.LayerCount];
        _arena = new MemoryPlan(memory);
        TakeCommon();
        TakeActivations();
        if (!options.EvaluationOnly) TakeGradients();
        for (int i = 0; i < network.LayerCount; i++)
        {
            long used = _arena.Used;
            TakeLayer(i);
            LayerBytes[i] += _arena.Used - used;
        }
        TakeLoss();
        ByteCount = _arena.Used;
        if (_arena.IsMeasuring) return;
        for (int i = 0; i < _states.Length; i++) Layers[i] = _states[i];
        Batch->Zeros = _zeros;
        Batch->Tail = _tail;
        Batch->Masks = _masks;
        Batch->Scales = _scales;
        Batch->Offsets = _scales + _network.Input.Channels;
        Batch->Labels = _labels;
        Batch->TileLoss = _tileLoss;
        Batch->Augmented = _augmented;
        Batch->ElasticWeights = _elasticWeights;
        Batch->WarpScratch = _warpScratch;
        Batch->WarpScratchStride = _warpScratchStride;
        Optimizer->LaneSums = _laneSums;
        Optimizer->SquareSums = _squareSums;
    }

    private float* _zeros, _masks, _tail, _scales, _laneSums;
    private double* _squareSums;
    private int* _labels;
    private double* _tileLoss;
    private byte* _augmented, _warpScratch;
    private float* _elasticWeights;
    private nint _warpScratchStride;

    /// <summary>
    /// True if the layout of <see cref="SingleImageLanes{S, V}"/> is used where possible: a network for evaluation,
    /// with a batch of one, that begins with a convolution or a dense layer, has no shortcuts, and whose unrolled inputs of
    /// convolutions have at most <see cref="MaxUnrolled"/> elements.
    /// </summary>
    public readonly bool IsSingle;

    private const long MaxUnrolled = 1 << 26;

    private static bool SupportsSingleImages(NetworkDescription network)
    {
        for (int i = 0; i < network.LayerCount; i++)
        {
            Layer layer = network.Layers[i];
            if (layer.Kind == LayerKind.Shortcut) return false;
            if (layer.Kind == LayerKind.Convolution && layer.Window.Unrolled(layer.Input, layer.Output) > MaxUnrolled) return false;
        }
        Layer first = network.Layers[network.Layers[0].Kind == LayerKind.Flatten ? 1 : 0];
        return first.Kind == LayerKind.Convolution || first.Kind == LayerKind.Dense;
    }

    /// <summary>True if there is a backward pass.</summary>
    public bool IsTraining => !_options.EvaluationOnly;

    /// <summary>The implementation of the layers.</summary>
    public KernelForm Kernel => _options.Kernel;

    private void TakeCommon()
    {
        int n = _network.LayerCount;
        Batch = (BatchState*)_arena.Take(sizeof(BatchState));
        Layers = (LayerState*)_arena.Take((long)sizeof(LayerState) * (n + 2));
        Input = Layers + n;
        Loss = Layers + n + 1;
        // Forward twice (training, evaluation) and backward; no layer has more than six ops in one of them.
        OpCapacity = 6 * (n + 2);
        Regions = (ParallelRegion*)_arena.Take((long)sizeof(ParallelRegion) * OpCapacity * 3);
        Ops = (Op*)_arena.Take((long)sizeof(Op) * OpCapacity * 3);
        Optimizer = (OptimizerState*)_arena.Take(sizeof(OptimizerState));
        _zeros = _arena.Floats(Lane);
        _tail = _arena.Floats(2 * Lane);
        _masks = Tiles(Lane);
        _scales = _arena.Floats(2L * _network.Input.Channels);
        _labels = (int*)_arena.Take((long)_tiles * Lane * sizeof(int));
        _tileLoss = (double*)_arena.Take((long)_tiles * sizeof(double));
        Parameters = _arena.Floats(_network.FlatParameters);
        if (!IsTraining) return;
        Gradients = _arena.Floats(_network.FlatParameters);
        First = _arena.Floats(_network.FlatParameters);
        Second = _arena.Floats(_network.FlatParameters);
        int chunks = (_network.FlatParameters + OptimizerState.Chunk - 1) / OptimizerState.Chunk;
        _laneSums = _arena.Floats((long)chunks * Lane);
        _squareSums = (double*)_arena.Take((long)chunks * sizeof(double));
        if (!_options.KeepsAverage) return;
        AverageCount = _network.FlatParameters;
        for (int i = 0; i < n; i++)
        {
            Layer layer = _network.Layers[i];
            if (layer.HasRunningStatistics) AverageCount += 2 * layer.BiasCount;
        }
        Average = _arena.Floats(AverageCount);
    }

    /// <summary>The layer before another; the input for the first.</summary>
    public LayerState* Before(LayerState* l) => l->Index == 0 ? Input : Layers + l->Index - 1;

    /// <summary>The layer after another; the loss for the last.</summary>
    public LayerState* After(LayerState* l) => l->Index == _network.LayerCount - 1 ? Loss : Layers + l->Index + 1;

    /// <summary>Memory for an activation or a gradient of that many elements per sample.</summary>
    public float* Activation(int size) => _arena.Floats((long)_tiles * size * Lane + Slack);

    /// <summary>Memory for that many floats.</summary>
    public float* Floats(long count) => _arena.Floats(count);

    /// <summary>Memory for that many bytes.</summary>
    public void* Bytes(long count) => _arena.Take(count);

    /// <summary>Memory for that many bytes per tile.</summary>
    public void* TileBytes(long count) => _arena.Take(_tiles * count);

    /// <summary>A struct in the engine's memory.</summary>
    public void* Place<T>(scoped in T value) where T : unmanaged => _arena.Place(in value);

    private void TakeActivations()
    {
        int n = _network.LayerCount;
        ref LayerState input = ref _states[n];
        input.Batch = Batch;
        input.Index = -1;
        input.In = _network.Input;
        input.Out = _network.Input;
        input.Output = Activation(_network.Input.Size);
        input.OutputTile = (nint)_network.Input.Size * Lane;
        InputState.Plan(ref input, this);
        if (IsTraining) TakeAugmentation();
        for (int i = 0; i < n; i++)
        {
            Layer layer = _network.Layers[i];
            ref LayerState before = ref _states[i == 0 ? n : i - 1];
            ref LayerState l = ref _states[i];
            l.Batch = Batch;
            l.Kind = layer.Kind;
            l.Index = i;
            l.In = layer.Input;
            l.Out = layer.Output;
            l.Window = layer.Window;
            l.ReluFloor = float.NegativeInfinity;
            l.Input = before.Output;
            l.InputTile = before.OutputTile;
            l.OutputTile = (nint)layer.Output.Size * Lane;
            long used = _arena.Used;
            bool inPlace = layer.Kind == LayerKind.Flatten || WorksInPlace(i);
            l.Output = inPlace ? l.Input : Activation(layer.Output.Size);
            LayerBytes[i] = _arena.Used - used;
            if (layer.Kind != LayerKind.Relu || !inPlace) continue;
            if (before.Kind == LayerKind.Convolution || before.Kind == LayerKind.Dense) before.ReluFloor = 0;
        }
    }

    private void TakeAugmentation()
    {
        Shape shape = _network.Input;
        _augmented = (byte*)_arena.Take((long)_tiles * Lane * shape.Size);
        if (!_options.Augmentation.Moves) return;
        long bytes = ImageAugmentation.ScratchBytes(shape, in _options.Augmentation);
        if (_options.Augmentation.IsElastic) _elasticWeights = _arena.Floats(ElasticField.MaxTaps);
        _warpScratchStride = (nint)(bytes + Lane * sizeof(float) - 1) / (Lane * sizeof(float)) * (Lane * sizeof(float));
        _warpScratch = (byte*)_arena.Take(_tiles * (long)_warpScratchStride);
    }

    /// <summary>Returns true if layer i may overwrite its input, because nothing reads it later.</summary>
    private bool WorksInPlace(int i)
    {
        Layer layer = _network.Layers[i];
        bool may = layer.IsActivation || layer.Kind == LayerKind.Dropout || layer.Kind == LayerKind.Shortcut ||
            (!IsTraining && layer.Kind == LayerKind.BatchNormalization);
        if (_options.KeepOutputs || !may) return false;
        for (int j = i - 1; j >= 0; j--)
        {
            if (IsShortcutSource(j)) return false;
            if (_network.Layers[j].Kind == LayerKind.Flatten) continue;
            return !IsTraining || !_network.Layers[j].IsActivation;
        }
        return false;
    }

    /// <summary>Returns true if a shortcut adds the output of layer i.</summary>
    public bool IsShortcutSource(int i)
    {
        for (int k = i + 1; k < _network.LayerCount; k++)
        {
            if (_network.Layers[k].Kind == LayerKind.Shortcut && k - _network.Layers[k].Back == i) return true;
        }
        return false;
    }

    /// <summary>Returns true if no shortcut before layer k adds the output of the same layer.</summary>
    private bool IsFirstShortcutFrom(int source, int k)
    {
        for (int j = source + 1; j < k; j++)
        {
            if (_network.Layers[j].Kind == LayerKind.Shortcut && j - _network.Layers[j].Back == source) return false;
        }
        return true;
    }

    /// <summary>Returns true if the gradient of layer i's input has to be computed.</summary>
    public bool NeedsInputGradient(int i)
    {
        if (_options.WantInputGradient || _options.KeepGradients) return true;
        for (int j = 0; j < i; j++)
        {
            if (_network.Layers[j].ParameterCount > 0) return true;
        }
        return false;
    }

    /// <summary>Returns true if layer i is a ReLU whose gradient is applied by the batch normalization after it.</summary>
    private bool IsMaskedByNext(int i) =>
        i >= 0 && i + 1 < _network.LayerCount && _network.Layers[i].Kind == LayerKind.Relu &&
        _network.Layers[i + 1].Kind == LayerKind.BatchNormalization && !IsShortcutSource(i);

    /// <summary>Returns true if layer i is a max pooling whose input is no longer needed, so that the gradient may overwrite it.</summary>
    private bool ReplacesInput(int i) =>
        !_options.KeepOutputs && !_options.KeepGradients && i > 0 && _network.Layers[i].Kind == LayerKind.MaximumPooling &&
        _network.Layers[i - 1].Kind == LayerKind.Convolution && !IsShortcutSource(i - 1);
    /// <summary>
    /// Returns true if layer i is a batch normalization that does the work of the pooling after it: 2 × 2 windows that cover
    /// the input exactly.
    /// </summary>
    private bool PoolsNext(int i)
    {
        if (i < 0 || i + 1 >= _network.LayerCount || _network.Layers[i].Kind != LayerKind.BatchNormalization) return false;
        Layer next = _network.Layers[i + 1];
        Geometry g = next.Window;
        return IsTraining && _options.Kernel != KernelForm.Scalar && next.Kind == LayerKind.MaximumPooling && !IsShortcutSource(i) &&
            g.KernelRows == 2 && g.KernelColumns == 2 && g.StrideRows == 2 && g.StrideColumns == 2 &&
            g.PadRows == 0 && g.PadColumns == 0 && ((next.Input.Rows | next.Input.Columns) & 1) == 0;
    }

    /// <summary>
    /// Returns true if the input of batch normalization i is no longer needed once its gradient is computed, so that the
    /// gradient may overwrite it.
    /// </summary>
    private bool MayReplaceInput(int i) =>
        !_options.KeepOutputs && !_options.KeepGradients && i > 0 && !IsShortcutSource(i - 1) &&
        (_network.Layers[i - 1].Kind == LayerKind.Convolution || IsMaskedByNext(i - 1));

    private void TakeGradients()
    {
        int n = _network.LayerCount;
        float* gradient = Activation(_network.Output.Size);
        _states[n + 1].OutputGradient = gradient;
        for (int i = n - 1; i >= 0; i--)
        {
            ref LayerState l = ref _states[i];
            if (_options.KeepGradients && IsShortcutSource(i)) gradient = Activation(l.Out.Size);
            l.OutputGradient = gradient;
            long used = _arena.Used;
            bool changesShape = l.Kind == LayerKind.Convolution || l.Kind == LayerKind.Dense ||
                l.Kind == LayerKind.MaximumPooling || l.Kind == LayerKind.AveragePooling;
            if (!NeedsInputGradient(i)) break;
            bool keeps = _options.KeepGradients && l.Kind != LayerKind.Flatten && !IsMaskedByNext(i);
            if (PoolsNext(i - 1) && !keeps) gradient = null;
            else if (ReplacesInput(i)) gradient = l.Input;
            else if (PoolsNext(i) && MayReplaceInput(i)) gradient = l.Input;
            else if (changesShape || keeps || PoolsNext(i)) gradient = Activation(l.In.Size);
            l.InputGradient = gradient;
            LayerBytes[i] += _arena.Used - used;
        }
        if (_options.KeepGradients && IsShortcutSource(-1)) gradient = Activation(_network.Input.Size);
        _states[n].OutputGradient = gradient;
    }

    private void TakeLayer(int i)
    {
        Layer layer = _network.Layers[i];
        ref LayerState l = ref _states[i];
        l.Weight = Parameters + layer.WeightOffset;
        l.Bias = Parameters + layer.BiasOffset;
        l.WeightGradient = Gradients + layer.WeightOffset;
        l.BiasGradient = Gradients + layer.BiasOffset;
        switch (layer.Kind)
        {
            case LayerKind.Convolution:
                ConvolutionPlanning.Plan(ref l, layer, this);
                break;
            case LayerKind.Dense:
                DenseState.Plan(ref l, this);
                break;
            case LayerKind.BatchNormalization:
                LayerState* pool = PoolsNext(i) ? Layers + i + 1 : null;
                BatchNormalizationState.Plan(ref l, IsMaskedByNext(i - 1), pool, pool == null || _options.KeepOutputs, this);
                break;
            case LayerKind.MaximumPooling:
                MaxPoolingState.Plan(ref l, this);
                break;
            case LayerKind.Dropout:
                DropoutState.Plan(ref l, layer, this);
                break;
            case LayerKind.Shortcut:
                int source = i - layer.Back;
                float* sum = IsFirstShortcutFrom(source, i) ? _states[source + 1].InputGradient : null;
                ShortcutState.Plan(ref l, in _states[source < 0 ? _network.LayerCount : source], sum, this);
                break;
            case LayerKind.LeakyRelu:
                LeakyReluState.Plan(ref l, layer, this);
                break;
        }
    }

    /// <summary>Memory for that many floats per tile.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public float* Tiles(long floats) => _arena.Floats(floats, _tiles);

    /// <summary>Rounded up to whole vectors of 16.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    internal static int RoundUp(int n) => (n + Lane - 1) / Lane * Lane;

    private void TakeLoss()
    {
        ref LayerState l = ref _states[_network.LayerCount + 1];
        ref LayerState last = ref _states[_network.LayerCount - 1];
        l.Batch = Batch;
        l.Index = _network.LayerCount;
        l.In = _network.Output;
        l.Out = _network.Output;
        l.Input = last.Output;
        l.InputTile = last.OutputTile;
        l.OutputTile = last.OutputTile;
        LossState.Plan(ref l, _network, this);
    }
}
