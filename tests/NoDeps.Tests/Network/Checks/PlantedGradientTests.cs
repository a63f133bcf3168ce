using NoDeps.Network;
using Xunit;

namespace NoDeps.Tests.Network.Checks;

/// <summary>The canary of the gradient check: wrong gradients of every kind of layer, each found where it was planted.</summary>
public sealed unsafe class PlantedGradientTests
{
    /// <summary>Every kind of layer, in one order of work and in the other; no gradient cancels.</summary>
    private static readonly string[] Networks =
    [
        "input 2x6x5\nconv 3 kernel=2x3 pad=1x0\nrelu\nbatchnorm\nmaxpool kernel=3x2 stride=2x1\ntanh\nflatten\n"
            + "dense 6\nrelu\nbatchnorm\ndense 4\nloss softmax-cross-entropy\n",
        "input 1x5x6\nconv 2 kernel=3 pad=1\nleakyrelu slope=0.2\nshortcut back=2\navgpool kernel=2x3 stride=1x2\n"
            + "conv 2 kernel=1x2\nsigmoid\nflatten\ndense 7\nsigmoid\ndense 3\nloss squared-error\n",
        "input 1x4x4\nconv 2 kernel=2\ndropout 0.25\ntanh\nflatten\ndense 5\ntanh\ndropout 0.5\nshortcut back=2\n"
            + "dense 3\nloss softmax-cross-entropy\n",
    ];

    /// <summary>What a mistake makes of a gradient.</summary>
    public enum Mistake
    {
        /// <summary>A factor of 1.01.</summary>
        Factor,
        /// <summary>The wrong sign.</summary>
        Sign,
        /// <summary>Nothing was computed.</summary>
        Missing,
        /// <summary>Every element at its neighbor's place.</summary>
        Shifted,
        /// <summary>One element is 1 % off.</summary>
        OneElement,
    }

    public static IEnumerable<object[]> NetworksAndMistakes =>
        from network in Enumerable.Range(0, Networks.Length)
        from mistake in Enum.GetValues<Mistake>()
        select new object[] { network, mistake };

    /// <summary>A mistake in one gradient, nothing else: that one is named, whichever it is.</summary>
    [Theory, MemberData(nameof(NetworksAndMistakes))]
    public void AWrongGradientIsNamed(int network, Mistake mistake)
    {
        using var check = new CheckUnderTest(Networks[network], 20, 5, Isa.Avx2);
        Assert.True(check.Run() == null, check.Report);
        foreach (var tensor in check.Tensors)
        {
            var gradient = new Span<float>(tensor.Gradient, tensor.Count);
            float[] saved = gradient.ToArray();
            Plant(gradient, mistake);
            var first = check.Run();
            Assert.True(first == tensor, $"planted in {tensor.Kind} of layer {tensor.Layer}\n{check.Report}");
            Assert.Equal(1, check.Tensors.Count(t => t.Error > GradientCheck.DefaultTolerance));
            saved.CopyTo(gradient);
        }
    }

    private static void Plant(Span<float> gradient, Mistake mistake)
    {
        float first = gradient[0];
        int largest = 0;
        for (int i = 0; i < gradient.Length; i++)
            if (Math.Abs(gradient[i]) > Math.Abs(gradient[largest])) largest = i;
        if (mistake == Mistake.OneElement) gradient[largest] *= 1.01f;
        for (int i = 0; i < gradient.Length; i++)
        {
            switch (mistake)
            {
                case Mistake.Factor: gradient[i] *= 1.01f; break;
                case Mistake.Sign: gradient[i] = -gradient[i]; break;
                case Mistake.Missing: gradient[i] = 0; break;
                case Mistake.Shifted: gradient[i] = i + 1 < gradient.Length ? gradient[i + 1] : first; break;
            }
        }
    }

    // ---- wrong kernels, which spoil all that comes after them ----

    private static KernelTable s_right;

    private static void Spoil(LayerState* l, int tiles, nint first, nint count)
    {
        for (int tile = 0; tile < tiles; tile++)
            for (nint i = first * 16; i < (first + count) * 16; i++) l->InputGradient[tile * l->InputTile + i] *= 1.01f;
    }

    private static void SpoilTiles(LayerState* l, int first, int count)
    {
        for (int tile = first; tile < first + count; tile++)
            for (nint i = 0; i < l->InputTile; i++) l->InputGradient[tile * l->InputTile + i] *= 1.01f;
    }

    private static void Activation(LayerState* l, int first, int count)
    {
        s_right.ActivationBackward(l, first, count);
        SpoilTiles(l, first, count);
    }

    private static void ActivationChannels(LayerState* l, int first, int count)
    {
        s_right.ActivationBackwardChannels(l, first, count);
        Spoil(l, l->Batch->Tiles, first, count);
    }

