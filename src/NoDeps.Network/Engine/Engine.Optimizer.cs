using System.Runtime.CompilerServices;
using System.Threading;

namespace NoDeps.Network;

/// <content>The optimizer's step, the norm of the gradients, and the average of the parameters.</content>
public sealed unsafe partial class Engine
{
    /// <summary>The constant that torch.nn.utils.clip_grad_norm_ adds to the norm before dividing by it.</summary>
    private const double NormEpsilon = 1e-6;

    /// <summary>
    /// <see cref="Backward"/> and <see cref="Update"/> in one, with the same result and less memory traffic: dense
    /// layers' weights are updated as soon as their gradient is computed, and the gradient is not stored. With
    /// clipping, the update follows the complete backward pass.
    /// </summary>
    public void BackwardAndUpdate(in OptimizerStep step)
    {
        Prepare(in step);
        if (_options.Kernel != KernelForm.Scalar && step.ClipNorm <= 0) _layout.Batch->Update = _layout.Optimizer;
        _backward.Run(_team);
        Finish(in step);
        _layout.Batch->Update = null;
    }

    /// <summary>Updates the parameters by their gradients.</summary>
    public void Update(in OptimizerStep step)
    {
        Prepare(in step);
        Finish(in step);
    }

    /// <summary>
    /// The L2 norm of all gradients at the last step with <see cref="OptimizerStep.ClipNorm"/>, before clipping.
    /// </summary>
    public double GradientNorm { get; private set; }

    /// <summary>Elements of the average; 0 without <see cref="EngineOptions.KeepsAverage"/>.</summary>
    public int AverageCount => _layout.AverageCount;

    /// <summary>
    /// The average, [<see cref="AverageCount"/>]: of the parameters in their layout, followed, layer by layer, by that
    /// of the running means and variances. A checkpoint stores it as it is.
    /// </summary>
    public float* Average => _layout.Average;

