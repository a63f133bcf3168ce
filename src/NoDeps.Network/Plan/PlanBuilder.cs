namespace NoDeps.Network;

/// <summary>
/// Turns a layout into plans: the functions to run, for which layer and work items, and where all workers synchronize.
/// After a dense layer the work is divided by features, so that batch statistics need no synchronization there;
/// elsewhere by tiles.
/// </summary>
internal static unsafe class PlanBuilder
{
    /// <summary>Size of a dense layer's weights from which several workers share one image: 1 MB.</summary>
    private const int ManyWeights = 1 << 18;

    /// <summary>The forward plan. In evaluation mode samples are independent, so there is no synchronization.</summary>
    /// <param name="kernels">The table of kernels.</param>
    /// <param name="scales">
    /// In evaluation mode, receives the ops that depend on parameters only; may be the plan itself. Null in training
    /// mode.
    /// </param>
    /// <param name="plan">Receives the ops.</param>
    /// <param name="layout">The layout of the memory.</param>
    /// <param name="network">The network.</param>
    /// <param name="fuses">
    /// True to fuse a convolution with the batchnorm and the pooling after it, whose inputs are then never stored.
    /// The network's output has the same bits.
    /// </param>
    /// <param name="workers">The number of workers.</param>
    public static void Forward(KernelTable* kernels, ExecutionPlan scales, ExecutionPlan plan,
        EngineLayout layout, NetworkDescription network, bool fuses,
        int workers)
    {
        bool training = scales == null;
        for (int i = 0; i < network.LayerCount && !training; i++)
        {
            LayerState* l = layout.Layers + i;
            if (l->Kind == LayerKind.BatchNormalization) scales.AddSerial(kernels->BatchNormalizationComputeInvStd, l);
        }
        plan.AddTiles(layout.IsSingle ? kernels->SingleLoad : kernels->InputLoad, layout.Input, false);
        // The layer whose output is in the single-image layout, if any.
        LayerState* single = layout.IsSingle ? layout.Input : null;
        layout.Input->OutputChannelStride = network.Input.Plane;
        for (int i = 0; i < network.LayerCount; i++)
        {
            LayerState* l = layout.Layers + i;
            bool channels = training && plan.Mode == RegionMode.Channels;
            if (layout.IsSingle && (l->Kind == LayerKind.Convolution || l->Kind == LayerKind.Dense))
            {
                i = Single(kernels, plan, layout, network, i, ref single, workers);
                continue;
            }
            if (l->Kind == LayerKind.Flatten || IsPartOfProducer(layout, l)) continue;
            if (single != null && l->Kind != LayerKind.Dropout)
            {
                plan.AddTiles(kernels->SingleSpread, single, false);
                single = null;
            }
            switch (l->Kind)
            {
                case LayerKind.Convolution:
                    int last = fuses ? FindFusedPooling(layout, network, i) : i;
                    if (l->Convolution->PaddedInput != l->Input) plan.AddTiles(kernels->ConvolutionPad, l, false);
                    plan.AddTiles(last > i ? kernels->ConvolutionForwardPooled : kernels->ConvolutionForward, l, false);
                    i = last;
                    break;
                case LayerKind.MaximumPooling:
                    if (training && IsPartOfNormalization(layout, l)) break;
                    plan.AddTiles(l->Window.IsPairs ? kernels->PoolingMax2x2Forward : kernels->PoolingMaximumForward, l, false);
                    break;
                case LayerKind.AveragePooling:
                    plan.AddTiles(kernels->PoolingAverageForward, l, false);
                    break;
                case LayerKind.Dense:
                    if (!training)
                    {
                        plan.AddTiles(kernels->DenseForward, l, true);
                        break;
                    }
                    plan.AddEither(channels, kernels->DenseTransposeInput, kernels->DenseTransposeInputChannels, l);
                    plan.Begin(RegionMode.Channels, l->Out.Channels)->ChannelBlock = l->Dense->PanelOutputs;
                    plan.Add(kernels->DenseForwardChannels, l, false);
                    break;
                case LayerKind.BatchNormalization:
                    if (!training)
                    {
                        plan.AddTiles(kernels->BatchNormalizationNormalizeInference, l, false);
                        break;
                    }
                    if (channels)
                    {
                        plan.Add(kernels->BatchNormalizationForwardChannels, l, false);
                        break;
                    }
                    plan.AddTiles(kernels->BatchNormalizationTileStatistics, l, false);
                    plan.AddSerial(kernels->BatchNormalizationCombine, l);
                    plan.AddTiles(kernels->BatchNormalizationNormalize, l, false);
                    break;
                case LayerKind.Dropout:
                    if (training) plan.AddEither(channels, kernels->DropoutForward, kernels->DropoutForwardChannels, l);
                    else if (l->Output != l->Input) plan.AddTiles(kernels->DropoutCopy, l, false);
                    break;
                case LayerKind.Shortcut:
                    plan.AddEither(channels, kernels->ShortcutForward, kernels->ShortcutForwardChannels, l);
                    break;
                default:
                    plan.AddEither(channels, kernels->ActivationForward, kernels->ActivationForwardChannels, l);
                    break;
            }
        }
        if (single != null) plan.AddTiles(kernels->SingleSpread, single, false);
        plan.AddTiles(kernels->LossForward, layout.Loss, false);
        if (training) plan.DisallowTileBatching();
    }