    private static void Maximum(LayerState* l, int first, int count)
    {
        s_right.PoolingMaximumBackward(l, first, count);
        SpoilTiles(l, first, count);
    }

    private static void Average(LayerState* l, int first, int count)
    {
        s_right.PoolingAverageBackward(l, first, count);
        SpoilTiles(l, first, count);
    }

    private static void Dropout(LayerState* l, int first, int count)
    {
        s_right.DropoutBackward(l, first, count);
        SpoilTiles(l, first, count);
    }

    private static void Normalization(LayerState* l, int first, int count)
    {
        s_right.BatchNormalizationInputGradient(l, first, count);
        SpoilTiles(l, first, count);
    }

    private static void NormalizationSums(LayerState* l, int first, int count)
    {
        s_right.BatchNormalizationCombineGradients(l, first, count);
        l->WeightGradient[1] *= 1.01f;
    }

    private static void Convolution(LayerState* l, int first, int count)
    {
        s_right.ConvolutionInputGradient(l, first, count);
        SpoilTiles(l, first, count);
    }

    private static void ConvolutionSums(LayerState* l, int first, int count)
    {
        s_right.ConvolutionSumTiles(l, first, count);
        l->BiasGradient[0] *= 1.01f;
    }

    private static void Dense(LayerState* l, int first, int count)
    {
        s_right.DenseInputGradientChannels(l, first, count);
        Spoil(l, l->Batch->Tiles, first, count);
    }

    private static void DenseWeight(LayerState* l, int first, int count)
    {
        s_right.DenseWeightGradientChannels(l, first, count);
        for (int i = 0; i < l->Out.Size * l->In.Size; i++)
        {
            if (i % l->In.Size >= first && i % l->In.Size < first + count) l->WeightGradient[i] *= 1.01f;
        }
    }

    private static void Loss(LayerState* l, int first, int count)
    {
        s_right.LossGradient(l, first, count);
        for (nint i = first * l->OutputTile; i < (first + count) * l->OutputTile; i++) l->OutputGradient[i] *= 1.01f;
    }

    private static void Nothing(LayerState* l, int first, int count)
    {
    }

    private static void Plant(KernelTable* table, string mistake)
    {
        s_right = *table;
        switch (mistake)
        {
            case "activation": table->ActivationBackward = &Activation; break;
            case "activation after dense": table->ActivationBackwardChannels = &ActivationChannels; break;
            case "maxpool": table->PoolingMaximumBackward = table->PoolingMax2x2Backward = &Maximum; break;
            case "avgpool": table->PoolingAverageBackward = &Average; break;
            case "dropout": table->DropoutBackward = &Dropout; break;
            case "batchnorm": table->BatchNormalizationInputGradient = &Normalization; break;
            case "batchnorm weight": table->BatchNormalizationCombineGradients = &NormalizationSums; break;
            case "conv": table->ConvolutionInputGradient = &Convolution; break;
            case "conv bias": table->ConvolutionSumTiles = &ConvolutionSums; break;
            case "dense": table->DenseInputGradientChannels = &Dense; break;
            case "dense weight": table->DenseWeightGradientChannels = &DenseWeight; break;
            case "shortcut": table->ShortcutRestore = &Nothing; break;
            case "loss": table->LossGradient = &Loss; break;
            default: throw new ArgumentException(mistake);
        }
    }

    [ThreadStatic] private static string? s_planted;

    private static void KernelOverride(KernelTable* table) => Plant(table, s_planted!);

    [Theory]
    [InlineData("activation", 0, 4, GradientKind.Input)]
    [InlineData("activation after dense", 1, 8, GradientKind.Input)]
    [InlineData("maxpool", 0, 3, GradientKind.Input)]
    [InlineData("avgpool", 1, 3, GradientKind.Input)]
    [InlineData("dropout", 2, 1, GradientKind.Input)]
    [InlineData("batchnorm", 0, 2, GradientKind.Input)]
    [InlineData("batchnorm weight", 0, 2, GradientKind.Weight)]
    [InlineData("conv", 1, 4, GradientKind.Input)]
    [InlineData("conv bias", 1, 4, GradientKind.Bias)]
    [InlineData("dense", 2, 8, GradientKind.Input)]
    [InlineData("dense weight", 2, 8, GradientKind.Weight)]
    [InlineData("shortcut", 1, 2, GradientKind.Sum)]
    [InlineData("loss", 1, 10, GradientKind.Input)]
    public void AWrongKernelIsNamed(string mistake, int network, int layer, GradientKind kind)
    {
        s_planted = mistake;
        var options = GradientCheck.Options;
        options.KernelOverride = &KernelOverride;
        using var check = new CheckUnderTest(Networks[network], 20, 5, Isa.Avx2, options);
        var first = check.Run();
        Assert.True(first != null, check.Report);
        Assert.True(first.Layer == layer && first.Kind == kind, check.Report);
    }
}
