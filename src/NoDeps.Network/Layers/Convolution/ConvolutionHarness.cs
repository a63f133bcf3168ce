using NoDeps.Primitives;

namespace NoDeps.Network;

/// <summary>
/// One convolution layer of a network in isolation, in one form: for benchmarks, and for comparison with other forms.
/// It has the memory of the whole network, but runs alone, on the caller's thread.
/// </summary>
public sealed unsafe class ConvolutionHarness
{
    private const int Lane = Lanes.Count;

    private readonly LayerState* _layer;
    private readonly KernelTable _kernels;
    private readonly KernelForm _form;

    /// <summary>Every buffer of the layer is separate, and no ReLU is fused.</summary>
    private static EngineOptions Options(KernelForm form)
    {
        EngineOptions options = default;
        options.Kernel = form;
        options.KeepOutputs = true;
        options.WantInputGradient = true;
        return options;
    }

    /// <summary>Bytes of memory needed.</summary>
    /// <param name="network">The network.</param>
    /// <param name="batch">Samples, at least 1.</param>
    /// <param name="form">Which form runs.</param>
    public static long BytesNeeded(NetworkDescription network, int batch, KernelForm form) =>
        Engine.BytesNeeded(network, batch, Options(form));

    /// <summary>Sets it up with random numbers that depend only on the seed and their position.</summary>
    /// <param name="network">The network.</param>
    /// <param name="index">The index of a convolution.</param>
    /// <param name="batch">Samples, at least 1.</param>
    /// <param name="isa">The instruction set, which the machine must support.</param>
    /// <param name="form">Which form runs.</param>
    /// <param name="seed">Seed of the random numbers.</param>
    /// <param name="memory"><see cref="BytesNeeded"/> bytes, 64-byte aligned, all zero.</param>
    public ConvolutionHarness(NetworkDescription network, int index, int batch, Isa isa, KernelForm form, ulong seed, byte* memory)
    {
        EngineLayout layout = new EngineLayout(network, batch, Options(form), memory);
        _layer = layout.Layers + index;
        _form = form;
        KernelTable table = default;
        KernelTables.Fill(isa, form, &table);
        _kernels = table;
        layout.Batch->Count = batch;
        layout.Batch->Tiles = Lanes.Tiles(batch);
        Layer spec = network.Layers[index];
        int samples = layout.Batch->Tiles * Lane;
        Fill(seed, 0, _layer->Weight, spec.WeightCount, 1);
        Fill(seed, 1, _layer->Bias, spec.BiasCount, 1);
        // [tile][element][lane]: unused lanes stay zero, as in the engine's gradients.
        FillLanes(seed, 2, _layer->Input, _layer->In.Size, batch, samples);
        FillLanes(seed, 3, _layer->OutputGradient, _layer->Out.Size, batch, samples);
    }

    /// <summary>Elements of the output, including unused lanes.</summary>
    public long OutputCount => (long)_layer->Batch->Tiles * _layer->OutputTile;

    /// <summary>Elements of the input's gradient.</summary>
    public long InputCount => (long)_layer->Batch->Tiles * _layer->InputTile;

    /// <summary>Elements of the gradient of weights and biases.</summary>
    public long ParameterCount => _layer->Convolution->PartialCount;

    /// <summary>The output of <see cref="Forward"/>, in the engine's layout.</summary>
    public float* Output => _layer->Output;

    /// <summary>The output of <see cref="InputGradient"/>.</summary>
    public float* InputDerivative => _layer->InputGradient;

    /// <summary>The output of <see cref="WeightGradient"/>.</summary>
    public float* WeightDerivative => _layer->WeightGradient;

    /// <summary>The forward pass, including copying the input into its zero padding.</summary>
    public void Forward()
    {
        if (_form == KernelForm.Lanes && _layer->Convolution->PaddedInput != _layer->Input)
            _kernels.ConvolutionPad(_layer, 0, _layer->Batch->Tiles);
        _kernels.ConvolutionForward(_layer, 0, _layer->Batch->Tiles);
    }

    /// <summary>The gradient of the input.</summary>
    public void InputGradient() => _kernels.ConvolutionInputGradient(_layer, 0, _layer->Batch->Tiles);

    /// <summary>The gradient of weights and biases, after <see cref="Forward"/>.</summary>
    public void WeightGradient()
    {
        _kernels.ConvolutionWeightGradient(_layer, 0, _layer->Batch->Tiles);
        _kernels.ConvolutionSumTiles(_layer, 0, _layer->Batch->Tiles);
    }

    private static void Fill(ulong seed, ulong stream, float* to, long count, int stride)
    {
        Philox random = new Philox(seed, stream);
        for (long i = 0; i < count; i++) to[i * stride] = 2f * random.NextSingle() - 1f;
    }

    private static void FillLanes(ulong seed, ulong stream, float* to, int size, int batch, int samples)
    {
        Fill(seed, stream, to, (long)samples * size, 1);
        for (int sample = batch; sample < samples; sample++)
        {
            float* lane = to + (long)(sample / Lane) * size * Lane + sample % Lane;
            for (int i = 0; i < size; i++) lane[(nint)i * Lane] = 0;
        }
    }
}
