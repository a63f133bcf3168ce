using System;
using NoDeps.Formats;
using NoDeps.Primitives;

namespace NoDeps.Network;

/// <summary>
/// Maps the tensors of a file to the parameters of a network: by name, if every parameter is present under its key of the
/// equivalent torch.nn.Sequential; otherwise by order and shape: each layer takes the first unused module of the file that
/// has all of its parameters with the right shapes. Modules are ordered as in the header or, if that is sorted by name, by
/// name with numbers compared numerically. If neither succeeds, biases of convolutions and dense layers may be missing;
/// they are set to 0, as in layers created without bias.
/// </summary>
public sealed unsafe class TensorMatch
{
    private const int Kinds = 5;
    private const int MaxListed = 160;
    /// <summary>Matching by order takes quadratic time; no network of these layers has nearly as many tensors.</summary>
    private const int MaxModules = 4096;

    private readonly SafetensorsFile _file;
    private readonly NetworkDescription _network;
    /// <summary>Per layer and kind, the index of the entry; −1 for none.</summary>
    private readonly int[] _sources;
    private readonly bool[] _used;
    /// <summary>The order in which modules are tried.</summary>
    private readonly int[] _order;
    /// <summary>True if modules may lack a bias.</summary>
    private bool _mayMiss;

    private TensorMatch(SafetensorsFile file, NetworkDescription network)
    {
        _file = file;
        _network = network;
        _sources = new int[Kinds * network.LayerCount];
        _used = new bool[file.Count];
        _order = new int[file.Count];
    }

    /// <summary>True if tensors were matched by order because names did not match.</summary>
    public bool IsByOrder { get; private set; }

    /// <summary>The layout of the file's weights.</summary>
    public TensorLayout Layout { get; private set; }

    /// <summary>The number of biases missing from the file.</summary>
    public int MissingBiases { get; private set; }

    /// <summary>Returns true if a bias is 0 because it is missing from the file.</summary>
    public bool IsMissing(int layer) => MayMiss(Kinds * layer + (int)ParameterKind.Bias) && SourceOf(layer, ParameterKind.Bias) < 0;

    /// <summary>The entry of a parameter; −1 if the layer has no such parameter, or the file does not contain it.</summary>
    public int SourceOf(int layer, ParameterKind kind) => _sources[Kinds * layer + (int)kind];

    /// <summary>The entry with a normalization's batch count; −1 for none.</summary>
    internal int BatchesOf(int layer) => _sources[Kinds * layer + TensorNames.Batches];

    /// <summary>Returns true if a layer uses that entry.</summary>
    public bool IsUsed(int entry) => _used[entry];

    /// <summary>Matches all parameters; a fault names the missing ones, or the first one with a wrong shape.</summary>
    public static Fault Of(SafetensorsFile file, NetworkDescription network, out TensorMatch match)
    {
        match = new TensorMatch(file, network);
        int missing = match.FindNames(out int found);
        bool isComplete = missing == 0;
        if (isComplete && match.HasShapes(TensorLayout.Torch, out _)) return Fault.None;
        if (isComplete && match.HasShapes(TensorLayout.Keras, out _))
        {
            match.Layout = TensorLayout.Keras;
            return Fault.None;
        }
        if (!isComplete && file.Count <= MaxModules)
        {
            match.Sort();
            match.IsByOrder = true;
            if (match.Assign(TensorLayout.Torch) || match.Assign(TensorLayout.Keras)) return Fault.None;
            match.IsByOrder = false;
            match.FindNames(out _);
            if (match.TryWithoutBiases(missing)) return Fault.None;
        }
        if (found > 0 && !match.HasShapes(TensorLayout.Torch, out int wrong)) return match.WrongShape(wrong);
        return found > 0 || file.Count > MaxModules ? match.Missing() : match.NoMatch();
    }

