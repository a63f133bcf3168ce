using System;
using System.Runtime.CompilerServices;
using NoDeps.Formats;
using NoDeps.Primitives;

namespace NoDeps.Network;

/// <summary>
/// A network computed by another implementation: a safetensors file with the description, the learning rate and the
/// batch size in its metadata, and the tensors of <see cref="ReferenceRole"/>. Each of them must be present, with the
/// type and shape that the description implies, and there must be no others.
/// </summary>
public sealed unsafe class VerificationCase
{
    /// <summary>Maximum samples of a case.</summary>
    public const int MaxSamples = 65536;
    /// <summary>Maximum elements of a tensor.</summary>
    private const long MaxElements = int.MaxValue / 4;
    private const int MaxShapeBytes = 128;
    private const int MaxRank = 4;

    private SafetensorsFile _file;
    private readonly int[] _shape = new int[MaxRank];
    private readonly byte[] _name = new byte[ModelFile.MaxNameBytes];

    /// <summary>The network.</summary>
    public NetworkDescription Description;
    /// <summary>Learning rate of the three steps.</summary>
    public double LearningRate;
    /// <summary>Samples.</summary>
    public int Batch;
    /// <summary>The tensors, grouped by role; only the first <see cref="Count"/> entries are used.</summary>
    public ReferenceTensor[] Tensors;
    /// <summary>The number of tensors.</summary>
    public int Count;

    private VerificationCase()
    {
    }

    /// <summary>Reads and checks a case; the file must stay in memory as long as the case is used.</summary>
    public static Fault Open(byte* file, long length, out VerificationCase result)
    {
        result = new VerificationCase();
        Fault fault = SafetensorsFile.Open(file, length, out result._file);
        if (fault.IsNone) fault = result.ReadMetadata();
        if (fault.IsNone) fault = result.ReadTensors();
        return fault;
    }

    /// <summary>The first tensor of a role; null if there is none.</summary>
    public ReferenceTensor Find(ReferenceRole role)
    {
        for (int i = 0; i < Count; i++)
        {
            if (Tensors[i].Role == role) return Tensors[i];
        }
        return null;
    }

    // ---- metadata ----

