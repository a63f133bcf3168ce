using NoDeps.Primitives;

namespace NoDeps.Network;

/// <summary>
/// One convolution layer of a network by itself, in one form: to be measured, and to be compared with other forms. It has
/// the memory of the whole network, but runs alone, on the caller's thread.
/// </summary>
public sealed unsafe class ConvolutionHarness
{
    private const int Lane = Lanes.Count;

    private readonly LayerState* _layer;
    private readonly KernelTable _kernels;
    private readonly KernelForm _form;

    /// <summary>Everything that a pass over the layer needs lies apart, and no ReLU is part of it.</summary>
    private static EngineOptions Options(KernelForm form)
    {
        EngineOptions options = default;
        options.Kernel = form;
        options.KeepOutputs = true;
        options.WantInputGradient = true;
        return options;
    }

    /// <summary>Bytes of memory that it needs.</summary>
    /// <param name="network">The network.</param>
    /// <param name="batch">Samples, at least 1.</param>
    /// <param name="form">Which form runs.</param>
    public static long BytesNeeded(NetworkDescription network, int batch, KernelForm form) =>
        Engine.BytesNeeded(network, batch, Options(form));

    /// <summary>Sets it up, with random numbers that depend on the seed and their place only.</summary>
    /// <param name="network">The network.</param>
    /// <param name="index">Which layer; a convolution.</param>
    /// <param name="batch">Samples, at least 1.</param>
    /// <param name="isa">Which instruction set, which the machine must have.</param>
    /// <param name="form">Which form runs.</param>
    /// <param name="seed">Of the random numbers.</param>
    /// <param name="memory">As many bytes as <see cref="BytesNeeded"/> says, 64-byte aligned, all zero.</param>
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
        // [tile][element][lane]: void lanes stay zero, as the engine leaves gradients there.
        FillLanes(seed, 2, _layer->Input, _layer->In.Size, batch, samples);
        FillLanes(seed, 3, _layer->OutputGradient, _layer->Out.Size, batch, samples);
    }

    /// <summary>Numbers of the output, lanes without a sample included.</summary>
    public long OutputCount => (long)_layer->Batch->Tiles * _layer->OutputTile;

    /// <summary>Numbers of the input's gradient.</summary>
    public long InputCount => (long)_layer->Batch->Tiles * _layer->InputTile;

    /// <summary>Numbers of the gradient of weights and biases.</summary>
    public long ParameterCount => _layer->Convolution->PartialCount;

    /// <summary>What <see cref="Forward"/> writes, in the engine's order.</summary>
    public float* Output => _layer->Output;

    /// <summary>What <see cref="InputGradient"/> writes.</summary>
    public float* InputDerivative => _layer->InputGradient;

    /// <summary>What <see cref="WeightGradient"/> writes.</summary>
    public float* WeightDerivative => _layer->WeightGradient;

    /// <summary>The forward pass, with what copying the input between zeros takes.</summary>
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

    private static void Fill(ulong seed, ulong stream, float* to, long count, int step)
    {
        Philox random = new Philox(seed, stream);
        for (long i = 0; i < count; i++) to[i * step] = 2f * random.NextSingle() - 1f;
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