    /// <summary>Matches by name if everything except biases is present under its name, otherwise by order.</summary>
    /// <param name="missing">The parameters not found by name.</param>
    private bool TryWithoutBiases(int missing)
    {
        MissingBiases = CountMissing();
        if (MissingBiases == missing && !HasUnusedBias())
        {
            if (HasShapes(TensorLayout.Torch, out _)) return true;
            Layout = HasShapes(TensorLayout.Keras, out _) ? TensorLayout.Keras : TensorLayout.Torch;
            if (Layout == TensorLayout.Keras) return true;
        }
        _mayMiss = IsByOrder = true;
        if ((Assign(TensorLayout.Torch) || Assign(TensorLayout.Keras)) && !HasUnusedBias())
        {
            MissingBiases = CountMissing();
            return true;
        }
        _mayMiss = IsByOrder = false;
        Layout = TensorLayout.Torch;
        MissingBiases = 0;
        FindNames(out _);
        return false;
    }

    private int CountMissing()
    {
        int count = 0;
        for (int layer = 0; layer < _network.LayerCount; layer++) if (IsMissing(layer)) count++;
        return count;
    }

    /// <summary>Returns true if an unused tensor could be one of the missing biases; then the problem is its name.</summary>
    private bool HasUnusedBias()
    {
        for (int layer = 0; layer < _network.LayerCount; layer++)
        {
            if (!IsMissing(layer)) continue;
            for (int i = 0; i < _used.Length; i++)
            {
                bool isBias = !_used[i] && TensorNames.KindOf(_file.RawNameAt(i)) == (int)ParameterKind.Bias;
                if (isBias && HasShape(Kinds * layer + (int)ParameterKind.Bias, i, TensorLayout.Torch)) return true;
            }
        }
        return false;
    }

    /// <summary>Returns true for layers that may have been created without bias.</summary>
    private bool MayMiss(int place) => place % Kinds == (int)ParameterKind.Bias && Needs(place)
        && _network.Layers[place / Kinds].Kind is LayerKind.Convolution or LayerKind.Dense;

    private bool Needs(int place) => place % Kinds < TensorNames.Batches
        && ModelFile.CountOf(_network.Layers[place / Kinds], (ParameterKind)(place % Kinds)) > 0;

    private int FindNames(out int found)
    {
        Span<byte> buffer = stackalloc byte[ModelFile.MaxNameBytes];
        int missing = 0;
        found = 0;
        for (int i = 0; i < _used.Length; i++) _used[i] = false;
        for (int place = 0; place < _sources.Length; place++)
        {
            Layer layer = _network.Layers[place / Kinds];
            bool isCount = place % Kinds == TensorNames.Batches;
            _sources[place] = -1;
            if (isCount ? !layer.HasRunningStatistics : !Needs(place)) continue;
            int entry = _file.IndexOf(ModelFile.Name(buffer, layer.Index,
                isCount ? "num_batches_tracked"u8 : ModelFile.NameOf((ParameterKind)(place % Kinds))));
            _sources[place] = entry;
            if (entry >= 0) _used[entry] = true;
            if (isCount) continue;
            if (entry < 0) missing++;
            else found++;
        }
        return missing;
    }

    private bool HasShapes(TensorLayout layout, out int wrong)
    {
        for (wrong = 0; wrong < _sources.Length; wrong++)
        {
            if (Needs(wrong) && _sources[wrong] >= 0 && !HasShape(wrong, _sources[wrong], layout)) return false;
        }
        return true;
    }

    private bool HasShape(int place, int entry, TensorLayout layout)
    {
        int* shape = stackalloc int[4];
        int rank = ModelFile.ShapeOf(_network.Layers[place / Kinds], (ParameterKind)(place % Kinds), shape, layout);
        SafetensorsEntry found = _file.EntryAt(entry);
        bool same = found.Rank == rank;
        for (int axis = 0; axis < rank; axis++) same &= found.Dimension(axis) == shape[axis];
        return same;
    }

    /// <summary>Heap sort, since a file may have very many tensors.</summary>
    private void Sort()
    {
        bool isSorted = true;
        for (int i = 0; i < _order.Length; i++)
        {
            _order[i] = i;
            if (i > 0 && _file.EntryAt(i).Type == _file.EntryAt(i - 1).Type)
                isSorted &= TensorNames.IsSorted(_file.RawNameAt(i - 1), _file.RawNameAt(i));
        }
        if (!isSorted) return;
        for (int root = _order.Length / 2 - 1; root >= 0; root--) SiftDown(root, _order.Length);
        for (int end = _order.Length - 1; end > 0; end--)
        {
            Swap(0, end);
            SiftDown(0, end);
        }
    }

