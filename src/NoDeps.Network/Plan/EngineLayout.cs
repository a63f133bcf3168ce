using System.Runtime.CompilerServices;
using NoDeps.Primitives;

namespace NoDeps.Network;

/// <summary>
/// Where everything of an engine lies in its memory block: decided once, from the description, the largest batch and the
/// options alone.
/// </summary>
internal sealed unsafe class EngineLayout
{
    private const int Lane = Lanes.Count;
    /// <summary>Floats behind an activation that a transposition of 16 features may read in vain.</summary>
    private const int Slack = Lane * Lane;
    /// <summary>Most pieces of a dense layer's input gradient, each with room of its own.</summary>
    private const int PanelPieces = 16;
    /// <summary>Most pieces of its forward plan.</summary>
    private const int ForwardPieces = 8;

    public BatchState* Batch;
    public LayerState* Layers;
    /// <summary>The input as a layer of its own, and the loss.</summary>
    public LayerState* Input, Loss;
    public ParallelRegion* Regions;
    public Op* Ops;
    public OptimizerState* Optimizer;
    public float* Parameters, Gradients, First, Second;
    public int OpCapacity;
    public long Bytes;
    /// <summary>Of these bytes those of each layer: its output, gradients and working room, without the parameters.</summary>
    public readonly long[] LayerBytes;

    private readonly NetworkDescription _network;
    private readonly EngineOptions _options;
    private readonly int _tiles;
    private readonly LayerState[] _states;
    private MemoryPlan _arena;

    /// <summary>Lays out over <paramref name="memory"/>, zeroed; over null it only counts <see cref="Bytes"/>.</summary>
    public EngineLayout(NetworkDescription network, int maxBatch, EngineOptions options, byte* memory)
    {
        _network = network;
        _options = options;
        _tiles = Lanes.Tiles(maxBatch);
        IsSingle = maxBatch == 1 && options.EvaluationOnly && options.Kernel == KernelForm.Lanes && !options.KeepOutputs &&
            Suits(network);
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
        Bytes = _arena.Used;
        if (_arena.IsMeasuring) return;
        for (int i = 0; i < _states.Length; i++) Layers[i] = _states[i];
        Batch->Zeros = _zeros;
        Batch->Tail = _tail;
        Batch->Masks = _masks;
        Batch->Labels = _labels;
        Batch->TileLoss = _tileLoss;
        Batch->Shifted = _shifted;
    }

    private float* _zeros, _masks, _tail;
    private int* _labels;
    private double* _tileLoss;
    private byte* _shifted;

    /// <summary>
    /// Whether images come one by one: a network for evaluation, of a batch of one, that begins with a convolution or a
    /// dense layer and has no shortcuts. Then the layout of <see cref="SingleImageLanes{S, V}"/> is used where it can be.
    /// </summary>
    public readonly bool IsSingle;

    private static bool Suits(NetworkDescription network)
    {
        for (int i = 0; i < network.LayerCount; i++)
        {
            if (network.Layers[i].Kind == LayerKind.Shortcut) return false;
        }
        Layer first = network.Layers[network.Layers[0].Kind == LayerKind.Flatten ? 1 : 0];
        return first.Kind == LayerKind.Convolution || first.Kind == LayerKind.Dense;
    }

