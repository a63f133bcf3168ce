using System;
using System.Runtime.CompilerServices;
using NoDeps.Primitives;

namespace NoDeps.Network;

/// <summary>
/// Runs a reference case on an engine, forward and backward, then three steps of plain gradient descent, then
/// evaluation mode, and compares each result. The error of a tensor is its largest difference, relative to its largest
/// magnitude.
/// </summary>
/// <remarks>
/// A tensor that cancels to zero has no magnitude of its own. A gradient (such as that of a bias before a batch
/// normalization) is then measured relative to the largest of its layer, and so is state; the output of a batch
/// normalization whose samples are all equal is measured relative to its parameters.
/// <para>
/// Float32 itself may be unable to reach the tolerance: a batch normalization over few samples amplifies differences,
/// and so does each step. So, where a tensor of the first pass, or of the state after the steps, exceeds the tolerance,
/// that half is rerun several times, with every parameter and input randomly moved to a nearby float32, or left
/// unchanged, before each step. An error may be rounding when it is not much larger than the largest such movement, and
/// when the differences lie in the directions of such movements: their closest linear combination, over all tensors of
/// the half, is subtracted, and the residual is compared with the tolerance. Rounding is amplified in a few directions
/// that are characteristic of the network; a mistake points elsewhere. (Float32 reaches 1e-2 for the state of the
/// shared pedestrian case; the residual is 3e-5.)
/// </para>
/// </remarks>
public sealed unsafe class Verification
{
    /// <summary>The number of reruns.</summary>
    public const int Repeats = 32;
    /// <summary>The maximum ratio of an error to the largest movement: noise in the input differs from rounding inside the sums.</summary>
    private const double Allowance = 4;
    /// <summary>
    /// The allowed residual is the product of a tensor's movement, the largest movement of any tensor, and this: the
    /// network is not quite linear, and the residual of a linear fit grows with the square.
    /// </summary>
    private const double Curvature = 0.1;
    /// <summary>Beyond this movement the network is not linear at all, and the residual has no meaning.</summary>
    private const double Chaotic = 0.5;
    /// <summary>By how many units in the last place noise moves a number: the rounding of a sum of a few terms.</summary>
    private const int NoiseUnits = 2;
    /// <summary>A tensor smaller than this fraction of the largest of its kind in its layer is measured relative to that one.</summary>
    private const double Negligible = 1e-4;
    private const int Steps = 3;
    private const ulong NoiseSeed = 1;

    private readonly VerificationCase _reference;
    private readonly Engine _engine;
    private readonly double _tolerance;
    private readonly float* _input;
    private readonly float* _ours;
    private readonly float* _kept;
    private readonly float* _differences;
    private readonly float* _moves;
    private readonly byte* _labels;
    private bool _isLate;
    private nint _length;
    private Philox _random;
    private uint _bits;

    /// <summary>Bytes of memory, excluding the engine's.</summary>
    public static long BytesNeeded(VerificationCase reference) =>
        sizeof(float) * (reference.Find(ReferenceRole.Input).Count + LargestTensor(reference)
        + (Repeats + 2) * LongestHalf(reference)) + reference.Batch;

    private static long LargestTensor(VerificationCase reference)
    {
        long largest = 0;
        for (int i = 0; i < reference.Count; i++) largest = Math.Max(largest, reference.Tensors[i].Count);
        return largest;
    }

    /// <summary>Elements of the results of the first pass, or of those after the steps.</summary>
    private static long Elements(VerificationCase reference, bool late)
    {
        long sum = 0;
        for (int i = 0; i < reference.Count; i++)
        {
            ReferenceTensor tensor = reference.Tensors[i];
            if (tensor.IsResult && tensor.IsLate == late) sum += tensor.Count;
        }
        return sum;
    }

    private static long LongestHalf(VerificationCase reference) => Math.Max(Elements(reference, false), Elements(reference, true));

