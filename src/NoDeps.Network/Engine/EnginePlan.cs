using NoDeps.Primitives;

namespace NoDeps.Network;

/// <summary>
/// Turns a layout into passes: which function of which layer runs on what, and where all workers have to meet. After a
/// dense layer the work is divided by features, so that batch statistics need no meeting there; elsewhere by tiles.
/// </summary>
internal static unsafe class EnginePlan<S, V> where S : struct, ISimd<V> where V : unmanaged
{
    /// <summary>The forward pass in training mode.</summary>
    public static void Forward(Pass pass, EngineLayout at, NetworkDescription network, bool scalar)
    {
        pass.Begin(PhaseMode.Tiles, 0);
        pass.Add(&InputLanes<S, V>.Load, at.Input, false);
        for (int i = 0; i < network.LayerCount; i++)
        {
            LayerState* l = at.Layers + i;
            bool channels = pass.Mode == PhaseMode.Channels;
            switch (l->Kind)
            {
                case LayerKind.Convolution:
                    Convolution(pass, l, scalar);
                    break;
                case LayerKind.MaximumPooling:
                    pass.AddTiles(scalar ? &PoolingScalar.MaximumForward : &PoolingLanes<S, V>.MaximumForward, l, false);
                    break;
                case LayerKind.AveragePooling:
                    pass.AddTiles(scalar ? &PoolingScalar.AverageForward : &PoolingLanes<S, V>.AverageForward, l, false);
                    break;
                case LayerKind.Dense:
                    if (channels) pass.Add(&DenseLanes<S, V>.TransposeInputChannels, l, false);
                    else pass.AddTiles(&DenseLanes<S, V>.TransposeInput, l, false);
                    pass.Begin(PhaseMode.Channels, l->Out.Channels);
                    pass.Add(scalar ? &DenseScalar.ForwardChannels : &DenseLanes<S, V>.ForwardChannels, l, false);
                    break;
                case LayerKind.BatchNormalization:
                    if (channels)
                    {
                        pass.Add(&BatchNormalizationLanes<S, V>.ForwardChannels, l, false);
                        break;
                    }
                    pass.AddTiles(&BatchNormalizationLanes<S, V>.TileStatistics, l, false);
                    pass.AddSerial(&BatchNormalizationLanes<S, V>.Combine, l);
                    pass.AddTiles(&BatchNormalizationLanes<S, V>.Normalize, l, false);
                    break;
                case LayerKind.Dropout:
                    if (channels) pass.Add(&DropoutLanes<S, V>.ForwardChannels, l, false);
                    else pass.AddTiles(&DropoutLanes<S, V>.Forward, l, false);
                    break;
                case LayerKind.Shortcut:
                    if (channels) pass.Add(&ShortcutLanes<S, V>.ForwardChannels, l, false);
                    else pass.AddTiles(&ShortcutLanes<S, V>.Forward, l, false);
                    break;
                case LayerKind.Flatten:
                    break;
                default:
                    if (IsPartOfProducer(l)) break;
                    if (channels) pass.Add(&ActivationLanes<S, V>.ForwardChannels, l, false);
                    else pass.AddTiles(&ActivationLanes<S, V>.Forward, l, false);
                    break;
            }
        }
        pass.AddTiles(&LossLanes<S, V>.Forward, at.Loss, false);
        pass.Ungroup();
    }

    /// <summary>A ReLU that the convolution or dense layer before it does while storing.</summary>
    private static bool IsPartOfProducer(LayerState* l)
    {
        if (l->Kind != LayerKind.Relu || l->Index == 0 || l->Output != l->Input) return false;
        LayerState* before = l - 1;
        return (before->Kind == LayerKind.Convolution || before->Kind == LayerKind.Dense) && before->Floor == 0;
    }

    private static void Convolution(Pass pass, LayerState* l, bool scalar)
    {
        if (l->Bordered != l->Input) pass.AddTiles(&ConvolutionLanes<S, V>.Border, l, false);
        pass.AddTiles(scalar ? &ConvolutionScalar.Forward : &ConvolutionLanes<S, V>.Forward, l, false);
    }

    /// <summary>The forward pass in evaluation mode: no sample depends on another, so no meeting at all.</summary>
    public static void Evaluate(Pass pass, EngineLayout at, NetworkDescription network, bool scalar)
    {
        pass.Begin(PhaseMode.Tiles, 0);
        pass.Add(&InputLanes<S, V>.Load, at.Input, false);
        for (int i = 0; i < network.LayerCount; i++)
        {
            LayerState* l = at.Layers + i;
            switch (l->Kind)
            {
                case LayerKind.Convolution:
                    Convolution(pass, l, scalar);
                    break;
                case LayerKind.MaximumPooling:
                    pass.Add(scalar ? &PoolingScalar.MaximumForward : &PoolingLanes<S, V>.MaximumForward, l, false);
                    break;
                case LayerKind.AveragePooling:
                    pass.Add(scalar ? &PoolingScalar.AverageForward : &PoolingLanes<S, V>.AverageForward, l, false);
                    break;
                case LayerKind.Dense:
                    pass.Add(scalar ? &DenseScalar.Forward : &DenseLanes<S, V>.Forward, l, true);
                    break;
                case LayerKind.BatchNormalization:
                    pass.Add(&BatchNormalizationLanes<S, V>.NormalizeByRunning, l, false);
                    break;
                case LayerKind.Dropout:
                    if (l->Output != l->Input) pass.Add(&DropoutLanes<S, V>.Copy, l, false);
                    break;
                case LayerKind.Shortcut:
                    pass.Add(&ShortcutLanes<S, V>.Forward, l, false);
                    break;
                case LayerKind.Flatten:
                    break;
                default:
                    if (!IsPartOfProducer(l)) pass.Add(&ActivationLanes<S, V>.Forward, l, false);
                    break;
            }
        }
        pass.Add(&LossLanes<S, V>.Forward, at.Loss, false);
    }

