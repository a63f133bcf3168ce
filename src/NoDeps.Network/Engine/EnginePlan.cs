namespace NoDeps.Network;

/// <summary>
/// Turns a layout into passes: which function of which layer runs on what, and where all workers have to meet. After a
/// dense layer the work is divided by features, so that batch statistics need no meeting there; elsewhere by tiles.
/// </summary>
internal static unsafe class EnginePlan
{
    /// <summary>Weights of a dense layer from which on several workers share them for one image: 1 MB.</summary>
    private const int ManyWeights = 1 << 18;

    /// <summary>
    /// The forward pass. In evaluation mode no sample depends on another, so that there is no meeting at all.
    /// </summary>
    /// <param name="kernels">What the layers are computed with.</param>
    /// <param name="scales">
    /// In evaluation mode gets the steps that depend on parameters only; may be the pass itself. Null in training mode.
    /// </param>
    /// <param name="pass">Gets the steps.</param>
    /// <param name="at">What they work on.</param>
    /// <param name="network">The network.</param>
    /// <param name="fuses">
    /// Whether a convolution takes batchnorm and pooling after it along: the outputs between are never stored then. The
    /// network's output has the same bits.
    /// </param>
    /// <param name="workers">How many share the work.</param>
    public static void Forward(KernelTable* kernels, Pass scales, Pass pass, EngineLayout at, NetworkDescription network, bool fuses,
        int workers)
    {
        bool training = scales == null;
        for (int i = 0; i < network.LayerCount && !training; i++)
        {
            LayerState* l = at.Layers + i;
            if (l->Kind == LayerKind.BatchNormalization) scales.AddSerial(kernels->BatchNormalizationInvertRunning, l);
        }
        pass.AddTiles(at.IsSingle ? kernels->SingleLoad : kernels->InputLoad, at.Input, false);
        // The layer whose output is one image by itself, while there is one.
        LayerState* single = at.IsSingle ? at.Input : null;
        at.Input->OutputStep = network.Input.Plane;
        for (int i = 0; i < network.LayerCount; i++)
        {
            LayerState* l = at.Layers + i;
            bool channels = training && pass.Mode == PhaseMode.Channels;
            if (at.IsSingle && (l->Kind == LayerKind.Convolution || l->Kind == LayerKind.Dense))
            {
                i = Single(kernels, pass, at, network, i, ref single, workers);
                continue;
            }
            if (l->Kind == LayerKind.Flatten || IsPartOfProducer(l)) continue;
            if (single != null && l->Kind != LayerKind.Dropout)
            {
                pass.AddTiles(kernels->SingleSpread, single, false);
                single = null;
            }
            switch (l->Kind)
            {
                case LayerKind.Convolution:
                    int last = fuses ? LastFused(at, network, i) : i;
                    if (l->Bordered != l->Input) pass.AddTiles(kernels->ConvolutionBorder, l, false);
                    pass.AddTiles(last > i ? kernels->ConvolutionForwardPooled : kernels->ConvolutionForward, l, false);
                    i = last;
                    break;
                case LayerKind.MaximumPooling:
                    if (training && IsPartOfNormalization(l)) break;
                    pass.AddTiles(l->Window.IsPairs ? kernels->PoolingPairsForward : kernels->PoolingMaximumForward, l, false);
                    break;
                case LayerKind.AveragePooling:
                    pass.AddTiles(kernels->PoolingAverageForward, l, false);
                    break;
                case LayerKind.Dense:
                    if (!training)
                    {
                        pass.AddTiles(kernels->DenseForward, l, true);
                        break;
                    }
                    pass.AddEither(channels, kernels->DenseTransposeInput, kernels->DenseTransposeInputChannels, l);
                    pass.Begin(PhaseMode.Channels, l->Out.Channels)->ChannelBlock = l->PanelOutputs;
                    pass.Add(kernels->DenseForwardChannels, l, false);
                    break;
                case LayerKind.BatchNormalization:
                    if (!training)
                    {
                        pass.AddTiles(kernels->BatchNormalizationNormalizeByRunning, l, false);
                        break;
                    }
                    if (channels)
                    {
                        pass.Add(kernels->BatchNormalizationForwardChannels, l, false);
                        break;
                    }
                    pass.AddTiles(kernels->BatchNormalizationTileStatistics, l, false);
                    pass.AddSerial(kernels->BatchNormalizationCombine, l);
                    pass.AddTiles(kernels->BatchNormalizationNormalize, l, false);
                    break;
                case LayerKind.Dropout:
                    if (training) pass.AddEither(channels, kernels->DropoutForward, kernels->DropoutForwardChannels, l);
                    else if (l->Output != l->Input) pass.AddTiles(kernels->DropoutCopy, l, false);
                    break;
                case LayerKind.Shortcut:
                    pass.AddEither(channels, kernels->ShortcutForward, kernels->ShortcutForwardChannels, l);
                    break;
                default:
                    pass.AddEither(channels, kernels->ActivationForward, kernels->ActivationForwardChannels, l);
                    break;
            }
        }
        if (single != null) pass.AddTiles(kernels->SingleSpread, single, false);
        pass.AddTiles(kernels->LossForward, at.Loss, false);
        if (training) pass.Ungroup();
    }

