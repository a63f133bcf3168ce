using NoDeps.Primitives;

namespace NoDeps.Network;

/// <summary>
/// Fully connected layers as the papers write them, one sample at a time (scratch, 3.2; Richard, equations 1, 9, 10 and
/// 13). Elements of a sample are <c>stride</c> floats apart. The fast form is <see cref="DenseLanes{S, V}"/>.
/// </summary>
public static unsafe class DenseScalar
{
    private const int Lane = Lanes.Count;

    /// <summary>z(u) = Σ_v W(u, v)·x(v) + b(u) for the outputs first … first + count − 1.</summary>
    public static void Forward(float* input, int inputs, float* weight, float* bias, float* output, int first, int count,
        nint stride)
    {
        for (int u = first; u < first + count; u++)
        {
            float z = bias[u];
            for (int v = 0; v < inputs; v++) z = System.MathF.FusedMultiplyAdd(weight[(nint)u * inputs + v], input[v * stride], z);
            output[u * stride] = z;
        }
    }

    /// <summary>∂L/∂x(v) = Σ_u δ(u)·W(u, v) for the inputs first … first + count − 1.</summary>
    public static void InputGradient(float* gradient, int outputs, float* weight, int inputs, float* inputGradient,
        int first, int count, nint stride)
    {
        for (int v = first; v < first + count; v++)
        {
            float sum = 0;
            for (int u = 0; u < outputs; u++) sum = System.MathF.FusedMultiplyAdd(gradient[u * stride], weight[(nint)u * inputs + v], sum);
            inputGradient[v * stride] = sum;
        }
    }

    /// <summary>Adds ∂L/∂W(u, v) = δ(u)·x(v) and ∂L/∂b(u) = δ(u) of one sample, for some outputs u.</summary>
    public static void AddWeightGradient(float* gradient, float* input, int inputs, float* weightGradient,
        float* biasGradient, int first, int count, nint stride)
    {
        for (int u = first; u < first + count; u++)
        {
            float d = gradient[u * stride];
            biasGradient[u] += d;
            float* row = weightGradient + (nint)u * inputs;
            for (int v = 0; v < inputs; v++) row[v] = System.MathF.FusedMultiplyAdd(d, input[v * stride], row[v]);
        }
    }

    internal static void Forward(LayerState* l, int first, int count) => Forward(l, first * Lane, count * Lane, 0, l->Out.Size);

    internal static void ForwardChannels(LayerState* l, int first, int count) =>
        Forward(l, 0, l->Batch->Tiles * Lane, first, count);

    private static void Forward(LayerState* l, int sample, int samples, int first, int count)
    {
        for (int end = sample + samples; sample < end; sample++)
        {
            float* y = l->Output + sample / Lane * l->OutputTile + sample % Lane;
            Forward(l->Input + sample / Lane * l->InputTile + sample % Lane, l->In.Size, l->Weight, l->Bias, y, first, count, Lane);
            for (int u = first; u < first + count; u++)
            {
                if (y[(nint)u * Lane] < l->ReluFloor) y[(nint)u * Lane] = l->ReluFloor;
            }
        }
    }

    internal static void InputGradientChannels(LayerState* l, int first, int count)
    {
        for (int sample = 0; sample < l->Batch->Tiles * Lane; sample++)
        {
            InputGradient(l->OutputGradient + sample / Lane * l->OutputTile + sample % Lane, l->Out.Size, l->Weight,
                l->In.Size, l->InputGradient + sample / Lane * l->InputTile + sample % Lane, first, count, Lane);
        }
    }

    /// <summary>The whole gradient, with the first inputs.</summary>
    internal static void WeightGradientChannels(LayerState* l, int first, int count)
    {
        if (first > 0) return;
        for (nint i = 0; i < (nint)l->Out.Size * l->In.Size; i++) l->WeightGradient[i] = 0;
        for (int u = 0; u < l->Out.Size; u++) l->BiasGradient[u] = 0;
        for (int sample = 0; sample < l->Batch->Count; sample++)
        {
            AddWeightGradient(l->OutputGradient + sample / Lane * l->OutputTile + sample % Lane,
                l->Input + sample / Lane * l->InputTile + sample % Lane, l->In.Size, l->WeightGradient, l->BiasGradient,
                0, l->Out.Size, Lane);
        }
    }
}
