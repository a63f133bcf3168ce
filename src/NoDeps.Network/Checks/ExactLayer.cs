using System;
using NoDeps.Primitives;

namespace NoDeps.Network;

/// <summary>
/// The forward pass of each layer for one sample, in float64 and in the papers' notation. Arrays are
/// [channel][row][column]. Layers with parameters can compute a subset of their output channels.
/// </summary>
internal static unsafe class ExactLayer
{
    private const double Epsilon = 1e-5;

    /// <summary>z(o, i, j) = b(o) + Σ w(o, c, u, v)·x(c, i·S − P + u, j·S − P + v) (scratch, 3.3.1).</summary>
    public static void Convolution(Layer layer, double* x, double* weight, double* bias, double* z, int first, int count)
    {
        Geometry g = layer.Window;
        Shape from = layer.Input, to = layer.Output;
        for (int o = first; o < first + count; o++)
        {
            double* plane = z + (nint)o * to.Plane;
            for (int k = 0; k < to.Plane; k++) plane[k] = bias[o];
            double* w = weight + (nint)o * from.Channels * g.KernelRows * g.KernelColumns;
            for (int c = 0; c < from.Channels; c++)
            {
                for (int u = 0; u < g.KernelRows; u++)
                {
                    for (int v = 0; v < g.KernelColumns; v++) AddTap(*w++, x + (nint)c * from.Plane, from, u, v, g, plane, to);
                }
            }
        }
    }

    /// <summary>Adds w·x(i·S − P + u, j·S − P + v) to each z(i, j); x is 0 outside the input.</summary>
    private static void AddTap(double w, double* x, Shape from, int u, int v, Geometry g, double* z, Shape to)
    {
        for (int i = 0; i < to.Rows; i++)
        {
            int row = i * g.StrideRows - g.PadRows + u;
            if (row < 0 || row >= from.Rows) continue;
            for (int j = 0; j < to.Columns; j++)
            {
                int column = j * g.StrideColumns - g.PadColumns + v;
                if ((uint)column < (uint)from.Columns) z[i * to.Columns + j] += w * x[row * from.Columns + column];
            }
        }
    }

    /// <summary>z(u) = b(u) + Σ W(u, v)·x(v) (scratch, 3.2).</summary>
    public static void Dense(Layer layer, double* x, double* weight, double* bias, double* z, int first, int count)
    {
        int inputs = layer.Input.Size;
        for (int u = first; u < first + count; u++)
        {
            double* w = weight + (nint)u * inputs;
            // Two independent sums hide the latency of the additions.
            double even = bias[u], odd = 0;
            int v = 0;
            for (; v + 1 < inputs; v += 2)
            {
                even += w[v] * x[v];
                odd += w[v + 1] * x[v + 1];
            }
            if (v < inputs) even += w[v] * x[v];
            z[u] = even + odd;
        }
    }

    /// <summary>
    /// The maximum, or the mean, of each window (scratch, 3.4); padding is never the maximum and counts as 0 in the
    /// mean.
    /// </summary>
    public static void Pooling(Layer layer, double* x, double* z)
    {
        Geometry g = layer.Window;
        Shape from = layer.Input, to = layer.Output;
        for (int o = 0; o < to.Size; o++)
        {
            int c = o / to.Plane, i = o % to.Plane / to.Columns, j = o % to.Columns;
            double largest = double.NegativeInfinity, sum = 0;
            for (int k = 0; k < g.KernelRows * g.KernelColumns; k++)
            {
                int row = i * g.StrideRows - g.PadRows + k / g.KernelColumns;
                int column = j * g.StrideColumns - g.PadColumns + k % g.KernelColumns;
                if (row < 0 || row >= from.Rows || column < 0 || column >= from.Columns) continue;
                double value = x[(nint)c * from.Plane + row * from.Columns + column];
                sum += value;
                if (value > largest) largest = value;
            }
            z[o] = layer.Kind == LayerKind.MaximumPooling ? largest : sum / (g.KernelRows * g.KernelColumns);
        }
    }

    /// <summary>ReLU, leaky ReLU, sigmoid and tanh (Richard, equations 3 and 23).</summary>
    public static double Activation(LayerKind kind, double slope, double x)
    {
        switch (kind)
        {
            case LayerKind.Relu:
                return x > 0 ? x : 0;
            case LayerKind.LeakyRelu:
                return x > 0 ? x : slope * x;
            case LayerKind.Sigmoid:
                return 1 / (1 + Exponential.Of(-x));
            default:
                double t = Exponential.Of(-2 * Math.Abs(x));
                return x < 0 ? (t - 1) / (1 + t) : (1 - t) / (1 + t);
        }
    }

    /// <summary>
    /// Batch normalization of one channel in training mode (pedestrians, section 9): mean and biased variance over samples
    /// and positions, y = γ·(x − μ)/√(σ² + ε) + β with ε = 1e-5. <paramref name="x"/> and <paramref name="y"/> point to
    /// the channel's first element in each sample.
    /// </summary>
    public static void BatchNormalization(double** x, double** y, int samples, int plane, double gamma, double beta)
    {
        double n = (double)samples * plane, mean = 0, variance = 0;
        for (int s = 0; s < samples; s++)
        {
            for (int i = 0; i < plane; i++) mean += x[s][i];
        }
        mean /= n;
        for (int s = 0; s < samples; s++)
        {
            for (int i = 0; i < plane; i++) variance += (x[s][i] - mean) * (x[s][i] - mean);
        }
        double scale = gamma / Math.Sqrt(variance / n + Epsilon);
        for (int s = 0; s < samples; s++)
        {
            for (int i = 0; i < plane; i++) y[s][i] = scale * (x[s][i] - mean) + beta;
        }
    }

    /// <summary>
    /// The loss of one sample: −Σ y·log ŷ with ŷ = softmax(x) (scratch, 3.1.1; pedestrians, section 3), where y is the
    /// one-hot target with label smoothing; or half the squared distance to the one-hot target (Richard, equation 15).
    /// </summary>
    public static double Loss(NetworkDescription network, double* x, int label)
    {
        int classes = network.Classes;
        double sum = 0;
        if (network.Loss == LossKind.SquaredError)
        {
            for (int c = 0; c < classes; c++)
            {
                double difference = x[c] - (c == label ? 1 : 0);
                sum += 0.5 * difference * difference;
            }
            return sum;
        }
        double largest = x[0];
        for (int c = 1; c < classes; c++) largest = x[c] > largest ? x[c] : largest;
        for (int c = 0; c < classes; c++) sum += Exponential.Of(x[c] - largest);
        double target = (1 - network.Smoothing) * (x[label] - largest);
        for (int c = 0; c < classes; c++) target += network.Smoothing / classes * (x[c] - largest);
        return Logarithm.Natural(sum) - target;
    }
}
