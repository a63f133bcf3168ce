using System.Runtime.CompilerServices;
using NoDeps.Primitives;

namespace NoDeps.Network;

/// <summary>
/// A network with its parameters and everything that a pass needs, in one memory block provided by the caller. Passes
/// allocate nothing. Results depend only on parameters, batch and seed, bit for bit: not on the number of workers or
/// the instruction set.
/// </summary>
public sealed unsafe partial class Engine
{
    private const int Lane = Lanes.Count;

    private readonly NetworkDescription _network;
    private readonly EngineLayout _layout;
    private readonly WorkTeam _team;
    private readonly ExecutionPlan _training, _evaluation, _backward;
    /// <summary>The part of evaluation that depends on parameters only; null if every evaluation includes it.</summary>
    private readonly ExecutionPlan _inverseStd;
    private readonly delegate*<void*, int, void> _optimizer, _sumSquares;
    private readonly int _maxBatch;
    private readonly EngineOptions _options;
    private bool _inverseStdIsStale = true;

    /// <summary>Bytes of memory that an engine needs.</summary>
    /// <param name="network">The network.</param>
    /// <param name="maxBatch">Maximum samples of a pass, at least 1.</param>
    /// <param name="options">What it is for.</param>
    public static long BytesNeeded(NetworkDescription network, int maxBatch, EngineOptions options) =>
        new EngineLayout(network, maxBatch, options, null).ByteCount;

    /// <summary>
    /// The same, and the share of each layer: its output, the gradient of its input, and scratch; nothing for in-place
    /// results, and without its parameters.
    /// </summary>
    /// <param name="network">The network.</param>
    /// <param name="maxBatch">Maximum samples of a pass, at least 1.</param>
    /// <param name="options">What it is for.</param>
    /// <param name="layers">Receives an array with a number for each layer.</param>
    public static long BytesNeeded(NetworkDescription network, int maxBatch, EngineOptions options, out long[] layers)
    {
        EngineLayout layout = new EngineLayout(network, maxBatch, options, null);
        layers = layout.LayerBytes;
        return layout.ByteCount;
    }

    /// <summary>Creates an engine; its parameters are all 0 until they are initialized or written.</summary>
    /// <param name="network">The network.</param>
    /// <param name="maxBatch">Maximum samples of a pass, at least 1.</param>
    /// <param name="team">Runs the work items of a pass.</param>
    /// <param name="isa">The instruction set, which the machine must support.</param>
    /// <param name="options">What it is for.</param>
    /// <param name="memory"><see cref="BytesNeeded"/> bytes, 64-byte aligned, all zero.</param>
    public Engine(NetworkDescription network, int maxBatch, WorkTeam team, Isa isa, EngineOptions options, byte* memory)
    {
        _network = network;
        _maxBatch = maxBatch;
        _team = team;
        _options = options;
        _layout = new EngineLayout(network, maxBatch, options, memory);
        if (options.EvaluationOnly) _inverseStd = new ExecutionPlan(_layout, 0);
        else _training = new ExecutionPlan(_layout, 0);
        _evaluation = new ExecutionPlan(_layout, 1);
        _backward = new ExecutionPlan(_layout, 2);
        KernelTable kernels = default;
        KernelTables.Fill(isa, options.Kernel, &kernels);
        if (options.KernelOverride != null) options.KernelOverride(&kernels);
        _optimizer = kernels.Optimizer;
        _sumSquares = kernels.SumSquares;
        PlanBuilder.Forward(&kernels, options.EvaluationOnly ? _inverseStd : _evaluation, _evaluation, _layout, network,
            options.Kernel == KernelForm.Lanes && !options.KeepOutputs, team.Workers);
        if (!options.EvaluationOnly)
        {
            PlanBuilder.Forward(&kernels, null, _training, _layout, network, false, team.Workers);
            PlanBuilder.Backward(&kernels, _backward, _layout, network);
        }
        Fill(_layout.Batch->Tail, Lane, Unsafe.BitCast<uint, float>(uint.MaxValue));
        for (int i = 0; i < network.LayerCount; i++)
        {
            Layer layer = network.Layers[i];
            if (layer.HasRunningStatistics) Fill(_layout.Layers[i].BatchNormalization->RunningVariance, layer.BiasCount, 1f);
        }
    }