    /// <summary>The options that the engine must have.</summary>
    public static EngineOptions Options
    {
        get
        {
            EngineOptions options = default;
            options.KeepOutputs = true;
            options.WantInputGradient = true;
            return options;
        }
    }

    /// <summary>Prepares a run.</summary>
    /// <param name="reference">The case; its tensors receive the results.</param>
    /// <param name="engine">An engine of the case's network with <see cref="Options"/>, for as many samples.</param>
    /// <param name="tolerance">The largest error that passes, at least 0.</param>
    /// <param name="memory"><see cref="BytesNeeded"/> bytes, aligned for floats.</param>
    public Verification(VerificationCase reference, Engine engine, double tolerance, byte* memory)
    {
        _reference = reference;
        _engine = engine;
        _tolerance = tolerance;
        nint half = (nint)LongestHalf(reference);
        _input = (float*)memory;
        _ours = _input + reference.Find(ReferenceRole.Input).Count;
        _kept = _ours + LargestTensor(reference);
        _differences = _kept + half;
        _moves = _differences + half;
        _labels = (byte*)(_moves + Repeats * half);
    }

    /// <summary>The number of wrong tensors, after <see cref="Run"/>.</summary>
    public int Wrong { get; private set; }

    /// <summary>The number of tensors that pass only because rounding explains their error.</summary>
    public int Rounded { get; private set; }

    /// <summary>Runs the case; afterwards its tensors hold the results of the comparison.</summary>
    public void Run()
    {
        long* classes = (long*)_reference.Find(ReferenceRole.Labels).Data;
        for (int i = 0; i < _reference.Batch; i++) _labels[i] = (byte)classes[i];
        SetScales();
        RunHalf(false);
        RunHalf(true);
    }

    /// <summary>The first pass, or the state after the steps and the evaluation.</summary>
    private void RunHalf(bool late)
    {
        _isLate = late;
        _length = (nint)Elements(_reference, late);
        Compute(false);
        if (Compare()) return;
        for (int repeat = 0; repeat < Repeats; repeat++)
        {
            _random = new Philox(NoiseSeed, (ulong)repeat);
            _bits = 0;
            Compute(true);
            Move(_moves + (nint)repeat * _length);
        }
        MeasureRest();
        Judge();
    }

    // ---- running ----

    /// <summary>From the case's parameters to the results of this half, with or without noise.</summary>
    private void Compute(bool noisy)
    {
        LoadState();
        if (noisy) Disturb(_input, _reference.Find(ReferenceRole.Input).Count);
        for (int step = 0; step < (_isLate ? Steps : 1); step++)
        {
            if (noisy) DisturbParameters();
            _engine.LoadInput(_input, _reference.Batch);
            _engine.SetLabels(_labels, null);
            _engine.Forward(isTraining: true);
            _engine.Backward();
            if (_isLate) Descend();
        }
        if (!_isLate) return;
        _engine.LoadInput(_input, _reference.Batch);
        _engine.Forward(isTraining: false);
    }

    private void LoadState()
    {
        for (int i = 0; i < _reference.Count; i++)
        {
            ReferenceTensor tensor = _reference.Tensors[i];
            if (tensor.Role == ReferenceRole.Input) Copy(tensor.Data, (byte*)_input, sizeof(float) * (long)tensor.Count);
            if (tensor.Role != ReferenceRole.Parameter) continue;
            if (tensor.IsCount) *_engine.BatchesTracked(tensor.Layer) = tensor.WholeNumber;
            else Copy(tensor.Data, (byte*)_engine.Parameter(tensor.Layer, tensor.Kind, out _), sizeof(float) * (long)tensor.Count);
        }
    }

    private static void Copy(byte* from, byte* to, long bytes) => MemoryCopy.Copy(to, from, (nuint)bytes);

    private void Descend()
    {
        OptimizerStep step = default;
        step.Kind = OptimizerKind.Sgd;
        step.LearningRate = _reference.LearningRate;
        step.Number = 1;
        _engine.Update(in step);
    }