    /// <summary>A ReLU that the convolution or dense layer before it does while storing.</summary>
    private static bool IsPartOfProducer(LayerState* l)
    {
        if (l->Kind != LayerKind.Relu || l->Index == 0 || l->Output != l->Input) return false;
        LayerState* before = l - 1;
        return (before->Kind == LayerKind.Convolution || before->Kind == LayerKind.Dense) && before->Floor == 0;
    }

    /// <summary>A pooling that the batch normalisation before it does, when training.</summary>
    private static bool IsPartOfNormalization(LayerState* l) => l->Index > 0 && (l - 1)->Pools;

    /// <summary>
    /// Convolution or dense layer i of one image by itself, with what it takes along, of which the last layer is the result.
    /// </summary>
    /// <param name="single">The layer whose output lies so already, if any; becomes the one that does then.</param>
    private static int Single(KernelTable* kernels, Pass pass, EngineLayout at, NetworkDescription network, int i,
        ref LayerState* single, int workers)
    {
        LayerState* l = at.Layers + i;
        if (single != null && l->Kind == LayerKind.Dense && single->OutputStep != single->Out.Plane)
        {
            pass.AddTiles(kernels->SingleSpread, single, false);
            single = null;
        }
        if (single == null) pass.AddTiles(kernels->SingleGather, l - 1, false);
        l->InputStep = single == null ? l->In.Plane : single->OutputStep;
        single = l;
        if (l->Kind == LayerKind.Dense)
        {
            l->OutputStep = 1;
            int next = i + 1;
            if (next < network.LayerCount && IsPartOfProducer(at.Layers + next)) next++;
            if (next < network.LayerCount && at.Layers[next].Kind == LayerKind.BatchNormalization)
            {
                l->Normalization = at.Layers + next;
                i = next;
            }
            // Several workers share many weights: each has a cache of its own to keep them in.
            Phase* phase = pass.Begin(PhaseMode.Channels, l->Out.Channels);
            int pieces = (long)l->In.Size * l->Out.Channels > ManyWeights ? workers : 1;
            phase->ChannelBlock = EngineLayout.Padded((l->Out.Channels + pieces - 1) / pieces);
            pass.Add(kernels->SingleDense, l, false);
            return i;
        }
        l->OutputStep = l->Job.OutputOutput;
        pass.AddTiles(kernels->SingleUnroll, l, false);
        pass.AddTiles(kernels->SingleConvolution, l, false);
        int last = LastFused(at, network, i);
        if (last == i) return i;
        pass.AddTiles(kernels->SinglePool, l, false);
        single = l->Pooling;
        single->OutputStep = single->Out.Plane;
        return last;
    }

    /// <summary>
    /// The maximum pooling of 2 × 2 after convolution i that it can take along, with nothing but a ReLU of its own and one
    /// batchnorm between, whose outputs nobody else needs; i itself where there is none.
    /// </summary>
    private static int LastFused(EngineLayout at, NetworkDescription network, int i)
    {
        LayerState* l = at.Layers + i;
        l->Normalization = null;
        for (int next = i + 1; next < network.LayerCount && !at.IsShortcutSource(next - 1); next++)
        {
            LayerState* n = at.Layers + next;
            if (n->Kind == LayerKind.BatchNormalization && l->Normalization == null)
            {
                l->Normalization = n;
            }
            else if (n->Kind == LayerKind.MaximumPooling)
            {
                l->Pooling = n;
                return n->Window.IsPairs ? next : i;
            }
            else if (l->Normalization != null || !IsPartOfProducer(n))
            {
                break;
            }
        }
        return i;
    }