    /// <summary>The backward pass.</summary>
    public static void Backward(Pass pass, EngineLayout at, NetworkDescription network, bool scalar)
    {
        pass.Begin(PhaseMode.Tiles, 0);
        pass.Add(&LossLanes<S, V>.Gradient, at.Loss, false);
        bool channels = false;
        for (int i = network.LayerCount - 1; i >= 0; i--)
        {
            LayerState* l = at.Layers + i;
            bool needed = at.NeedsInputGradient(i);
            Restore(pass, at, network, i, channels);
            switch (l->Kind)
            {
                case LayerKind.Convolution:
                    pass.AddTiles(scalar ? &ConvolutionScalar.WeightGradient : &ConvolutionLanes<S, V>.WeightGradient, l, false);
                    if (needed) pass.AddTiles(scalar ? &ConvolutionScalar.InputGradient : &ConvolutionLanes<S, V>.InputGradient, l, false);
                    break;
                case LayerKind.MaximumPooling:
                    if (needed) pass.AddTiles(scalar ? &PoolingScalar.MaximumBackward : &PoolingLanes<S, V>.MaximumBackward, l, false);
                    break;
                case LayerKind.AveragePooling:
                    if (needed) pass.AddTiles(scalar ? &PoolingScalar.AverageBackward : &PoolingLanes<S, V>.AverageBackward, l, false);
                    break;
                case LayerKind.Dense:
                    if (channels) pass.Add(&DenseLanes<S, V>.TransposeGradientChannels, l, false);
                    else pass.AddTiles(&DenseLanes<S, V>.TransposeGradient, l, false);
                    Phase* phase = pass.Begin(PhaseMode.Channels, l->In.Channels);
                    phase->Extra.Body = scalar ? &DenseScalar.WeightGradientChannels : &DenseLanes<S, V>.WeightGradientChannels;
                    phase->Extra.Layer = l;
                    phase->ExtraChannels = l->Out.Channels;
                    if (needed) pass.Add(scalar ? &DenseScalar.InputGradientChannels : &DenseLanes<S, V>.InputGradientChannels, l, false);
                    channels = true;
                    break;
                case LayerKind.Flatten:
                    channels = false;
                    break;
                case LayerKind.BatchNormalization:
                    BatchNormalization(pass, l, channels, needed);
                    break;
                default:
                    if (needed) Elementwise(pass, l, channels);
                    break;
            }
            if (!needed) break;
        }
        Restore(pass, at, network, -1, channels);
        for (int i = 0; i < network.LayerCount; i++)
        {
            if (at.Layers[i].Kind == LayerKind.Convolution) pass.AddSerial(&ConvolutionLanes<S, V>.SumTiles, at.Layers + i);
        }
        pass.Ungroup();
    }

    private static void BatchNormalization(Pass pass, LayerState* l, bool channels, bool needed)
    {
        if (channels)
        {
            pass.Add(&BatchNormalizationLanes<S, V>.BackwardChannels, l, false);
            return;
        }
        pass.AddTiles(&BatchNormalizationLanes<S, V>.TileGradientSums, l, false);
        pass.AddSerial(&BatchNormalizationLanes<S, V>.CombineGradients, l);
        if (needed) pass.AddTiles(&BatchNormalizationLanes<S, V>.InputGradient, l, false);
    }

    private static void Elementwise(Pass pass, LayerState* l, bool channels)
    {
        if (l->Kind == LayerKind.Dropout)
        {
            if (channels) pass.Add(&DropoutLanes<S, V>.BackwardChannels, l, false);
            else pass.AddTiles(&DropoutLanes<S, V>.Backward, l, false);
        }
        else if (l->Kind == LayerKind.Shortcut)
        {
            if (channels) pass.Add(&ShortcutLanes<S, V>.SaveChannels, l, false);
            else pass.AddTiles(&ShortcutLanes<S, V>.Save, l, false);
        }
        else
        {
            // The batch normalisation after it has done this already.
            LayerState* after = l + 1;
            if (after->Kind == LayerKind.BatchNormalization && after->MasksRelu) return;
            if (channels) pass.Add(&ActivationLanes<S, V>.BackwardChannels, l, false);
            else pass.AddTiles(&ActivationLanes<S, V>.Backward, l, false);
        }
    }

    /// <summary>Adds what shortcuts kept for the output of layer i, −1 being the input.</summary>
    private static void Restore(Pass pass, EngineLayout at, NetworkDescription network, int i, bool channels)
    {
        if (i < 0 && !at.NeedsInputGradient(0)) return;
        for (int k = i + 1; k < network.LayerCount; k++)
        {
            Layer layer = network.Layers[k];
            if (layer.Kind != LayerKind.Shortcut || k - layer.Back != i) continue;
            if (channels) pass.Add(&ShortcutLanes<S, V>.RestoreChannels, at.Layers + k, false);
            else pass.AddTiles(&ShortcutLanes<S, V>.Restore, at.Layers + k, false);
        }
    }
}