    private bool Training => !_options.EvaluationOnly;

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
        _labels = (int*)_arena.Take((long)_tiles * Lane * sizeof(int));
        _tileLoss = (double*)_arena.Take((long)_tiles * sizeof(double));
        Parameters = _arena.Floats(_network.FlatParameters);
        if (!Training) return;
        Gradients = _arena.Floats(_network.FlatParameters);
        First = _arena.Floats(_network.FlatParameters);
        Second = _arena.Floats(_network.FlatParameters);
    }

    private float* Activation(int size) => _arena.Floats((long)_tiles * size * Lane + Slack);

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
        input.LaneSums = _arena.Floats((long)_tiles * InputScratchFloats);
        if (Training) _shifted = (byte*)_arena.Take((long)_tiles * Lane * _network.Input.Size);
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
            l.Slope = layer.Slope;
            l.DropProbability = layer.DropProbability;
            l.Floor = float.NegativeInfinity;
            l.Input = before.Output;
            l.InputTile = before.OutputTile;
            l.OutputTile = (nint)layer.Output.Size * Lane;
            long used = _arena.Used;
            bool inPlace = layer.Kind == LayerKind.Flatten || WorksInPlace(i);
            l.Output = inPlace ? l.Input : Activation(layer.Output.Size);
            LayerBytes[i] = _arena.Used - used;
            if (layer.Kind != LayerKind.Relu || !inPlace) continue;
            if (before.Kind == LayerKind.Convolution || before.Kind == LayerKind.Dense) before.Floor = 0;
        }
    }

    /// <summary>Floats of scratch per tile for gathering images, see <see cref="InputLanes{S, V}"/>.</summary>
    private const int InputScratchFloats = (Lane * 8 + (Lane + 1) * Lane) / 4;

    /// <summary>Whether layer i may overwrite its input: nobody needs that later.</summary>
    private bool WorksInPlace(int i)
    {
        Layer layer = _network.Layers[i];
        bool may = layer.IsActivation || layer.Kind == LayerKind.Dropout || layer.Kind == LayerKind.Shortcut ||
            (!Training && layer.Kind == LayerKind.BatchNormalization);
        if (_options.KeepOutputs || !may) return false;
        for (int j = i - 1; j >= 0; j--)
        {
            if (IsShortcutSource(j)) return false;
            if (_network.Layers[j].Kind == LayerKind.Flatten) continue;
            return !Training || !_network.Layers[j].IsActivation;
        }
        return false;
    }

    /// <summary>Whether a shortcut adds the output of layer i.</summary>
    public bool IsShortcutSource(int i)
    {
        for (int k = i + 1; k < _network.LayerCount; k++)
        {
            if (_network.Layers[k].Kind == LayerKind.Shortcut && k - _network.Layers[k].Back == i) return true;
        }
        return false;
    }

    /// <summary>Whether no shortcut before layer k adds the output of the same layer.</summary>
    private bool IsFirstShortcutFrom(int source, int k)
    {
        for (int j = source + 1; j < k; j++)
        {
            if (_network.Layers[j].Kind == LayerKind.Shortcut && j - _network.Layers[j].Back == source) return false;
        }
        return true;
    }

    /// <summary>Whether the gradient of layer i's input has to be computed.</summary>
    public bool NeedsInputGradient(int i)
    {
        if (_options.WantInputGradient || _options.KeepGradients) return true;
        for (int j = 0; j < i; j++)
        {
            if (_network.Layers[j].ParameterCount > 0) return true;
        }
        return false;
    }

    /// <summary>Whether layer i is a ReLU whose gradient the batch normalisation after it applies.</summary>
    private bool IsMaskedByNext(int i) =>
        i >= 0 && i + 1 < _network.LayerCount && _network.Layers[i].Kind == LayerKind.Relu &&
        _network.Layers[i + 1].Kind == LayerKind.BatchNormalization && !IsShortcutSource(i);

    /// <summary>Whether layer i is a maximum pooling whose input nobody needs any more: its gradient may take that place.</summary>
    private bool ReplacesInput(int i) =>
        !_options.KeepOutputs && !_options.KeepGradients && i > 0 && _network.Layers[i].Kind == LayerKind.MaximumPooling &&
        _network.Layers[i - 1].Kind == LayerKind.Convolution && !IsShortcutSource(i - 1);
    /// <summary>
    /// Whether layer i is a batch normalisation that does the work of the pooling after it: by pairs that leave nothing over.
    /// </summary>
    private bool PoolsNext(int i)
    {
        if (i < 0 || i + 1 >= _network.LayerCount || _network.Layers[i].Kind != LayerKind.BatchNormalization) return false;
        Layer next = _network.Layers[i + 1];
        Geometry g = next.Window;
        return Training && _options.Kernel != KernelForm.Scalar && next.Kind == LayerKind.MaximumPooling && !IsShortcutSource(i) &&
            g.KernelRows == 2 && g.KernelColumns == 2 && g.StrideRows == 2 && g.StrideColumns == 2 &&
            g.PadRows == 0 && g.PadColumns == 0 && ((next.Input.Rows | next.Input.Columns) & 1) == 0;
    }

    /// <summary>
    /// Whether nobody needs the input of batch normalisation i after its gradient is there: then that takes its place.
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
                TakeConvolution(ref l, layer);
                break;
            case LayerKind.Dense:
                if (IsSingle) l.Transposed = _arena.Floats((long)RoundUp(l.Out.Size) * Lane);
                if (!Training) break;
                // Odd multiples of 16: a column's numbers spread over all sets of the cache.
                l.TransposedRow = RoundUp(l.In.Size) | Lane;
                l.TransposedGradientRow = RoundUp(l.Out.Size) | Lane;
                l.Transposed = Tiles(Lane * l.TransposedRow);
                l.TransposedGradient = Tiles(Lane * l.TransposedGradientRow);
                const int width = Panel.Columns;
                l.PanelFeatures = (l.In.Size + width * PanelPieces - 1) / (width * PanelPieces) * width;
                l.PanelOutputs = RoundUp((l.Out.Size + ForwardPieces - 1) / ForwardPieces);
                // A tile's product, a transposed block and panels; or, later, a block of the weight gradient.
                l.ScratchStride = Lane * (width + Lane) + (nint)(l.Out.Size + Panel.MaxRows) * l.PanelFeatures;
                int pieces = (l.In.Size + l.PanelFeatures - 1) / l.PanelFeatures;
                l.Scratch = _arena.Floats(pieces * l.ScratchStride);
                l.ScratchTaken = (int*)_arena.Take(pieces * sizeof(int));
                break;
            case LayerKind.BatchNormalization:
                l.RunningMean = _arena.Floats(l.In.Channels);
                l.RunningVariance = _arena.Floats(l.In.Channels);
                l.RunningInvStd = _arena.Floats(l.In.Channels);
                l.BatchesTracked = (long*)_arena.Take(sizeof(long));
                if (!Training) break;
                l.Mean = _arena.Floats(l.In.Channels);
                l.InvStd = _arena.Floats(l.In.Channels);
                l.MeanGradient = (double*)_arena.Take(2L * sizeof(double) * l.In.Channels);
                l.Statistics = (double*)_arena.Take(2L * sizeof(double) * _tiles * l.In.Channels);
                l.LaneSums = Tiles(2L * Lane * l.In.Channels);
                l.MasksRelu = IsMaskedByNext(i - 1);
                l.Pools = PoolsNext(i);
                l.KeepsOutput = !l.Pools || _options.KeepOutputs;
                break;
            case LayerKind.MaximumPooling:
                l.Positions = Activation(l.Out.Size);
                break;
            case LayerKind.Dropout:
                if (Training) l.Positions = Activation(l.Out.Size);
                break;
            case LayerKind.Shortcut:
                int source = i - layer.Back;
                ref LayerState earlier = ref _states[source < 0 ? _network.LayerCount : source];
                l.SkipInput = earlier.Output;
                l.SkipTile = earlier.OutputTile;
                if (!Training) break;
                l.SkipGradient = earlier.OutputGradient;
                l.SkipGradientSum = IsFirstShortcutFrom(source, i) ? _states[source + 1].InputGradient : l.SkipGradient;
                l.Saved = Activation(l.Out.Size);
                break;
        }
    }

    /// <summary>So many floats for every tile.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private float* Tiles(long floats) => _arena.Floats(_tiles * floats);

    [MethodImpl(MethodImplOptions.NoInlining)]
    /// <summary>Room for so many in whole vectors.</summary>
    internal static int RoundUp(int n) => (n + Lane - 1) / Lane * Lane;

    private void TakeConvolution(ref LayerState l, Layer layer)
    {
        Geometry g = l.Window;
        l.PaddedInput = l.Input;
        l.PaddedInputTile = l.InputTile;
        l.PaddedInputColumns = l.In.Columns;
        ref Correlation job = ref l.Descriptor;
        if (IsSingle)
        {
            int unrolled = g.UnrolledRows(l.Out.Rows) * l.Out.Columns, all = l.In.Channels * g.KernelColumns * unrolled;
            l.PaddedInput = Activation(all / Lane + 1);
            job.Rows = g.KernelRows;
            job.Columns = RoundUp(l.Out.Plane) / Lane;
            job.Input = l.PaddedInput;
            job.InputColumnStride = Lane;
            job.InputRowStride = g.StrideRows == 1 ? l.Out.Columns : l.Out.Plane;
            job.InputTapStride = unrolled;
            job.InputChannelStride = job.InputTapStride * g.KernelColumns;
            job.Weights = l.Weight;
            job.Bias = l.Bias;
            job.Output = l.Output;
            job.OutputOutputStride = job.Columns * Lane;
        }
        else if (g.PadColumns > 0)
        {
            l.PaddedInputColumns = l.In.Columns + 2 * g.PadColumns;
            l.PaddedInputTile = (nint)l.In.Channels * l.In.Rows * l.PaddedInputColumns * Lane;
            l.PaddedInput = Tiles(l.PaddedInputTile);
        }
        if (!IsSingle)
        {
            job.Columns = l.Out.Columns;
            job.InputColumnStride = (nint)g.StrideColumns * Lane;
            job.InputRowStride = (nint)l.PaddedInputColumns * Lane;
            job.InputTapStride = Lane;
            job.InputChannelStride = job.InputRowStride * l.In.Rows;
        }
        job.WeightTapStride = 1;
        job.WeightRowStride = g.KernelColumns;
        job.WeightChannelStride = (nint)g.KernelRows * g.KernelColumns;
        job.WeightOutputStride = job.WeightChannelStride * l.In.Channels;
        job.OutputColumnStride = Lane;
        job.Channels = l.In.Channels;
        job.Taps = g.KernelColumns;
        job.Floor = l.Floor;
        if (_options.Kernel == KernelForm.Im2Col)
        {
            l.ColumnsTile = (nint)ConvolutionIm2Col.ColumnsCount(l.In, l.Out, g);
            l.Columns = Tiles(l.ColumnsTile);
        }
        if (!Training) return;
        int kernel = g.KernelRows * g.KernelColumns;
        l.SumsTile = (4 * kernel + Lane + 1) * Lane;
        l.Sums = Tiles(l.SumsTile);
        l.PartialCount = RoundUp(layer.WeightCount) + RoundUp(layer.BiasCount);
        l.PartialTile = l.PartialCount;
        l.Partial = Tiles(l.PartialTile);
        if (l.InputGradient == null && !NeedsInputGradient(l.Index)) return;
        // How far the taps reach beyond the output gradient's columns, over all input columns.
        int left = 0, right = 0;
        for (int b = 0; b < l.In.Columns; b++)
        {
            int column = (b + g.PadColumns) / g.StrideColumns, first = (b + g.PadColumns) % g.StrideColumns;
            int taps = first >= g.KernelColumns ? 0 : (g.KernelColumns - first + g.StrideColumns - 1) / g.StrideColumns;
            if (taps == 0) continue;
            if (taps - 1 - column > left) left = taps - 1 - column;
            if (column - l.Out.Columns + 1 > right) right = column - l.Out.Columns + 1;
        }
        // A group of two columns runs the taps of either.
        if (left > 0) left++;
        if (right > 0) right++;
        l.PaddedGradient = l.OutputGradient;
        l.PaddedGradientTile = l.OutputTile;
        l.PaddedGradientColumns = l.Out.Columns;
        if (left == 0 && right == 0) return;
        l.PaddedGradientLeft = left;
        l.PaddedGradientColumns = left + l.Out.Columns + right;
        l.PaddedGradientTile = (nint)l.Out.Channels * l.Out.Rows * l.PaddedGradientColumns * Lane;
        l.PaddedGradient = Tiles(l.PaddedGradientTile);
    }

    private void TakeLoss()
    {
        ref LayerState l = ref _states[_network.LayerCount + 1];
        ref LayerState last = ref _states[_network.LayerCount - 1];
        l.Batch = Batch;
        l.Index = _network.LayerCount;
        l.Loss = _network.Loss;
        l.Smoothing = _network.Smoothing;
        l.In = _network.Output;
        l.Out = _network.Output;
        l.Input = last.Output;
        l.InputTile = last.OutputTile;
        l.OutputTile = last.OutputTile;
        if (_network.Loss == LossKind.SoftmaxCrossEntropy) l.Probabilities = Activation(_network.Output.Size);
        l.Rows = Tiles(3 * Lane);
    }
}