    private Fault ReadMetadata()
    {
        if (!_file.TryMetadata("net"u8, out ReadOnlySpan<byte> raw)) return NoMetadata("no \"net\" in the metadata"u8);
        byte[] text = new byte[raw.Length];
        Fault fault = NetworkDescription.Parse(new ReadOnlySpan<byte>(text, 0, JsonText.Unescape(raw, text)), out Description);
        if (!fault.IsNone) return fault;
        if (!TryNumber("learning_rate"u8, out LearningRate) || !(LearningRate >= 0))
            return NoMetadata("no \"learning_rate\" of at least 0 in the metadata"u8);
        if (!TryNumber("batch"u8, out double batch) || !(batch >= 1 && batch <= MaxSamples) || batch != (int)batch)
            return NoMetadata("no \"batch\" from 1 to 65536 in the metadata"u8);
        Batch = (int)batch;
        if (TryNumber("parameters"u8, out double parameters) && parameters != Description.ParameterCount)
        {
            return Fault.Numbers(FaultKind.Data, "the metadata and the description disagree about the number of parameters"u8,
                Description.ParameterCount, (long)parameters);
        }
        for (int i = 0; i < Description.LayerCount; i++)
        {
            if (Description.Layers[i].Kind != LayerKind.Dropout || Description.Layers[i].DropProbability == 0) continue;
            return Fault.AtLine(Description.Layers[i].Line,
                "dropout is random, so a network with it has no reference\n"u8 + "make the case without dropout"u8);
        }
        return fault;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private bool TryNumber(ReadOnlySpan<byte> key, out double value)
    {
        value = 0;
        return _file.TryMetadata(key, out ReadOnlySpan<byte> raw) && FloatParse.Double(raw, out value, out int consumed)
            && consumed == raw.Length && double.IsFinite(value);
    }

    private static Fault NoMetadata(ReadOnlySpan<byte> what) => Fault.Of(FaultKind.Data, what)
        .WithHint("a reference case needs net, learning_rate and batch under \"__metadata__\""u8);

    // ---- tensors ----

    private Fault ReadTensors()
    {
        // Per layer at most five tensors of state, before and after, two gradients and an output.
        Tensors = new ReferenceTensor[13 * Description.LayerCount + 6];
        Fault fault = TakeState(ReferenceRole.Parameter, "param."u8, ReferenceTensor.BatchesTracked);
        if (fault.IsNone) fault = TakeActivation(ReferenceRole.Input, "input"u8, Description.Input);
        if (fault.IsNone) fault = TakeLabels();
        for (int i = 0; i < Description.LayerCount && fault.IsNone; i++) fault = TakeOutput(i);
        if (fault.IsNone) fault = TakeLoss();
        if (fault.IsNone) fault = TakeActivation(ReferenceRole.InputGradient, "grad.input"u8, Description.Input);
        if (fault.IsNone) fault = TakeState(ReferenceRole.Gradient, "grad."u8, ParameterKind.Bias);
        if (fault.IsNone) fault = TakeState(ReferenceRole.After, "after."u8, ReferenceTensor.BatchesTracked);
        if (fault.IsNone) fault = TakeActivation(ReferenceRole.Evaluation, "eval.output"u8, Description.Output);
        return fault.IsNone ? FindUnknown() : fault;
    }

    private Fault TakeState(ReferenceRole role, ReadOnlySpan<byte> prefix, ParameterKind last)
    {
        Fault fault = Fault.None;
        for (int i = 0; i < Description.LayerCount; i++)
        {
            Layer layer = Description.Layers[i];
            for (ParameterKind kind = ParameterKind.Weight; kind <= last && fault.IsNone; kind++)
            {
                if (ModelFile.CountOf(layer, kind) == 0) continue;
                bool isCount = kind == ReferenceTensor.BatchesTracked;
                Utf8Writer writer = new(_name);
                writer.Text(prefix);
                writer.Integer(i);
                writer.Byte((byte)'.');
                writer.Text(isCount ? "num_batches_tracked"u8 : ModelFile.NameOf(kind));
                _shape[0] = 1;
                int rank = 1;
                fixed (int* sizes = _shape)
                {
                    if (!isCount) rank = ModelFile.ShapeOf(layer, kind, sizes);
                }
                fault = Take(role, writer.Length, rank, isCount ? SafetensorsType.I64 : SafetensorsType.F32);
                Tensors[Count - 1].Layer = i;
                Tensors[Count - 1].Kind = kind;
            }
        }
        return fault;
    }

    private Fault TakeOutput(int layer)
    {
        Utf8Writer writer = new(_name);
        writer.Text("output."u8);
        writer.Integer(layer);
        Fault fault = TakeShape(ReferenceRole.Output, writer.Length, Description.Layers[layer].Output);
        Tensors[Count - 1].Layer = layer;
        return fault;
    }

    private Fault TakeLoss()
    {
        _shape[0] = 1;
        Fault fault = Take(ReferenceRole.Loss, Named("loss"u8), 1, SafetensorsType.F32);
        if (fault.IsNone && Description.Loss == LossKind.SoftmaxCrossEntropy)
            fault = TakeActivation(ReferenceRole.Probabilities, "probabilities"u8, new Shape(Description.Classes, 1, 1));
        return fault;
    }

    private Fault TakeLabels()
    {
        _shape[0] = Batch;
        Fault fault = Take(ReferenceRole.Labels, Named("labels"u8), 1, SafetensorsType.I64);
        if (!fault.IsNone) return fault;
        long* labels = (long*)Tensors[Count - 1].Data;
        for (int i = 0; i < Batch && fault.IsNone; i++)
        {
            if (labels[i] >= 0 && labels[i] < Description.Classes) continue;
            fault = Fault.Numbers(FaultKind.Data, "a label is not a class of the network\n"u8 +
                "the expected number is the last class"u8, Description.Classes - 1, labels[i]);
        }
        return fault;
    }

    private Fault TakeActivation(ReferenceRole role, ReadOnlySpan<byte> key, Shape sample) => TakeShape(role, Named(key), sample);

    private Fault TakeShape(ReferenceRole role, int nameLength, Shape sample)
    {
        _shape[0] = Batch;
        _shape[1] = sample.Channels;
        _shape[2] = sample.Rows;
        _shape[3] = sample.Columns;
        return Take(role, nameLength, sample.Plane == 1 ? 2 : MaxRank, SafetensorsType.F32);
    }

    private int Named(ReadOnlySpan<byte> key)
    {
        key.CopyTo(_name);
        return key.Length;
    }

    /// <summary>Adds the tensor whose key is in <see cref="name"/> and whose shape is in <see cref="shape"/>.</summary>
    private Fault Take(ReferenceRole role, int nameLength, int rank, SafetensorsType type)
    {
        ReferenceTensor tensor = new();
        Tensors[Count++] = tensor;
        tensor.Role = role;
        tensor.KeyText = new byte[nameLength];
        new ReadOnlySpan<byte>(_name, 0, nameLength).CopyTo(tensor.KeyText);
        ReadOnlySpan<byte> key = tensor.Key;
        if (!_file.TryFind(key, out SafetensorsEntry entry))
            return Fault.Of(FaultKind.Data, "missing tensor\n"u8 + "a reference case has every tensor of its network"u8).WithQuote(key);
        Fault fault = Fault.None;
        if (entry.Type != type)
        {
            fault = Differs("wrong type of tensor"u8, key, SafetensorsTypes.NameOf(type), SafetensorsTypes.NameOf(entry.Type));
        }
        else if (!HasShape(in entry, rank))
        {
            byte[] expected = new byte[MaxShapeBytes], found = new byte[8 * MaxShapeBytes];
            Utf8Writer writer = new(expected);
            for (int axis = 0; axis < rank; axis++) Size(ref writer, axis, _shape[axis]);
            int expectedLength = writer.Length;
            writer = new(found);
            for (int axis = 0; axis < entry.Rank; axis++) Size(ref writer, axis, entry.Dimension(axis));
            if (entry.Rank == 0) writer.Text("a single number"u8);
            fault = Differs("wrong shape of tensor"u8, key, new ReadOnlySpan<byte>(expected, 0, expectedLength), writer.Written);
        }
        else if (entry.Count > MaxElements)
        {
            fault = Fault.Numbers(FaultKind.Data, "more elements than fit"u8, MaxElements, entry.Count).WithQuote(key);
        }
        tensor.Count = (int)entry.Count;
        tensor.Data = entry.Data;
        return fault;
    }

    private static void Size(scoped ref Utf8Writer writer, int axis, long size)
    {
        if (axis > 0) writer.Byte((byte)'x');
        writer.Integer(size);
    }

    /// <summary>Trailing sizes of 1 are optional, as for a flat vector or a single number.</summary>
    private bool HasShape(in SafetensorsEntry entry, int rank)
    {
        bool same = true;
        for (int axis = 0; axis < rank || axis < entry.Rank; axis++)
        {
            long expected = axis < rank ? _shape[axis] : 1, found = axis < entry.Rank ? entry.Dimension(axis) : 1;
            same &= expected == found;
        }
        return same;
    }

    private static Fault Differs(ReadOnlySpan<byte> what, ReadOnlySpan<byte> key, ReadOnlySpan<byte> expected,
        ReadOnlySpan<byte> found)
    {
        byte[] hint = new byte[10 * MaxShapeBytes];
        Utf8Writer writer = new(hint);
        writer.Text("expected "u8);
        writer.Text(expected);
        writer.Text(", found "u8);
        writer.Text(found);
        return Fault.Of(FaultKind.Data, what).WithQuote(key).WithHint(writer.Written);
    }

    private Fault FindUnknown()
    {
        // Names are unique, so an equal count means that there are no others.
        for (int i = 0; i < _file.Count && _file.Count > Count; i++)
        {
            bool known = false;
            for (int k = 0; k < Count && !known; k++) known = JsonText.EqualTo(_file.RawNameAt(i), Tensors[k].Key);
            if (known) continue;
            return Fault.Of(FaultKind.Data, "a tensor that the network does not have\n"u8 +
                "do the description and the tensors belong together?"u8).WithQuote(_file.RawNameAt(i));
        }
        return Fault.None;
    }
}
