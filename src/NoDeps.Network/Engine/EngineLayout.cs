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
    /// <summary>Most pieces of its forward pass.</summary>
    private const int ForwardPieces = 8;

    public BatchState* Batch;
    public LayerState* Layers;
    /// <summary>The input as a layer of its own, and the loss.</summary>
    public LayerState* Input, Loss;
    public Phase* Phases;
    public Step* Steps;
    public OptimizerState* Optimizer;
    public float* Parameters, Gradients, First, Second;
    public int StepCapacity;
    public long Bytes;
    /// <summary>Of these bytes those of each layer: its output, gradients and working room, without the parameters.</summary>
    public readonly long[] LayerBytes;

    private readonly NetworkDescription network;
    private readonly EngineOptions options;
    private readonly int tiles;
    private readonly LayerState[] states;
    private MemoryPlan arena;

    /// <summary>Lays out over <paramref name="memory"/>, zeroed; over null it only counts <see cref="Bytes"/>.</summary>
    public EngineLayout(NetworkDescription network, int maxBatch, EngineOptions options, byte* memory)
    {
        this.network = network;
        this.options = options;
        tiles = Lanes.Tiles(maxBatch);
        IsSingle = maxBatch == 1 && options.EvaluationOnly && options.Kernel == KernelForm.Lanes && !options.KeepOutputs &&
            Suits(network);
        states = new LayerState[network.LayerCount + 2];
        LayerBytes = new long[network.LayerCount];
        arena = new MemoryPlan(memory);
        TakeCommon();
        TakeActivations();
        if (!options.EvaluationOnly) TakeGradients();
        for (int i = 0; i < network.LayerCount; i++)
        {
            long used = arena.Used;
            TakeLayer(i);
            LayerBytes[i] += arena.Used - used;
        }
        TakeLoss();
        Bytes = arena.Used;
        if (arena.IsMeasuring) return;
        for (int i = 0; i < states.Length; i++) Layers[i] = states[i];
        Batch->Zeros = zeros;
        Batch->Tail = tail;
        Batch->Masks = masks;
        Batch->Labels = labels;
        Batch->TileLoss = tileLoss;
        Batch->Shifted = shifted;
    }

    private float* zeros, masks, tail;
    private int* labels;
    private double* tileLoss;
    private byte* shifted;

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

    private bool Training => !options.EvaluationOnly;

    private void TakeCommon()
    {
        int n = network.LayerCount;
        Batch = (BatchState*)arena.Take(sizeof(BatchState));
        Layers = (LayerState*)arena.Take((long)sizeof(LayerState) * (n + 2));
        Input = Layers + n;
        Loss = Layers + n + 1;
        // Forward twice (training, evaluation) and backward; no layer has more than six steps in one of them.
        StepCapacity = 6 * (n + 2);
        Phases = (Phase*)arena.Take((long)sizeof(Phase) * StepCapacity * 3);
        Steps = (Step*)arena.Take((long)sizeof(Step) * StepCapacity * 3);
        Optimizer = (OptimizerState*)arena.Take(sizeof(OptimizerState));
        zeros = arena.Floats(Lane);
        tail = arena.Floats(2 * Lane);
        masks = Tiles(Lane);
        labels = (int*)arena.Take((long)tiles * Lane * sizeof(int));
        tileLoss = (double*)arena.Take((long)tiles * sizeof(double));
        Parameters = arena.Floats(network.FlatParameters);
        if (!Training) return;
        Gradients = arena.Floats(network.FlatParameters);
        First = arena.Floats(network.FlatParameters);
        Second = arena.Floats(network.FlatParameters);
    }

    private float* Activation(int size) => arena.Floats((long)tiles * size * Lane + Slack);

    private void TakeActivations()
    {
        int n = network.LayerCount;
        ref LayerState input = ref states[n];
        input.Batch = Batch;
        input.Index = -1;
        input.In = network.Input;
        input.Out = network.Input;
        input.Output = Activation(network.Input.Size);
        input.OutputTile = (nint)network.Input.Size * Lane;
        input.LaneSums = arena.Floats((long)tiles * InputRoom);
        if (Training) shifted = (byte*)arena.Take((long)tiles * Lane * network.Input.Size);
        for (int i = 0; i < n; i++)
        {
            Layer layer = network.Layers[i];
            ref LayerState before = ref states[i == 0 ? n : i - 1];
            ref LayerState l = ref states[i];
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
            long used = arena.Used;
            bool inPlace = layer.Kind == LayerKind.Flatten || WorksInPlace(i);
            l.Output = inPlace ? l.Input : Activation(layer.Output.Size);
            LayerBytes[i] = arena.Used - used;
            if (layer.Kind != LayerKind.Relu || !inPlace) continue;
            if (before.Kind == LayerKind.Convolution || before.Kind == LayerKind.Dense) before.Floor = 0;
        }
    }

    /// <summary>Bytes for gathering images, see <see cref="InputLanes{S, V}"/>.</summary>
    private const int InputRoom = (Lane * 8 + (Lane + 1) * Lane) / 4;

    /// <summary>Whether layer i may overwrite its input: nobody needs that later.</summary>
    private bool WorksInPlace(int i)
    {
        Layer layer = network.Layers[i];
        bool may = layer.IsActivation || layer.Kind == LayerKind.Dropout || layer.Kind == LayerKind.Shortcut ||
            (!Training && layer.Kind == LayerKind.BatchNormalization);
        if (options.KeepOutputs || !may) return false;
        for (int j = i - 1; j >= 0; j--)
        {
            if (IsShortcutSource(j)) return false;
            if (network.Layers[j].Kind == LayerKind.Flatten) continue;
            return !Training || !network.Layers[j].IsActivation;
        }
        return false;
    }

    /// <summary>Whether a shortcut adds the output of layer i.</summary>
    public bool IsShortcutSource(int i)
    {
        for (int k = i + 1; k < network.LayerCount; k++)
        {
            if (network.Layers[k].Kind == LayerKind.Shortcut && k - network.Layers[k].Back == i) return true;
        }
        return false;
    }

    /// <summary>Whether no shortcut before layer k adds the output of the same layer.</summary>
    private bool IsFirstShortcutFrom(int source, int k)
    {
        for (int j = source + 1; j < k; j++)
        {
            if (network.Layers[j].Kind == LayerKind.Shortcut && j - network.Layers[j].Back == source) return false;
        }
        return true;
    }

    /// <summary>Whether the gradient of layer i's input has to be computed.</summary>
    public bool NeedsInputGradient(int i)
    {
        if (options.WantInputGradient || options.KeepGradients) return true;
        for (int j = 0; j < i; j++)
        {
            if (network.Layers[j].ParameterCount > 0) return true;
        }
        return false;
    }

    /// <summary>Whether layer i is a ReLU whose gradient the batch normalisation after it applies.</summary>
    private bool IsMaskedByNext(int i) =>
        i >= 0 && i + 1 < network.LayerCount && network.Layers[i].Kind == LayerKind.Relu &&
        network.Layers[i + 1].Kind == LayerKind.BatchNormalization && !IsShortcutSource(i);

    /// <summary>Whether layer i is a maximum pooling whose input nobody needs any more: its gradient may take that place.</summary>
    private bool ReplacesInput(int i) =>
        !options.KeepOutputs && !options.KeepGradients && i > 0 && network.Layers[i].Kind == LayerKind.MaximumPooling &&
        network.Layers[i - 1].Kind == LayerKind.Convolution && !IsShortcutSource(i - 1);
    /// <summary>
    /// Whether layer i is a batch normalisation that does the work of the pooling after it: by pairs that leave nothing over.
    /// </summary>
    private bool PoolsNext(int i)
    {
        if (i < 0 || i + 1 >= network.LayerCount || network.Layers[i].Kind != LayerKind.BatchNormalization) return false;
        Layer next = network.Layers[i + 1];
        Geometry g = next.Window;
        return Training && options.Kernel != KernelForm.Scalar && next.Kind == LayerKind.MaximumPooling && !IsShortcutSource(i) &&
            g.KernelRows == 2 && g.KernelColumns == 2 && g.StrideRows == 2 && g.StrideColumns == 2 &&
            g.PadRows == 0 && g.PadColumns == 0 && ((next.Input.Rows | next.Input.Columns) & 1) == 0;
    }

    /// <summary>
    /// Whether nobody needs the input of batch normalisation i after its gradient is there: then that takes its place.
    /// </summary>
    private bool MayReplaceInput(int i) =>
        !options.KeepOutputs && !options.KeepGradients && i > 0 && !IsShortcutSource(i - 1) &&
        (network.Layers[i - 1].Kind == LayerKind.Convolution || IsMaskedByNext(i - 1));

    private void TakeGradients()
    {
        int n = network.LayerCount;
        float* gradient = Activation(network.Output.Size);
        states[n + 1].OutputGradient = gradient;
        for (int i = n - 1; i >= 0; i--)
        {
            ref LayerState l = ref states[i];
            if (options.KeepGradients && IsShortcutSource(i)) gradient = Activation(l.Out.Size);
            l.OutputGradient = gradient;
            long used = arena.Used;
            bool changesShape = l.Kind == LayerKind.Convolution || l.Kind == LayerKind.Dense ||
                l.Kind == LayerKind.MaximumPooling || l.Kind == LayerKind.AveragePooling;
            if (!NeedsInputGradient(i)) break;
            bool keeps = options.KeepGradients && l.Kind != LayerKind.Flatten && !IsMaskedByNext(i);
            if (PoolsNext(i - 1) && !keeps) gradient = null;
            else if (ReplacesInput(i)) gradient = l.Input;
            else if (PoolsNext(i) && MayReplaceInput(i)) gradient = l.Input;
            else if (changesShape || keeps || PoolsNext(i)) gradient = Activation(l.In.Size);
            l.InputGradient = gradient;
            LayerBytes[i] += arena.Used - used;
        }
        if (options.KeepGradients && IsShortcutSource(-1)) gradient = Activation(network.Input.Size);
        states[n].OutputGradient = gradient;
    }

    private void TakeLayer(int i)
    {
        Layer layer = network.Layers[i];
        ref LayerState l = ref states[i];
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
                if (IsSingle) l.Transposed = arena.Floats((long)Padded(l.Out.Size) * Lane);
                if (!Training) break;
                // Odd multiples of 16: a column's numbers spread over all sets of the cache.
                l.TransposedRow = Padded(l.In.Size) | Lane;
                l.TransposedGradientRow = Padded(l.Out.Size) | Lane;
                l.Transposed = Tiles(Lane * l.TransposedRow);
                l.TransposedGradient = Tiles(Lane * l.TransposedGradientRow);
                const int width = Panel.Columns;
                l.PanelFeatures = (l.In.Size + width * PanelPieces - 1) / (width * PanelPieces) * width;
                l.PanelOutputs = Padded((l.Out.Size + ForwardPieces - 1) / ForwardPieces);
                // A tile's product, a transposed block and panels; or, later, a block of the weight gradient.
                l.RoomStep = Lane * (width + Lane) + (nint)(l.Out.Size + Panel.MostRows) * l.PanelFeatures;
                int pieces = (l.In.Size + l.PanelFeatures - 1) / l.PanelFeatures;
                l.Rooms = arena.Floats(pieces * l.RoomStep);
                l.RoomTaken = (int*)arena.Take(pieces * sizeof(int));
                break;
            case LayerKind.BatchNormalization:
                l.RunningMean = arena.Floats(l.In.Channels);
                l.RunningVariance = arena.Floats(l.In.Channels);
                l.RunningInverse = arena.Floats(l.In.Channels);
                l.BatchesTracked = (long*)arena.Take(sizeof(long));
                if (!Training) break;
                l.Mean = arena.Floats(l.In.Channels);
                l.InverseDeviation = arena.Floats(l.In.Channels);
                l.MeanGradient = (double*)arena.Take(2L * sizeof(double) * l.In.Channels);
                l.Statistics = (double*)arena.Take(2L * sizeof(double) * tiles * l.In.Channels);
                l.LaneSums = Tiles(2L * Lane * l.In.Channels);
                l.MasksRelu = IsMaskedByNext(i - 1);
                l.Pools = PoolsNext(i);
                l.KeepsOutput = !l.Pools || options.KeepOutputs;
                break;
            case LayerKind.MaximumPooling:
                l.Positions = Activation(l.Out.Size);
                break;
            case LayerKind.Dropout:
                if (Training) l.Positions = Activation(l.Out.Size);
                break;
            case LayerKind.Shortcut:
                int source = i - layer.Back;
                ref LayerState earlier = ref states[source < 0 ? network.LayerCount : source];
                l.Earlier = earlier.Output;
                l.EarlierTile = earlier.OutputTile;
                if (!Training) break;
                l.EarlierGradient = earlier.OutputGradient;
                l.EarlierSum = IsFirstShortcutFrom(source, i) ? states[source + 1].InputGradient : l.EarlierGradient;
                l.Saved = Activation(l.Out.Size);
                break;
        }
    }

    /// <summary>So many floats for every tile.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private float* Tiles(long floats) => arena.Floats(tiles * floats);

    [MethodImpl(MethodImplOptions.NoInlining)]
    /// <summary>Room for so many in whole vectors.</summary>
    internal static int Padded(int n) => (n + Lane - 1) / Lane * Lane;

    private void TakeConvolution(ref LayerState l, Layer layer)
    {
        Geometry g = l.Window;
        l.Bordered = l.Input;
        l.BorderedTile = l.InputTile;
        l.BorderedColumns = l.In.Columns;
        ref Correlation job = ref l.Job;
        if (IsSingle)
        {
            int unrolled = g.UnrolledRows(l.Out.Rows) * l.Out.Columns, all = l.In.Channels * g.KernelColumns * unrolled;
            l.Bordered = Activation(all / Lane + 1);
            job.Rows = g.KernelRows;
            job.Columns = Padded(l.Out.Plane) / Lane;
            job.Input = l.Bordered;
            job.InputColumn = Lane;
            job.InputRow = g.StrideRows == 1 ? l.Out.Columns : l.Out.Plane;
            job.InputTap = unrolled;
            job.InputChannel = job.InputTap * g.KernelColumns;
            job.Weights = l.Weight;
            job.Bias = l.Bias;
            job.Output = l.Output;
            job.OutputOutput = job.Columns * Lane;
        }
        else if (g.PadColumns > 0)
        {
            l.BorderedColumns = l.In.Columns + 2 * g.PadColumns;
            l.BorderedTile = (nint)l.In.Channels * l.In.Rows * l.BorderedColumns * Lane;
            l.Bordered = Tiles(l.BorderedTile);
        }
        if (!IsSingle)
        {
            job.Columns = l.Out.Columns;
            job.InputColumn = (nint)g.StrideColumns * Lane;
            job.InputRow = (nint)l.BorderedColumns * Lane;
            job.InputTap = Lane;
            job.InputChannel = job.InputRow * l.In.Rows;
        }
        job.WeightTap = 1;
        job.WeightRow = g.KernelColumns;
        job.WeightChannel = (nint)g.KernelRows * g.KernelColumns;
        job.WeightOutput = job.WeightChannel * l.In.Channels;
        job.OutputColumn = Lane;
        job.Channels = l.In.Channels;
        job.Taps = g.KernelColumns;
        job.Floor = l.Floor;
        if (options.Kernel == KernelForm.Im2Col)
        {
            l.ColumnsTile = (nint)ConvolutionIm2Col.ColumnsCount(l.In, l.Out, g);
            l.Columns = Tiles(l.ColumnsTile);
        }
        if (!Training) return;
        int kernel = g.KernelRows * g.KernelColumns;
        l.SumsTile = (4 * kernel + Lane + 1) * Lane;
        l.Sums = Tiles(l.SumsTile);
        l.PartialCount = Padded(layer.WeightCount) + Padded(layer.BiasCount);
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
        l.BorderedGradient = l.OutputGradient;
        l.BorderedGradientTile = l.OutputTile;
        l.BorderedGradientColumns = l.Out.Columns;
        if (left == 0 && right == 0) return;
        l.BorderedGradientLeft = left;
        l.BorderedGradientColumns = left + l.Out.Columns + right;
        l.BorderedGradientTile = (nint)l.Out.Channels * l.Out.Rows * l.BorderedGradientColumns * Lane;
        l.BorderedGradient = Tiles(l.BorderedGradientTile);
    }

    private void TakeLoss()
    {
        ref LayerState l = ref states[network.LayerCount + 1];
        ref LayerState last = ref states[network.LayerCount - 1];
        l.Batch = Batch;
        l.Index = network.LayerCount;
        l.Loss = network.Loss;
        l.Smoothing = network.Smoothing;
        l.In = network.Output;
        l.Out = network.Output;
        l.Input = last.Output;
        l.InputTile = last.OutputTile;
        l.OutputTile = last.OutputTile;
        if (network.Loss == LossKind.SoftmaxCrossEntropy) l.Probabilities = Activation(network.Output.Size);
        l.Rows = Tiles(3 * Lane);
    }
}