    private void SiftDown(int root, int end)
    {
        while (2 * root + 1 < end)
        {
            int child = 2 * root + 1;
            if (child + 1 < end && IsBefore(_order[child], _order[child + 1])) child++;
            if (!IsBefore(_order[root], _order[child])) return;
            Swap(root, child);
            root = child;
        }
    }

    private void Swap(int a, int b)
    {
        int kept = _order[a];
        _order[a] = _order[b];
        _order[b] = kept;
    }

    private bool IsBefore(int a, int b) => TensorNames.IsBefore(_file.RawNameAt(a), _file.RawNameAt(b));

    private bool Assign(TensorLayout layout)
    {
        for (int i = 0; i < _used.Length; i++) _used[i] = false;
        for (int i = 0; i < _sources.Length; i++) _sources[i] = -1;
        Layout = layout;
        for (int layer = 0; layer < _network.LayerCount; layer++)
        {
            if (!Needs(Kinds * layer)) continue;
            int at = 0;
            while (at < _order.Length && !TryModule(layer, _order[at], layout)) at++;
            if (at < _order.Length) continue;
            Layout = TensorLayout.Torch;
            return false;
        }
        return true;
    }

    /// <summary>Assigns a layer the module of that weight entry, if the module has everything that the layer needs.</summary>
    private bool TryModule(int layer, int weight, TensorLayout layout)
    {
        ReadOnlySpan<byte> name = _file.RawNameAt(weight);
        int place = Kinds * layer;
        if (_used[weight] || TensorNames.KindOf(name) != 0 || !HasShape(place, weight, layout)) return false;
        ReadOnlySpan<byte> module = name.Slice(0, TensorNames.ModuleLength(name));
        int* found = stackalloc int[Kinds];
        for (int kind = 0; kind < Kinds; kind++) found[kind] = -1;
        for (int i = 0; i < _order.Length; i++)
        {
            ReadOnlySpan<byte> other = _file.RawNameAt(i);
            if (TensorNames.ModuleLength(other) != module.Length || !other.Slice(0, module.Length).SequenceEqual(module)) continue;
            int kind = TensorNames.KindOf(other);
            if (kind >= 0 && !_used[i]) found[kind] = i;
        }
        for (int kind = 0; kind < TensorNames.Batches; kind++)
        {
            if (_mayMiss && found[kind] < 0 && MayMiss(place + kind)) continue;
            if (Needs(place + kind) ? found[kind] < 0 || !HasShape(place + kind, found[kind], layout) : found[kind] >= 0) return false;
        }
        for (int kind = 0; kind < Kinds; kind++)
        {
            _sources[place + kind] = found[kind];
            if (found[kind] >= 0) _used[found[kind]] = true;
        }
        return true;
    }

    /// <summary>The fault that names the missing tensors.</summary>
    internal Fault Missing()
    {
        Span<byte> buffer = stackalloc byte[ModelFile.MaxNameBytes];
        Utf8Writer list = new(stackalloc byte[MaxListed + ModelFile.MaxNameBytes]);
        int count = 0, listed = 0;
        for (int place = 0; place < _sources.Length; place++)
        {
            if (!Needs(place) || _sources[place] >= 0) continue;
            count++;
            if (list.Length > MaxListed - 40) continue;
            list.Text(listed++ == 0 ? "missing tensors: "u8 : ", "u8);
            list.Text(ModelFile.Name(buffer, place / Kinds, ModelFile.NameOf((ParameterKind)(place % Kinds))));
        }
        if (listed < count)
        {
            list.Text(" and "u8);
            list.Integer(count - listed);
            list.Text(" more"u8);
        }
        return Fault.Of(FaultKind.Data, list.Written)
            .WithHint("the keys are those of the equivalent torch.nn.Sequential, or match in order and shape"u8);
    }