    private void DisturbParameters()
    {
        for (int i = 0; i < _reference.Count; i++)
        {
            ReferenceTensor tensor = _reference.Tensors[i];
            if (tensor.Role == ReferenceRole.Parameter && !tensor.IsCount)
                Disturb(_engine.Parameter(tensor.Layer, tensor.Kind, out _), tensor.Count);
        }
    }

    /// <summary>Moves each nonzero number up, down, or not at all, with probabilities 1/4, 1/4 and 1/2.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Disturb(float* numbers, int count)
    {
        for (int i = 0; i < count; i++)
        {
            if (_bits < 4) _bits = _random.NextUInt32() | 1u << 31;
            int move = (int)(_bits & 1) - (int)(_bits >> 1 & 1);
            _bits >>= 2;
            int pattern = BitConverter.SingleToInt32Bits(numbers[i]);
            if (numbers[i] != 0) numbers[i] = BitConverter.Int32BitsToSingle(pattern + NoiseUnits * move);
        }
    }

    // ---- comparing ----

    /// <summary>The engine's value of a tensor; valid until the next call.</summary>
    private float* Ours(ReferenceTensor tensor)
    {
        switch (tensor.Role)
        {
            case ReferenceRole.Output:
                _engine.CopyOutput(tensor.Layer, _ours);
                return _ours;
            case ReferenceRole.Loss:
                *_ours = (float)_engine.Loss();
                return _ours;
            case ReferenceRole.Probabilities:
                _engine.CopyProbabilities(_ours);
                return _ours;
            case ReferenceRole.InputGradient:
                _engine.CopyInputGradient(_ours);
                return _ours;
            case ReferenceRole.Gradient:
                return _engine.Gradient(tensor.Layer, tensor.Kind, out _);
            case ReferenceRole.After:
                return _engine.Parameter(tensor.Layer, tensor.Kind, out _);
            default:
                _engine.CopyOutput(_reference.Description.LayerCount - 1, _ours);
                return _ours;
        }
    }

    private bool IsOfThisHalf(ReferenceTensor tensor) => tensor.IsResult && tensor.IsLate == _isLate;

    /// <summary>Compares the results of this half with the case, and keeps them; true when all are within the tolerance.</summary>
    private bool Compare()
    {
        bool within = true;
        float* at = _kept;
        for (int i = 0; i < _reference.Count; i++)
        {
            ReferenceTensor tensor = _reference.Tensors[i];
            if (!IsOfThisHalf(tensor)) continue;
            tensor.Movement = tensor.Rest = -1;
            if (tensor.IsCount)
            {
                long difference = *_engine.BatchesTracked(tensor.Layer) - tensor.WholeNumber;
                tensor.Error = difference == 0 ? 0 : Math.Abs(difference / tensor.Scale);
            }
            else
            {
                float* numbers = Ours(tensor);
                tensor.Error = LargestDifference(numbers, tensor.Numbers, tensor.Count) / tensor.Scale;
                if (!double.IsFinite(tensor.Error)) tensor.Error = double.PositiveInfinity;
                Copy((byte*)numbers, (byte*)at, sizeof(float) * (long)tensor.Count);
            }
            within &= tensor.Error <= _tolerance;
            at += tensor.Count;
        }
        return within;
    }

    /// <summary>The largest |a − b|, or |a| without b; NaN if there is one.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static double LargestDifference(float* a, float* b, int count)
    {
        double most = 0;
        for (int i = 0; i < count; i++)
        {
            double difference = Math.Abs(b == null ? a[i] : (double)a[i] - b[i]);
            if (difference > most) most = difference;
            else if (double.IsNaN(difference)) return difference;
        }
        return most;
    }