    /// <summary>A ReLU that is fused into the convolution or dense layer before it.</summary>
    private static bool IsPartOfProducer(EngineLayout layout, LayerState* l)
    {
        if (l->Kind != LayerKind.Relu || l->Index == 0 || l->Output != l->Input) return false;
        LayerState* before = layout.Before(l);
        return (before->Kind == LayerKind.Convolution || before->Kind == LayerKind.Dense) && before->ReluFloor == 0;
    }

    /// <summary>A pooling that the batch normalization before it does in training.</summary>
    private static bool IsPartOfNormalization(EngineLayout layout, LayerState* l) =>
        layout.Before(l)->Kind == LayerKind.BatchNormalization && layout.Before(l)->BatchNormalization->Pools;

    /// <summary>
    /// Convolution or dense layer i of a single image, with the layers fused into it; the result is the output of the
    /// last of them.
    /// </summary>
    /// <param name="single">The layer whose output is in the single-image layout, if any; updated.</param>
    private static int Single(KernelTable* kernels, ExecutionPlan plan, EngineLayout layout, NetworkDescription network, int i,
        ref LayerState* single, int workers)
    {
        LayerState* l = layout.Layers + i;
        if (single != null && l->Kind == LayerKind.Dense && single->OutputChannelStride != single->Out.Plane)
        {
            plan.AddTiles(kernels->SingleSpread, single, false);
            single = null;
        }
        if (single == null) plan.AddTiles(kernels->SingleGather, layout.Before(l), false);
        l->InputChannelStride = single == null ? l->In.Plane : single->OutputChannelStride;
        single = l;
        if (l->Kind == LayerKind.Dense)
        {
            l->OutputChannelStride = 1;
            int next = i + 1;
            if (next < network.LayerCount && IsPartOfProducer(layout, layout.Layers + next)) next++;
            if (next < network.LayerCount && layout.Layers[next].Kind == LayerKind.BatchNormalization)
            {
                l->FusedNormalization = layout.Layers + next;
                i = next;
            }
            // Several workers share large weights, since each has its own cache to keep its part in.
            ParallelRegion* region = plan.Begin(RegionMode.Channels, l->Out.Channels);
            int pieces = (long)l->In.Size * l->Out.Channels > ManyWeights ? workers : 1;
            region->ChannelBlock = EngineLayout.RoundUp((l->Out.Channels + pieces - 1) / pieces);
            plan.Add(kernels->SingleDense, l, false);
            return i;
        }
        l->OutputChannelStride = l->Convolution->Descriptor.OutputOutputStride;
        plan.AddTiles(kernels->SingleUnroll, l, false);
        plan.AddTiles(kernels->SingleConvolution, l, false);
        int last = FindFusedPooling(layout, network, i);
        if (last == i) return i;
        plan.AddTiles(kernels->SinglePool, l, false);
        single = l->FusedPooling;
        single->OutputChannelStride = single->Out.Plane;
        return last;
    }

    /// <summary>
    /// The 2 × 2 max pooling that is fused with convolution i, with only a ReLU and one batchnorm in between whose
    /// outputs no other layer reads; i itself if there is none.
    /// </summary>
    private static int FindFusedPooling(EngineLayout layout, NetworkDescription network, int i)
    {
        LayerState* l = layout.Layers + i;
        l->FusedNormalization = null;
        for (int next = i + 1; next < network.LayerCount && !layout.IsShortcutSource(next - 1); next++)
        {
            LayerState* n = layout.Layers + next;
            if (n->Kind == LayerKind.BatchNormalization && l->FusedNormalization == null)
            {
                l->FusedNormalization = n;
            }
            else if (n->Kind == LayerKind.MaximumPooling)
            {
                l->FusedPooling = n;
                return n->Window.IsPairs ? next : i;
            }
            else if (l->FusedNormalization != null || !IsPartOfProducer(layout, n))
            {
                break;
            }
        }
        return i;
    }

