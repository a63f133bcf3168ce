using NoDeps.Primitives;

namespace NoDeps.Network;

/// <summary>Lays out a convolution: padding, the descriptor of its sums, accumulators.</summary>
internal static unsafe class ConvolutionPlanning
{
    private const int Lane = Lanes.Count;

    /// <summary>Allocates memory and sets strides.</summary>
    /// <param name="l">The layer with its input, output and gradients.</param>
    /// <param name="layer">Its description.</param>
    /// <param name="layout">Provides the memory.</param>
    public static void Plan(ref LayerState l, Layer layer, EngineLayout layout)
    {
        ConvolutionState own = default;
        own.PaddedInput = l.Input;
        own.PaddedInputTile = l.InputTile;
        own.PaddedInputColumns = l.In.Columns;
        if (layout.IsSingle) PlanSingle(in l, ref own, layout);
        else PlanLanes(in l, ref own, layout);
        DescribeSums(in l, ref own);
        if (layout.Kernel == KernelForm.Im2Col)
        {
            own.ColumnsTile = (nint)ConvolutionIm2Col.ColumnsCount(l.In, l.Out, l.Window);
            own.Columns = layout.Tiles(own.ColumnsTile);
        }
        if (layout.IsTraining) PlanGradients(in l, layer, ref own, layout);
        l.Set(layout.Place(in own));
    }

    /// <summary>A single image: its unrolled input, and one descriptor for the whole output.</summary>
    private static void PlanSingle(scoped in LayerState l, ref ConvolutionState own, EngineLayout layout)
    {
        Geometry g = l.Window;
        int unrolled = g.UnrolledRows(l.Out.Rows) * l.Out.Columns, all = l.In.Channels * g.KernelColumns * unrolled;
        own.PaddedInput = layout.Activation(all / Lane + 1);
        ref Correlation sums = ref own.Descriptor;
        sums.Rows = g.KernelRows;
        sums.Columns = EngineLayout.RoundUp(l.Out.Plane) / Lane;
        sums.Input = own.PaddedInput;
        sums.InputColumnStride = Lane;
        sums.InputRowStride = g.StrideRows == 1 ? l.Out.Columns : l.Out.Plane;
        sums.InputTapStride = unrolled;
        sums.InputChannelStride = sums.InputTapStride * g.KernelColumns;
        sums.Weights = l.Weight;
        sums.Bias = l.Bias;
        sums.Output = l.Output;
        sums.OutputOutputStride = sums.Columns * Lane;
    }

    /// <summary>On lanes: zero columns left and right of the input, and the descriptor of a row.</summary>
    private static void PlanLanes(scoped in LayerState l, ref ConvolutionState own, EngineLayout layout)
    {
        Geometry g = l.Window;
        if (g.PadColumns > 0)
        {
            own.PaddedInputColumns = l.In.Columns + 2 * g.PadColumns;
            own.PaddedInputTile = (nint)l.In.Channels * l.In.Rows * own.PaddedInputColumns * Lane;
            own.PaddedInput = layout.Tiles(own.PaddedInputTile);
        }
        ref Correlation sums = ref own.Descriptor;
        sums.Columns = l.Out.Columns;
        sums.InputColumnStride = (nint)g.StrideColumns * Lane;
        sums.InputRowStride = (nint)own.PaddedInputColumns * Lane;
        sums.InputTapStride = Lane;
        sums.InputChannelStride = sums.InputRowStride * l.In.Rows;
    }

    private static void DescribeSums(scoped in LayerState l, ref ConvolutionState own)
    {
        ref Correlation sums = ref own.Descriptor;
        sums.WeightTapStride = 1;
        sums.WeightRowStride = l.Window.KernelColumns;
        sums.WeightChannelStride = (nint)l.Window.KernelRows * l.Window.KernelColumns;
        sums.WeightOutputStride = sums.WeightChannelStride * l.In.Channels;
        sums.OutputColumnStride = Lane;
        sums.Channels = l.In.Channels;
        sums.Taps = l.Window.KernelColumns;
        sums.Floor = l.ReluFloor;
    }

    private static void PlanGradients(scoped in LayerState l, Layer layer, ref ConvolutionState own, EngineLayout layout)
    {
        own.SumsTile = (4 * l.Window.KernelRows * l.Window.KernelColumns + Lane + 1) * Lane;
        own.Sums = layout.Tiles(own.SumsTile);
        own.PartialCount = EngineLayout.RoundUp(layer.WeightCount) + EngineLayout.RoundUp(layer.BiasCount);
        own.PartialTile = own.PartialCount;
        own.Partial = layout.Tiles(own.PartialTile);
        if (l.InputGradient == null && !layout.NeedsInputGradient(l.Index)) return;
        Reach(in l, out int left, out int right);
        own.PaddedGradient = l.OutputGradient;
        own.PaddedGradientTile = l.OutputTile;
        own.PaddedGradientColumns = l.Out.Columns;
        if (left == 0 && right == 0) return;
        own.PaddedGradientLeft = left;
        own.PaddedGradientColumns = left + l.Out.Columns + right;
        own.PaddedGradientTile = (nint)l.Out.Channels * l.Out.Rows * own.PaddedGradientColumns * Lane;
        own.PaddedGradient = layout.Tiles(own.PaddedGradientTile);
    }

    /// <summary>How far the taps reach beyond the output gradient's columns, over all input columns.</summary>
    private static void Reach(scoped in LayerState l, out int left, out int right)
    {
        Geometry g = l.Window;
        left = right = 0;
        for (int b = 0; b < l.In.Columns; b++)
        {
            int column = (b + g.PadColumns) / g.StrideColumns, first = (b + g.PadColumns) % g.StrideColumns;
            int taps = first >= g.KernelColumns ? 0 : (g.KernelColumns - first + g.StrideColumns - 1) / g.StrideColumns;
            if (taps == 0) continue;
            if (taps - 1 - column > left) left = taps - 1 - column;
            if (column - l.Out.Columns + 1 > right) right = column - l.Out.Columns + 1;
        }
        // A group of two columns runs the taps of both.
        if (left > 0) left++;
        if (right > 0) right++;
    }
}