    private void SetScales()
    {
        for (int i = 0; i < _reference.Count; i++)
        {
            ReferenceTensor tensor = _reference.Tensors[i];
            if (!tensor.IsResult) continue;
            double own = tensor.Magnitude();
            tensor.Scale = own;
            ReferenceRole role = tensor.Role;
            if (role == ReferenceRole.Output)
            {
                if (_reference.Description.Layers[tensor.Layer].Kind != LayerKind.BatchNormalization) continue;
                role = ReferenceRole.Parameter;
            }
            else if (role != ReferenceRole.Gradient && role != ReferenceRole.After)
            {
                continue;
            }
            double most = own;
            for (int k = 0; k < _reference.Count; k++)
            {
                ReferenceTensor other = _reference.Tensors[k];
                if (other.Role != role || other.Layer != tensor.Layer || other.Kind > ParameterKind.Bias) continue;
                double magnitude = other.Magnitude();
                if (magnitude > most) most = magnitude;
            }
            if (own < Negligible * most) tensor.Scale = most;
        }
        for (int i = 0; i < _reference.Count; i++)
        {
            // All zero: either equal, or a wrong result.
            if (_reference.Tensors[i].Scale == 0) _reference.Tensors[i].Scale = double.Epsilon;
        }
    }

    // ---- noise ----

    /// <summary>Records how far the results are from the stored ones.</summary>
    private void Move(float* to)
    {
        float* from = _kept;
        for (int i = 0; i < _reference.Count; i++)
        {
            ReferenceTensor tensor = _reference.Tensors[i];
            if (!IsOfThisHalf(tensor)) continue;
            if (tensor.IsCount)
            {
                *to = 0;
            }
            else
            {
                TakeDifference(to, Ours(tensor), from, tensor);
                double movement = LargestDifference(to, null, tensor.Count);
                if (movement > tensor.Movement) tensor.Movement = movement;
            }
            to += tensor.Count;
            from += tensor.Count;
        }
    }

    private static void TakeDifference(float* to, float* a, float* b, ReferenceTensor tensor)
    {
        for (int i = 0; i < tensor.Count; i++)
        {
            double difference = ((double)a[i] - b[i]) / tensor.Scale;
            to[i] = double.IsFinite(difference) ? (float)difference : 0;
        }
    }

    /// <summary>The residual of the differences after subtracting the closest linear combination of the movements.</summary>
    private void MeasureRest()
    {
        for (int pass = 0; pass < 2; pass++)
        {
            float* own = _kept;
            float* rest = _differences;
            for (int i = 0; i < _reference.Count; i++)
            {
                ReferenceTensor tensor = _reference.Tensors[i];
                if (!IsOfThisHalf(tensor)) continue;
                if (tensor.IsCount) *rest = 0;
                else if (pass == 0) TakeDifference(rest, own, tensor.Numbers, tensor);
                else tensor.Rest = LargestDifference(rest, null, tensor.Count);
                own += tensor.Count;
                rest += tensor.Count;
            }
            if (pass == 0) Projection.Remove(_moves, Repeats, _length, _differences);
        }
    }

    // ---- judging ----

    private void Judge()
    {
        double most = 0;
        for (int i = 0; i < _reference.Count; i++)
        {
            ReferenceTensor tensor = _reference.Tensors[i];
            if (IsOfThisHalf(tensor) && tensor.Movement > most) most = tensor.Movement;
        }
        for (int i = 0; i < _reference.Count; i++)
        {
            ReferenceTensor tensor = _reference.Tensors[i];
            if (!IsOfThisHalf(tensor) || tensor.Error <= _tolerance) continue;
            bool mayBe = double.IsFinite(tensor.Error) && tensor.Error <= Allowance * tensor.Movement
                && (most >= Chaotic || tensor.Rest <= _tolerance + Curvature * most * tensor.Movement);
            tensor.Verdict = mayBe ? Verdict.Rounding : Verdict.Wrong;
            if (mayBe) Rounded++;
            else Wrong++;
        }
    }
}