    /// <summary>The backward plan.</summary>
    public static void Backward(KernelTable* kernels, ExecutionPlan plan, EngineLayout layout, NetworkDescription network)
    {
        plan.Begin(RegionMode.Tiles, 0);
        plan.Add(kernels->LossGradient, layout.Loss, false);
        bool channels = false;
        for (int i = network.LayerCount - 1; i >= 0; i--)
        {
            LayerState* l = layout.Layers + i;
            bool needed = layout.NeedsInputGradient(i);
            Restore(kernels, plan, layout, network, i, channels);
            switch (l->Kind)
            {
                case LayerKind.Convolution:
                    plan.AddTiles(kernels->ConvolutionWeightGradient, l, false);
                    if (needed) plan.AddTiles(kernels->ConvolutionInputGradient, l, false);
                    break;
                case LayerKind.MaximumPooling:
                    if (!needed || IsPartOfNormalization(layout, l)) break;
                    plan.AddTiles(l->Window.IsPairs ? kernels->PoolingMax2x2Backward : kernels->PoolingMaximumBackward, l, false);
                    break;
                case LayerKind.AveragePooling:
                    if (needed) plan.AddTiles(kernels->PoolingAverageBackward, l, false);
                    break;
                case LayerKind.Dense:
                    plan.AddEither(channels, kernels->DenseTransposeGradient, kernels->DenseTransposeGradientChannels, l);
                    ParallelRegion* region = plan.Begin(RegionMode.Channels, l->In.Channels);
                    region->ChannelBlock = l->Dense->PanelFeatures;
                    if (needed) plan.Add(kernels->DenseInputGradientChannels, l, false);
                    plan.Add(kernels->DenseWeightGradientChannels, l, false);
                    channels = true;
                    break;
                case LayerKind.Flatten:
                    channels = false;
                    break;
                case LayerKind.BatchNormalization:
                    BatchNormalization(kernels, plan, l, channels, needed);
                    break;
                default:
                    if (needed) Elementwise(kernels, plan, layout, l, channels);
                    break;
            }
            if (!needed) break;
        }
        Restore(kernels, plan, layout, network, -1, channels);
        for (int i = 0; i < network.LayerCount; i++)
        {
            if (layout.Layers[i].Kind == LayerKind.Convolution) plan.AddSerial(kernels->ConvolutionSumTiles, layout.Layers + i);
        }
        plan.DisallowTileBatching();
    }

    private static void BatchNormalization(KernelTable* kernels, ExecutionPlan plan, LayerState* l, bool channels, bool needed)
    {
        if (channels)
        {
            plan.Add(kernels->BatchNormalizationBackwardChannels, l, false);
            return;
        }
        plan.AddTiles(kernels->BatchNormalizationTileGradientSums, l, false);
        plan.AddSerial(kernels->BatchNormalizationCombineGradients, l);
        if (needed) plan.AddTiles(kernels->BatchNormalizationInputGradient, l, false);
    }

    private static void Elementwise(KernelTable* kernels, ExecutionPlan plan, EngineLayout layout, LayerState* l, bool channels)
    {
        if (l->Kind == LayerKind.Dropout)
        {
            plan.AddEither(channels, kernels->DropoutBackward, kernels->DropoutBackwardChannels, l);
        }
        else if (l->Kind == LayerKind.Shortcut)
        {
            plan.AddEither(channels, kernels->ShortcutSave, kernels->ShortcutSaveChannels, l);
        }
        else
        {
            // The batch normalization after it has already applied its gradient.
            LayerState* after = layout.After(l);
            if (after->Kind == LayerKind.BatchNormalization && after->BatchNormalization->MasksRelu) return;
            plan.AddEither(channels, kernels->ActivationBackward, kernels->ActivationBackwardChannels, l);
        }
    }

    /// <summary>Adds the gradients that shortcuts saved for the output of layer i; −1 is the input.</summary>
    private static void Restore(KernelTable* kernels, ExecutionPlan plan, EngineLayout layout, NetworkDescription network,
        int i, bool channels)
    {
        if (i < 0 && !layout.NeedsInputGradient(0)) return;
        for (int k = i + 1; k < network.LayerCount; k++)
        {
            Layer layer = network.Layers[k];
            if (layer.Kind != LayerKind.Shortcut || k - layer.Back != i) continue;
            plan.AddEither(channels, kernels->ShortcutRestore, kernels->ShortcutRestoreChannels, layout.Layers + k);
        }
    }
}
