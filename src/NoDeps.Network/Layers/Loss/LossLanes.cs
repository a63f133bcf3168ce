using System.Runtime.CompilerServices;
using NoDeps.Primitives;

namespace NoDeps.Network;

/// <summary>
/// The losses on lanes, their gradients (ŷ − y)/B with respect to the last output, probabilities and predictions. With
/// label smoothing ε the target y is (1 − ε) · one-hot + ε/C, as in torch.nn.CrossEntropyLoss (Szegedy et al.,
/// "Rethinking the Inception architecture", 2016, section 7). The loss itself is summed in float64, sample by sample
/// within a tile, then tile by tile.
/// </summary>
internal static unsafe class LossLanes<S, V> where S : struct, ISimd<V> where V : unmanaged
{
    private const int Lane = Lanes.Count;
    /// <summary>
    /// Rows of 16 floats that each tile needs: Σ e^(x − max), which the gradient of a weighted loss replaces by the samples' shares;
    /// the maximum; the prediction.
    /// </summary>
    public const int RowsPerTile = 3;

    /// <summary>Probabilities, predictions and loss of some tiles.</summary>
    public static void Forward(LayerState* l, int first, int count)
    {
        for (int tile = first; tile < first + count; tile++)
        {
            if (l->LossHead->Kind == LossKind.SoftmaxCrossEntropy) Softmax(l, tile);
            Predict(l, tile);
            if (l->Batch->HasLabels) l->Batch->TileLoss[tile] = TileLoss(l, tile);
        }
    }

    /// <summary>Ŷ(k, x) = e^X(k, x) / Σ e^X(k, y) (scratch, 3.1.1), after subtracting the largest logit.</summary>
    private static void Softmax(LayerState* l, int tile)
    {
        LossState* own = l->LossHead;
        int n = l->In.Size * Lane;
        float* x = l->Input + tile * l->InputTile;
        float* to = own->Probabilities + tile * l->InputTile;
        float* rows = own->Rows + (nint)tile * RowsPerTile * Lane;
        for (int lane = 0; lane < Lane; lane += S.Count)
        {
            V max = S.Load(x + lane), sum = S.Zero;
            for (int i = Lane + lane; i < n; i += Lane) max = S.Max(S.Load(x + i), max);
            for (int i = lane; i < n; i += Lane)
            {
                V e = ExponentialLanes<S, V>.Exp(S.Subtract(S.Load(x + i), max));
                S.Store(to + i, e);
                sum = S.Add(sum, e);
            }
            for (int i = lane; i < n; i += Lane) S.Store(to + i, S.Divide(S.Load(to + i), sum));
            S.Store(rows + lane, sum);
            S.Store(rows + Lane + lane, max);
        }
    }

    /// <summary>The class of the largest output; the first of equal ones.</summary>
    private static void Predict(LayerState* l, int tile)
    {
        float* x = l->Input + tile * l->InputTile;
        float* to = l->LossHead->Rows + ((nint)tile * RowsPerTile + 2) * Lane;
        for (int lane = 0; lane < Lane; lane += S.Count)
        {
            V best = S.Load(x + lane), place = S.Zero;
            for (int c = 1; c < l->In.Size; c++)
            {
                V value = S.Load(x + c * Lane + lane);
                place = S.SelectGreater(value, best, S.Create(c), place);
                best = S.Max(value, best);
            }
            S.Store(to + lane, place);
        }
    }

    private static double TileLoss(LayerState* l, int tile)
    {
        LossState* own = l->LossHead;
        float* x = l->Input + tile * l->InputTile;
        float* rows = own->Rows + (nint)tile * RowsPerTile * Lane;
        int valid = l->Batch->Valid(tile);
        double total = 0;
        for (int lane = 0; lane < valid; lane++)
        {
            int label = l->Batch->Labels[tile * Lane + lane];
            if (l->Batch->IsWeighted)
            {
                total += WeightedLoss(l, x + lane, rows + lane, label);
                continue;
            }
            if (own->Kind == LossKind.SoftmaxCrossEntropy)
            {
                // −Σ y log ŷ = log Σ e^(x − max) − Σ y (x − max)
                double max = rows[Lane + lane], target = x[label * Lane + lane] - max;
                if (own->Smoothing > 0) target = Smoothed(l, x + lane, max, target);
                total += Logarithm.Natural(rows[lane]) - target;
                continue;
            }
            total += SquaredError(l, x + lane, label);
        }
        return total;
    }

    private static double SquaredError(LayerState* l, float* x, int label)
    {
        double squares = 0;
        for (int c = 0; c < l->In.Size; c++)
        {
            double difference = x[c * Lane] - (c == label ? 1.0 : 0.0);
            squares += difference * difference;
        }
        return 0.5 * squares;
    }