    /// <summary>The network.</summary>
    public NetworkDescription Network => _network;

    /// <summary>Maximum samples of a pass.</summary>
    public int MaxBatch => _maxBatch;

    /// <summary>Samples of the current batch.</summary>
    public int Count => _layout.Batch->Count;

    // ---- parameters ----

    /// <summary>
    /// PyTorch's default: weights and biases of convolution and dense layers uniform in ±1/√fan_in, batchnorm weights
    /// and variances 1, its biases and means 0. Each number depends only on the seed and its own position. Resets the
    /// moments.
    /// </summary>
    public void Initialize(ulong seed)
    {
        _layout.Batch->Seed = seed;
        _layout.Batch->Step = 0;
        _inverseStdIsStale = true;
        ResetOptimizer();
        for (int i = 0; i < _network.LayerCount; i++)
        {
            Layer layer = _network.Layers[i];
            LayerState* l = _layout.Layers + i;
            if (layer.Kind == LayerKind.BatchNormalization)
            {
                Fill(l->Weight, layer.WeightCount, 1f);
                Fill(l->Bias, layer.BiasCount, 0f);
                Fill(l->BatchNormalization->RunningMean, layer.BiasCount, 0f);
                Fill(l->BatchNormalization->RunningVariance, layer.BiasCount, 1f);
                *l->BatchNormalization->BatchesTracked = 0;
            }
            else if (layer.WeightCount > 0)
            {
                float bound = (float)(1 / System.Math.Sqrt((double)layer.WeightCount / layer.BiasCount));
                Uniform(seed, 2 * (ulong)i, l->Weight, layer.WeightCount, bound);
                Uniform(seed, 2 * (ulong)i + 1, l->Bias, layer.BiasCount, bound);
            }
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Uniform(ulong seed, ulong stream, float* to, int count, float bound)
    {
        Philox random = new Philox(seed, stream);
        for (int i = 0; i < count; i++) to[i] = (2f * random.NextSingle() - 1f) * bound;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Fill(float* to, int count, float value)
    {
        for (int i = 0; i < count; i++) to[i] = value;
    }

    /// <summary>Zeroes the optimizer's moments, as in a new optimizer.</summary>
    public void ResetOptimizer()
    {
        if (_options.EvaluationOnly) return;
        Fill(_layout.First, _network.FlatParameters, 0f);
        Fill(_layout.Second, _network.FlatParameters, 0f);
    }

    /// <summary>
    /// Pointer to a tensor of a layer, in PyTorch's layout; null when the layer has none of that kind. Call again
    /// before each change.
    /// </summary>
    public float* Parameter(int layer, ParameterKind kind, out int count)
    {
        Layer spec = _network.Layers[layer];
        LayerState* l = _layout.Layers + layer;
        _inverseStdIsStale = true;
        count = kind == ParameterKind.Weight ? spec.WeightCount : spec.BiasCount;
        if (count == 0) return null;
        if (kind == ParameterKind.Weight) return l->Weight;
        if (kind == ParameterKind.Bias) return l->Bias;
        if (!spec.HasRunningStatistics)
        {
            count = 0;
            return null;
        }
        return kind == ParameterKind.RunningMean ? l->BatchNormalization->RunningMean : l->BatchNormalization->RunningVariance;
    }

    /// <summary>
    /// The gradient of a weight or bias after <see cref="Backward"/>, laid out as the parameter; null for other kinds.
    /// </summary>
    public float* Gradient(int layer, ParameterKind kind, out int count)
    {
        Layer spec = _network.Layers[layer];
        LayerState* l = _layout.Layers + layer;
        count = kind == ParameterKind.Weight ? spec.WeightCount : kind == ParameterKind.Bias ? spec.BiasCount : 0;
        if (count == 0 || _options.EvaluationOnly) return null;
        return kind == ParameterKind.Weight ? l->WeightGradient : l->BiasGradient;
    }

    /// <summary>A batchnorm's count of training passes (num_batches_tracked); null for other layers.</summary>
    public long* BatchesTracked(int layer) =>
        _network.Layers[layer].HasRunningStatistics ? _layout.Layers[layer].BatchNormalization->BatchesTracked : null;

    /// <summary>
    /// The optimizer's moments, [<see cref="NetworkDescription.FlatParameters"/>]: momentum, or Adam's first moments;
    /// null in an engine for evaluation only.
    /// </summary>
    public float* FirstMoments => _layout.First;

    /// <summary>Adam's second moments; same layout.</summary>
    public float* SecondMoments => _layout.Second;

    /// <summary>Training passes so far, which determine what dropout drops.</summary>
    public long TrainingPasses
    {
        get => _layout.Batch->Step;
        set => _layout.Batch->Step = value;
    }

    // ---- batch ----

    private void SetCount(int count)
    {
        BatchState* batch = _layout.Batch;
        batch->HasLabels = false;
        batch->Images = null;
        batch->Shift = 0;
        batch->Augmentation = default;
        if (batch->Count == count) return;
        batch->Count = count;
        batch->Tiles = Lanes.Tiles(count);
        uint* masks = (uint*)batch->Masks;
        for (int i = 0; i < batch->Tiles * Lane; i++) masks[i] = i < count ? uint.MaxValue : 0;
    }

    /// <summary>
    /// Sets a batch of images, one byte per pixel, [channel][row][column]. The next <see cref="Forward"/> reads them,
    /// so they must live until then.
    /// </summary>
    /// <param name="images">The images of the data set, consecutive.</param>
    /// <param name="order">The indices of the images; null for the first ones.</param>
    /// <param name="count">The number of images, 1 to <see cref="MaxBatch"/>.</param>
    /// <param name="normalization">The normalization of pixels.</param>
    public void SetImages(byte* images, int* order, int count, in Normalization normalization)
    {
        SetCount(count);
        BatchState* batch = _layout.Batch;
        batch->Images = images;
        batch->Order = order;
        batch->IsUniform = normalization.Channels == 1;
        for (int channel = 0; channel < (batch->IsUniform ? 1 : _network.Input.Channels); channel++)
        {
            float std = normalization.StdOf(channel);
            batch->Scales[channel] = (float)(1.0 / (255.0 * std));
            batch->Offsets[channel] = (float)(-(double)normalization.MeanOf(channel) / std);
        }
    }

    /// <summary>
    /// Augments the images of <see cref="SetImages"/> at random while they are loaded. The changes to an image depend only on the
    /// seed, the stream and the image's index in the data set.
    /// </summary>
    /// <param name="maxShift">Maximum shift in each of the four directions, in whole pixels, at least 0.</param>
    /// <param name="augmentation">
    /// The other random changes. Those that move pixels require <see cref="EngineOptions.Augmentation"/>, with an elastic field of at least
    /// the same standard deviation.
    /// </param>
    /// <param name="seed">Key of the random numbers.</param>
    /// <param name="stream">Their stream, which differs for each epoch.</param>
    /// <remarks>Does nothing with <see cref="EngineOptions.EvaluationOnly"/>, which has no scratch for it.</remarks>
    public void Augment(int maxShift, in Augmentation augmentation, ulong seed, ulong stream)
    {
        BatchState* batch = _layout.Batch;
        if (_options.EvaluationOnly) return;
        batch->Shift = maxShift;
        batch->AugmentationSeed = seed;
        batch->AugmentationStream = stream;
        if (augmentation.IsElastic && augmentation.ElasticSigma != batch->ElasticSigma)
        {
            ElasticField.Weigh(augmentation.ElasticSigma, batch->ElasticWeights);
            batch->ElasticSigma = augmentation.ElasticSigma;
        }
        batch->Augmentation = augmentation;
    }

    /// <summary><see cref="Augment"/> by shifts alone.</summary>
    public void ShiftImages(int maxShift, ulong seed, ulong stream) => Augment(maxShift, default, seed, stream);

    /// <summary>Sets a batch of numbers that need no normalization, [count][channels][rows][columns]; they are copied.</summary>
    public void LoadInput(float* nchw, int count)
    {
        SetCount(count);
        int size = _network.Input.Size;
        float* to = _layout.Input->Output;
        if (_layout.IsSingle)
        {
            for (int i = 0; i < size; i++) to[i] = nchw[i];
            return;
        }
        for (int sample = 0; sample < _layout.Batch->Tiles * Lane; sample++)
        {
            float* tile = to + sample / Lane * _layout.Input->OutputTile + sample % Lane;
            for (int i = 0; i < size; i++) tile[(nint)i * Lane] = sample < count ? nchw[(nint)sample * size + i] : 0;
        }
    }

    /// <summary>
    /// Sets the labels of the batch: sample i has label labels[order[i]], or labels[i] without an order. Labels are
    /// checked where they are read from a file; an invalid one counts as the last class, so that no address outside a
    /// row is ever accessed.
    /// </summary>
    public void SetLabels(byte* labels, int* order)
    {
        BatchState* batch = _layout.Batch;
        for (int i = 0; i < batch->Count; i++)
            batch->Labels[i] = System.Math.Min(labels[order == null ? i : order[i]], _network.Classes - 1);
        batch->HasLabels = true;
        batch->TotalWeight = 0;
        for (int i = 0; i < batch->Count && batch->ClassWeights != null; i++)
            batch->TotalWeight += batch->ClassWeights[batch->Labels[i]];
    }

    /// <summary>
    /// Weights the samples of the training loss by their class, from the next <see cref="SetLabels"/> on: the weight
    /// argument of torch.nn.CrossEntropyLoss, including smoothing, whose mean divides by the sum of the batch's
    /// weights; squared error likewise. The loss of an evaluation is unweighted.
    /// </summary>
    /// <param name="weights">One weight per class, 0 or more; empty for the plain mean.</param>
    public void SetClassWeights(System.ReadOnlySpan<float> weights)
    {
        if (_options.EvaluationOnly) return;
        LossState* loss = _layout.Loss->LossHead;
        _layout.Batch->ClassWeights = weights.IsEmpty ? null : loss->ClassWeights;
        loss->TotalSpread = 0;
        for (int c = 0; c < weights.Length; c++)
        {
            loss->ClassWeights[c] = weights[c];
            loss->SpreadWeights[c] = (float)(weights[c] * loss->Smoothing / _network.Classes);
            loss->TotalSpread += loss->SpreadWeights[c];
        }
    }

    // ---- passes ----

    /// <summary>
    /// Computes outputs, probabilities and predictions, and the loss when the batch has labels. In training mode
    /// batchnorm uses the batch's statistics and updates the running ones, and dropout is active.
    /// </summary>
    public void Forward(bool isTraining)
    {
        _layout.Batch->Training = isTraining;
        if (isTraining)
        {
            _layout.Batch->Step++;
            _training.Run(_team);
        }
        else
        {
            // Recomputing what depends only on parameters would dominate the time for one image.
            if (_inverseStd != null && _inverseStdIsStale) _inverseStd.Run(_team);
            _inverseStdIsStale = false;
            // One image's weights are read forwards and backwards in alternation.
            if (_layout.IsSingle) _layout.Batch->IsReversed = !_layout.Batch->IsReversed;
            _evaluation.Run(_team);
        }
        _layout.Batch->Images = null;
    }

    /// <summary>Mean loss of the batch after <see cref="Forward"/>; the batch must have labels.</summary>
    public double Loss() => TotalLoss() / (_layout.Batch->IsWeighted ? _layout.Batch->TotalWeight : _layout.Batch->Count);

    /// <summary>Sum of the (weighted) losses of the batch's samples, in float64; samples in order within each tile.</summary>
    /// <param name="total">The sum is added to it, tile by tile.</param>
    public double TotalLoss(double total = 0)
    {
        for (int tile = 0; tile < _layout.Batch->Tiles; tile++) total += _layout.Batch->TileLoss[tile];
        return total;
    }

    /// <summary>Computes the gradients of the mean loss, after <see cref="Forward"/> in training mode with labels.</summary>
    public void Backward() => _backward.Run(_team);

    // ---- time ----

    /// <summary>Reads the clock before and after every op from now on; null to stop.</summary>
    public void SetProfilingClock(delegate*<long> clock) => _layout.Batch->Clock = clock;

    /// <summary>
    /// The time that the clock measured in a layer in training, summed over all threads. Layer −1 is the loading of
    /// images, the one after the last is the loss. Work that one layer does for another counts as its own.
    /// </summary>
    public long Time(int layer, bool isBackward)
    {
        int n = _network.LayerCount;
        return (isBackward ? _backward : _training).Time(_layout.Layers + (layer < 0 ? n : layer < n ? layer : n + 1));
    }

    /// <summary>The same for the optimizer.</summary>
    public long UpdateTime => _layout.Optimizer->Time;

    /// <summary>Multiply-adds of a layer for one sample, by its formula.</summary>
    public long MultiplyAdds(int layer, bool isBackward)
    {
        long forward = _network.Layers[layer].MultiplyAdds;
        return isBackward && _layout.NeedsInputGradient(layer) ? 2 * forward : forward;
    }

    // ---- results ----

    /// <summary>Copies a layer's output, [count][channels][rows][columns].</summary>
    /// <remarks>
    /// Without <see cref="EngineOptions.KeepOutputs"/> only the last layer's output is guaranteed.
    /// </remarks>
    public void CopyOutput(int layer, float* nchw)
    {
        LayerState* l = _layout.Layers + layer;
        FromLanes(l->Output, l->OutputTile, l->Out.Size, nchw);
    }

    /// <summary>Copies the softmax probabilities, [count][classes]; only with a loss that computes them.</summary>
    public void CopyProbabilities(float* rows) =>
        FromLanes(_layout.Loss->LossHead->Probabilities, _layout.Loss->InputTile, _network.Classes, rows);

    /// <summary>Copies the gradient of the input, if the options request it, in the layout of the input.</summary>
    public void CopyInputGradient(float* nchw) =>
        FromLanes(_layout.Input->OutputGradient, _layout.Input->OutputTile, _network.Input.Size, nchw);

    /// <summary>Copies the class of the largest output of each sample.</summary>
    public void CopyPredictions(int* classes)
    {
        for (int i = 0; i < _layout.Batch->Count; i++)
        {
            classes[i] = (int)_layout.Loss->LossHead->Rows[((nint)(i / Lane) * 3 + 2) * Lane + i % Lane];
        }
    }

    /// <summary>How many predictions equal the label.</summary>
    public int CountCorrect()
    {
        int correct = 0;
        for (int i = 0; i < _layout.Batch->Count; i++)
        {
            if ((int)_layout.Loss->LossHead->Rows[((nint)(i / Lane) * 3 + 2) * Lane + i % Lane] == _layout.Batch->Labels[i]) correct++;
        }
        return correct;
    }

    /// <summary>The memory layout.</summary>
    internal EngineLayout Layout => _layout;

    /// <summary>Copies an activation or gradient from its lanes to [count][channels][rows][columns].</summary>
    internal void FromLanes(float* from, nint tileStride, int size, float* to)
    {
        for (int sample = 0; sample < _layout.Batch->Count; sample++)
        {
            float* tile = from + sample / Lane * tileStride + sample % Lane;
            for (int i = 0; i < size; i++) to[(nint)sample * size + i] = tile[(nint)i * Lane];
        }
    }
}