    /// <summary>
    /// Swaps parameters and running statistics with their average, so that evaluating and saving use the average; a
    /// second call swaps them back, with the same bits. Does nothing without <see cref="EngineOptions.KeepsAverage"/>.
    /// </summary>
    public void SwapAverage()
    {
        if (_layout.Average == null) return;
        _inverseStdIsStale = true;
        Swap(_layout.Parameters, _layout.Average, _network.FlatParameters);
        float* at = _layout.Average + _network.FlatParameters;
        for (int i = 0; i < _network.LayerCount; i++)
        {
            if (!_network.Layers[i].HasRunningStatistics) continue;
            BatchNormalizationState* own = _layout.Layers[i].BatchNormalization;
            int channels = _network.Layers[i].BiasCount;
            Swap(own->RunningMean, at, channels);
            Swap(own->RunningVariance, at + channels, channels);
            at += 2 * channels;
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Swap(float* a, float* b, int count)
    {
        for (int i = 0; i < count; i++)
        {
            float number = a[i];
            a[i] = b[i];
            b[i] = number;
        }
    }

    /// <summary>The part of the update that follows the backward pass.</summary>
    private void Finish(in OptimizerStep step)
    {
        if (step.ClipNorm > 0) Clip(step.ClipNorm);
        UpdateRest();
        if (_layout.Optimizer->Average != null) AverageStatistics(_layout.Optimizer->AverageShare);
    }

    /// <summary>Updates what the backward pass has not updated.</summary>
    private void UpdateRest()
    {
        int begin = 0;
        for (int i = 0; i < _network.LayerCount; i++)
        {
            if (_layout.Batch->Update == null || !_layout.Layers[i].CanFuseUpdate) continue;
            Run(_optimizer, begin, _network.Layers[i].WeightOffset);
            begin = _network.Layers[i].BiasOffset;
        }
        Run(_optimizer, begin, _network.FlatParameters);
    }

    /// <summary>Runs a kernel over the chunks of some parameters; returns the number of chunks.</summary>
    private int Run(delegate*<void*, int, void> kernel, int begin, int end)
    {
        const int chunk = OptimizerState.Chunk;
        OptimizerState* o = _layout.Optimizer;
        o->Begin = begin;
        o->End = end;
        int items = (end - begin + chunk - 1) / chunk;
        o->Body = kernel;
        o->Clock = _layout.Batch->Clock;
        delegate*<void*, int, void> body = o->Clock == null ? kernel : &TimedUpdate;
        if (items == 1) body(o, 0);
        else if (items > 1) _team.Run(body, o, items);
        return items;
    }

    /// <summary>
    /// Scales gradients so that their norm is at most <paramref name="norm"/>: torch.nn.utils.clip_grad_norm_. The factor is applied
    /// by the optimizer.
    /// </summary>
    private void Clip(double norm)
    {
        OptimizerState* o = _layout.Optimizer;
        int chunks = Run(_sumSquares, 0, _network.FlatParameters);
        double total = 0;
        for (int i = 0; i < chunks; i++) total += o->SquareSums[i];
        GradientNorm = System.Math.Sqrt(total);
        double scale = norm / (GradientNorm + NormEpsilon);
        if (!(scale >= 1)) o->Scale = (float)scale;
    }

    private void AverageStatistics(float share)
    {
        float* at = _layout.Average + _network.FlatParameters;
        for (int i = 0; i < _network.LayerCount; i++)
        {
            if (!_network.Layers[i].HasRunningStatistics) continue;
            BatchNormalizationState* own = _layout.Layers[i].BatchNormalization;
            int channels = _network.Layers[i].BiasCount;
            Blend(own->RunningMean, at, channels, share);
            Blend(own->RunningVariance, at + channels, channels, share);
            at += 2 * channels;
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Blend(float* from, float* average, int count, float share)
    {
        for (int i = 0; i < count; i++) average[i] = share == 1 ? from[i] : average[i] + share * (from[i] - average[i]);
    }

    private void Prepare(in OptimizerStep step)
    {
        OptimizerState* o = _layout.Optimizer;
        o->Parameters = _layout.Parameters;
        o->Gradients = _layout.Gradients;
        o->First = _layout.First;
        o->Second = _layout.Second;
        o->Kind = step.Kind;
        o->Rate = (float)step.LearningRate;
        o->Momentum = (float)step.Momentum;
        o->Decay = (float)step.WeightDecay;
        o->Keep = 1;
        o->Scale = 1;
        o->Average = step.AverageDecay > 0 ? _layout.Average : null;
        o->AverageShare = step.Number <= 1 ? 1 : (float)(1 - step.AverageDecay);
        if (step.Kind == OptimizerKind.AdamW)
        {
            o->Keep = (float)(1 - step.LearningRate * step.WeightDecay);
            o->Decay = 0;
        }
        if (step.Kind == OptimizerKind.Adam || step.Kind == OptimizerKind.AdamW)
        {
            o->Rate = (float)(step.LearningRate / (1 - Power(step.Momentum, step.Number)));
            o->OneLessMomentum = (float)(1 - step.Momentum);
            o->Beta2 = (float)step.Beta2;
            o->OneLessBeta2 = (float)(1 - step.Beta2);
            o->Root = (float)(1 / System.Math.Sqrt(1 - Power(step.Beta2, step.Number)));
            o->Epsilon = (float)step.Epsilon;
        }
    }

    private static void TimedUpdate(void* context, int item)
    {
        OptimizerState* o = (OptimizerState*)context;
        long start = o->Clock();
        o->Body(o, item);
        Interlocked.Add(ref o->Time, o->Clock() - start);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static double Power(double x, long n)
    {
        double result = 1;
        for (; n > 0; n >>= 1)
        {
            if ((n & 1) != 0) result *= x;
            x *= x;
        }
        return result;
    }
}