    /// <summary>
    /// A sample's loss with the target t(c) = w(c)·y(c): Σ t · log Σ e^(x − max) − Σ t(c)·(x(c) − max), or w(label) times the squared
    /// error.
    /// </summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static double WeightedLoss(LayerState* l, float* x, float* rows, int label)
    {
        LossState* own = l->LossHead;
        double weight = Weight(own, label);
        if (own->Kind != LossKind.SoftmaxCrossEntropy) return weight * SquaredError(l, x, label);
        double max = rows[Lane], target = weight * (x[label * Lane] - max);
        for (int c = 0; c < l->In.Size && own->TotalSpread > 0; c++) target += own->SpreadWeights[c] * (x[c * Lane] - max);
        return (weight + own->TotalSpread) * Logarithm.Natural(rows[0]) - target;
    }

    /// <summary>Σ y (x − max) of a sample, where the label contributes (1 − ε) · <paramref name="target"/>.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static double Smoothed(LayerState* l, float* x, double max, double target)
    {
        LossState* own = l->LossHead;
        double sum = 0;
        for (int c = 0; c < l->In.Size; c++) sum += x[c * Lane] - max;
        return (1 - own->Smoothing) * target + own->Smoothing / l->In.Size * sum;
    }

    /// <summary>(ŷ − y)/B (scratch, 3.1.2), or (a − y)/B (Richard, equation 16); 0 in unused lanes.</summary>
    public static void Gradient(LayerState* l, int first, int count)
    {
        LossState* own = l->LossHead;
        if (l->Batch->IsWeighted)
        {
            WeightedGradient(l, first, count);
            return;
        }
        float share = 1f / l->Batch->Count;
        double spread = own->Smoothing / l->In.Size;
        float one = (float)(1 - own->Smoothing + spread);
        V shares = S.Create(share), others = S.Create((float)spread);
        for (int tile = first; tile < first + count; tile++)
        {
            float* y = (own->Kind == LossKind.SoftmaxCrossEntropy ? own->Probabilities : l->Input) + tile * l->InputTile;
            float* to = l->OutputGradient + tile * l->InputTile;
            for (int lane = 0; lane < Lane; lane += S.Count)
            {
                V mask = S.Load(l->Batch->Masks + (nint)tile * Lane + lane);
                for (int i = lane; i < l->In.Size * Lane; i += Lane)
                {
                    S.Store(to + i, S.And(mask, S.Multiply(S.Subtract(S.Load(y + i), others), shares)));
                }
            }
            int valid = l->Batch->Valid(tile);
            for (int lane = 0; lane < valid; lane++)
            {
                int at = l->Batch->Labels[tile * Lane + lane] * Lane + lane;
                to[at] = (y[at] - one) * share;
            }
        }
    }

    /// <summary>(ŷ·Σ t − t)/Σ w with the target t(c) = w(c)·y(c); for squared error w·(a − y)/Σ w.</summary>
    private static void WeightedGradient(LayerState* l, int first, int count)
    {
        LossState* own = l->LossHead;
        double whole = 1 / l->Batch->TotalWeight;
        for (int tile = first; tile < first + count; tile++)
        {
            float* y = (own->Kind == LossKind.SoftmaxCrossEntropy ? own->Probabilities : l->Input) + tile * l->InputTile;
            float* to = l->OutputGradient + tile * l->InputTile;
            float* shares = own->Rows + (nint)tile * RowsPerTile * Lane;
            int* labels = l->Batch->Labels + tile * Lane;
            int valid = l->Batch->Valid(tile);
            for (int lane = 0; lane < Lane; lane++)
                shares[lane] = lane < valid ? (float)((Weight(own, labels[lane]) + own->TotalSpread) * whole) : 0;
            for (int lane = 0; lane < Lane; lane += S.Count)
            {
                V mask = S.Load(l->Batch->Masks + (nint)tile * Lane + lane), share = S.Load(shares + lane);
                for (int c = 0; c < l->In.Size; c++)
                {
                    V spread = S.Create((float)(own->SpreadWeights[c] * whole));
                    int at = c * Lane + lane;
                    S.Store(to + at, S.And(mask, S.Subtract(S.Multiply(share, S.Load(y + at)), spread)));
                }
            }
            for (int lane = 0; lane < valid; lane++)
            {
                int at = labels[lane] * Lane + lane;
                to[at] = shares[lane] * y[at] - (float)((Weight(own, labels[lane]) + own->SpreadWeights[labels[lane]]) * whole);
            }
        }
    }

    /// <summary>The part of a sample's target that is its label's alone.</summary>
    private static double Weight(LossState* own, int label) => (1 - own->Smoothing) * own->ClassWeights[label];
}