    /// <summary>
    /// No name matches. Of the first layer without a module: what a module with fitting weights lacks, or else the first weight of its rank
    /// that fits no other layer and therefore has the wrong shape.
    /// </summary>
    private Fault NoMatch()
    {
        _mayMiss = true;
        Assign(TensorLayout.Torch);
        int* shape = stackalloc int[4];
        for (int layer = 0; layer < _network.LayerCount; layer++)
        {
            int place = Kinds * layer;
            if (!Needs(place) || _sources[place] >= 0) continue;
            int rank = ModelFile.ShapeOf(_network.Layers[layer], ParameterKind.Weight, shape, TensorLayout.Torch);
            int wrong = -1;
            for (int i = _order.Length - 1; i >= 0; i--)
            {
                int entry = _order[i];
                if (_used[entry] || TensorNames.KindOf(_file.RawNameAt(entry)) != 0 || _file.EntryAt(entry).Rank != rank) continue;
                if (HasShape(place, entry, TensorLayout.Torch)) return Incomplete(layer, entry);
                if (!FitsLater(layer, entry)) wrong = entry;
            }
            if (wrong < 0) return Missing(layer, shape, rank);
            _sources[place] = wrong;
            return WrongShape(place);
        }
        return Missing();
    }

    private bool FitsLater(int layer, int entry)
    {
        while (++layer < _network.LayerCount)
            if (Needs(Kinds * layer) && HasShape(Kinds * layer, entry, TensorLayout.Torch)) return true;
        return false;
    }

    /// <summary>The fault for a module that has the weights of a layer, but lacks another of its parameters.</summary>
    private Fault Incomplete(int layer, int weight)
    {
        Utf8Writer what = new(stackalloc byte[200]);
        what.Text("layer "u8);
        what.Integer(layer);
        what.Text(" needs "u8);
        bool isFirst = true;
        for (int kind = 0; kind < TensorNames.Batches; kind++)
        {
            if (!Needs(Kinds * layer + kind)) continue;
            if (!isFirst) what.Text(", "u8);
            isFirst = false;
            what.Text(ModelFile.NameOf((ParameterKind)kind));
        }
        what.Text("; some are missing, or have other shapes, beside tensor"u8);
        return Fault.Of(FaultKind.Data, what.Written).WithQuote(_file.RawNameAt(weight))
            .WithHint("do the description and the tensors belong together?"u8);
    }

    /// <summary>The fault for a layer whose weights no tensor can be.</summary>
    private static Fault Missing(int layer, int* shape, int rank)
    {
        Utf8Writer what = new(stackalloc byte[200]);
        what.Text("missing tensor: no unused weights have the shape "u8);
        WriteShape(ref what, shape, rank);
        what.Text(" of layer "u8);
        what.Integer(layer);
        return Fault.Of(FaultKind.Data, what.Written).WithHint("do the description and the tensors belong together?"u8);
    }

    private static void WriteShape(scoped ref Utf8Writer to, int* shape, int rank)
    {
        for (int axis = 0; axis < rank; axis++)
        {
            if (axis > 0) to.Byte((byte)'x');
            to.Integer(shape[axis]);
        }
    }

    private Fault WrongShape(int place)
    {
        int* shape = stackalloc int[4];
        int rank = ModelFile.ShapeOf(_network.Layers[place / Kinds], (ParameterKind)(place % Kinds), shape, TensorLayout.Torch);
        SafetensorsEntry found = _file.EntryAt(_sources[place]);
        Utf8Writer what = new(stackalloc byte[400]);
        what.Text("expected "u8);
        WriteShape(ref what, shape, rank);
        what.Text(", found "u8);
        for (int axis = 0; axis < found.Rank; axis++)
        {
            if (axis > 0) what.Byte((byte)'x');
            what.Integer(found.Dimension(axis));
        }
        if (found.Rank == 0) what.Text("a single number"u8);
        what.Text(": wrong shape of tensor"u8);
        return Fault.Of(FaultKind.Data, what.Written).WithQuote(_file.RawNameAt(_sources[place]))
            .WithHint("do the description and the tensors belong together?"u8);
    }
}