    /// <summary>The backward pass.</summary>
    public static void Backward(KernelTable* kernels, Pass pass, EngineLayout at, NetworkDescription network)
    {
        pass.Begin(PhaseMode.Tiles, 0);
        pass.Add(kernels->LossGradient, at.Loss, false);
        bool channels = false;
        for (int i = network.LayerCount - 1; i >= 0; i--)
        {
            LayerState* l = at.Layers + i;
            bool needed = at.NeedsInputGradient(i);
            Restore(kernels, pass, at, network, i, channels);
            switch (l->Kind)
            {
                case LayerKind.Convolution:
                    pass.AddTiles(kernels->ConvolutionWeightGradient, l, false);
                    if (needed) pass.AddTiles(kernels->ConvolutionInputGradient, l, false);
                    break;
                case LayerKind.MaximumPooling:
                    if (!needed || IsPartOfNormalization(l)) break;
                    pass.AddTiles(l->Window.IsPairs ? kernels->PoolingPairsBackward : kernels->PoolingMaximumBackward, l, false);
                    break;
                case LayerKind.AveragePooling:
                    if (needed) pass.AddTiles(kernels->PoolingAverageBackward, l, false);
                    break;
                case LayerKind.Dense:
                    pass.AddEither(channels, kernels->DenseTransposeGradient, kernels->DenseTransposeGradientChannels, l);
                    Phase* phase = pass.Begin(PhaseMode.Channels, l->In.Channels);
                    phase->ChannelBlock = l->PanelFeatures;
                    if (needed) pass.Add(kernels->DenseInputGradientChannels, l, false);
                    pass.Add(kernels->DenseWeightGradientChannels, l, false);
                    channels = true;
                    break;
                case LayerKind.Flatten:
                    channels = false;
                    break;
                case LayerKind.BatchNormalization:
                    BatchNormalization(kernels, pass, l, channels, needed);
                    break;
                default:
                    if (needed) Elementwise(kernels, pass, l, channels);
                    break;
            }
            if (!needed) break;
        }
        Restore(kernels, pass, at, network, -1, channels);
        for (int i = 0; i < network.LayerCount; i++)
        {
            if (at.Layers[i].Kind == LayerKind.Convolution) pass.AddSerial(kernels->ConvolutionSumTiles, at.Layers + i);
        }
        pass.Ungroup();
    }

    private static void BatchNormalization(KernelTable* kernels, Pass pass, LayerState* l, bool channels, bool needed)
    {
        if (channels)
        {
            pass.Add(kernels->BatchNormalizationBackwardChannels, l, false);
            return;
        }
        pass.AddTiles(kernels->BatchNormalizationTileGradientSums, l, false);
        pass.AddSerial(kernels->BatchNormalizationCombineGradients, l);
        if (needed) pass.AddTiles(kernels->BatchNormalizationInputGradient, l, false);
    }

    private static void Elementwise(KernelTable* kernels, Pass pass, LayerState* l, bool channels)
    {
        if (l->Kind == LayerKind.Dropout)
        {
            pass.AddEither(channels, kernels->DropoutBackward, kernels->DropoutBackwardChannels, l);
        }
        else if (l->Kind == LayerKind.Shortcut)
        {
            pass.AddEither(channels, kernels->ShortcutSave, kernels->ShortcutSaveChannels, l);
        }
        else
        {
            // The batch normalisation after it has done this already.
            LayerState* after = l + 1;
            if (after->Kind == LayerKind.BatchNormalization && after->MasksRelu) return;
            pass.AddEither(channels, kernels->ActivationBackward, kernels->ActivationBackwardChannels, l);
        }
    }

    /// <summary>Adds what shortcuts kept for the output of layer i, −1 being the input.</summary>
    private static void Restore(KernelTable* kernels, Pass pass, EngineLayout at, NetworkDescription network, int i, bool channels)
    {
        if (i < 0 && !at.NeedsInputGradient(0)) return;
        for (int k = i + 1; k < network.LayerCount; k++)
        {
            Layer layer = network.Layers[k];
            if (layer.Kind != LayerKind.Shortcut || k - layer.Back != i) continue;
            pass.AddEither(channels, kernels->ShortcutRestore, kernels->ShortcutRestoreChannels, at.Layers + k);
        }
    }
}
