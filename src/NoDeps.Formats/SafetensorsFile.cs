using System;
using System.Runtime.CompilerServices;
using NoDeps.Primitives;

namespace NoDeps.Formats;

/// <summary>
/// A safetensors file in memory (the format of the safetensors library), fully validated by <see cref="Open"/>: 8 bytes of
/// header length, little-endian; a JSON object that maps each tensor's name to its dtype, shape and data_offsets; the data.
/// Tensors are views of the file; looking one up does not allocate.
/// </summary>
public sealed unsafe class SafetensorsFile
{
    /// <summary>The maximum number of dimensions of a tensor.</summary>
    public const int MaxRank = 8;

    /// <summary>The maximum length of the header in bytes, as in the reference implementation.</summary>
    public const int MaxHeaderLength = 100_000_000;

    private readonly byte* _header;
    private readonly int _headerLength;
    private SafetensorsEntry[] _entries;
    private JsonNames _names;
    private JsonNames _keys;
    /// <summary>The offset in the header and the length of each metadata key's raw value.</summary>
    private int[] _valueStarts;
    private int[] _valueLengths;

    private SafetensorsFile(byte* header, int length)
    {
        _header = header;
        _headerLength = length;
    }

    /// <summary>The number of tensors.</summary>
    public int Count => _names.Count;

    /// <summary>The number of metadata pairs.</summary>
    public int MetadataCount => _keys.Count;

    /// <summary>A tensor by index, 0 to <see cref="Count"/> − 1, in header order.</summary>
    public SafetensorsEntry EntryAt(int index) => _entries[index];

    /// <summary>The tensor's name as raw JSON text (<see cref="JsonText.Unescape"/>).</summary>
    public ReadOnlySpan<byte> RawNameAt(int index) => _names.RawAt(index);

    /// <summary>A metadata key by index, 0 to <see cref="MetadataCount"/> − 1, as raw JSON text.</summary>
    public ReadOnlySpan<byte> RawKeyAt(int index) => _keys.RawAt(index);

    /// <summary>A metadata value by index, as raw JSON text.</summary>
    public ReadOnlySpan<byte> RawValueAt(int index) => new(_header + _valueStarts[index], _valueLengths[index]);

    /// <summary>The index of the tensor with this name; −1 if there is none.</summary>
    public int IndexOf(ReadOnlySpan<byte> name) => _names.Find(name);

    /// <summary>Finds a tensor by name.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public bool TryFind(ReadOnlySpan<byte> name, out SafetensorsEntry entry)
    {
        int index = _names.Find(name);
        entry = default;
        if (index < 0) return false;
        entry = _entries[index];
        return true;
    }

    /// <summary>Finds a metadata value by key, as raw JSON text (<see cref="JsonText.Unescape"/>).</summary>
    public bool TryMetadata(ReadOnlySpan<byte> key, out ReadOnlySpan<byte> raw)
    {
        int index = _keys.Find(key);
        raw = index < 0 ? default : RawValueAt(index);
        return index >= 0;
    }

    /// <summary>The fault for a file that cannot begin with a header: it says what the file seems to be, if that is known.</summary>
    private static Fault Foreign(byte* file, long length, Fault fault)
    {
        ReadOnlySpan<byte> kind = FileKind.Describe(new ReadOnlySpan<byte>(file, (int)Math.Min(length, FileKind.MaxExamined)));
        if (kind.IsEmpty || FileKind.IsPlainText(kind) || kind.SequenceEqual("a safetensors file"u8)) return fault;
        Utf8Writer what = new(stackalloc byte[200]);
        what.Text("not a safetensors file but "u8);
        what.Text(kind);
        return Fault.Of(FaultKind.Data, what.Written);
    }

    /// <summary>
    /// Validates a whole file: header, types and shapes, that the tensors fill the data without gaps or overlaps (in any
    /// header order), and that no name is repeated. The memory must remain valid while the result is in use.
    /// </summary>
    public static Fault Open(byte* file, long length, out SafetensorsFile result)
    {
        result = null;
        if (length == 0) return Fault.At(0, "the file is empty"u8);
        if (length < 8)
            return Foreign(file, length, Fault.At(length, "the file is shorter than the 8-byte header length\n"u8 +
                "is this a safetensors file?"u8, 8, length));
        ulong declared = Unsafe.ReadUnaligned<ulong>(file);
        if (declared > MaxHeaderLength)
            return Foreign(file, length, Fault.At(0, "the header is too long\n"u8 + "is this a safetensors file?"u8, MaxHeaderLength,
                declared > long.MaxValue ? long.MaxValue : (long)declared));
        int header = (int)declared;
        if (header > length - 8)
            return Foreign(file, length, Fault.At(length, "the file ends within its header\n"u8 +
                "is the file complete?"u8, header + 8, length));
        if (header == 0 || file[8] != '{')
            return Fault.At(8, "the header does not begin with a brace\n"u8 + "is this a safetensors file?"u8);
        var opened = new SafetensorsFile(file + 8, header);
        Fault fault = opened.ReadHeader();
        if (!fault.IsNone) return fault.Shifted(8);
        fault = opened.LocateData(file, 8 + header, length);
        if (fault.IsNone) result = opened;
        return fault;
    }

    private ReadOnlySpan<byte> Header => new(_header, _headerLength);

    private static ReadOnlySpan<byte> MetadataName => "__metadata__"u8;

    /// <summary>Reads the header twice: first to validate the JSON and count its entries, then to store them.</summary>
    private Fault ReadHeader()
    {
        Fault fault = CountNames(out int tensors, out int pairs);
        if (!fault.IsNone) return fault;
        _entries = new SafetensorsEntry[tensors];
        _names = new JsonNames(_header, tensors);
        _keys = new JsonNames(_header, pairs);
        _valueStarts = new int[pairs];
        _valueLengths = new int[pairs];

        bool hasMetadata = false;
        var json = new JsonReader(Header);
        fault = json.Read();
        while (fault.IsNone)
        {
            fault = json.Read();
            if (!fault.IsNone || json.Token == JsonToken.ObjectEnd) break;
            ReadOnlySpan<byte> name = json.Raw;
            int offset = json.Offset;
            if (JsonText.EqualTo(name, MetadataName))
            {
                if (hasMetadata) return Duplicate(offset, name);
                hasMetadata = true;
                fault = ReadMetadata(ref json);
            }
            else
            {
                if (!_names.TryAdd(offset + 1, name.Length)) return Duplicate(offset, name);
                fault = ReadTensor(ref json, name, ref _entries[_names.Count - 1]);
            }
        }
        return fault;
    }

    private static Fault Duplicate(int offset, ReadOnlySpan<byte> name) =>
        Fault.At(offset, "duplicate name in the header"u8).WithQuote(name);

    /// <summary>Validates the JSON to its end, and gives upper bounds on the numbers of tensors and metadata pairs.</summary>
    private Fault CountNames(out int tensors, out int pairs)
    {
        tensors = 0;
        pairs = 0;
        var json = new JsonReader(Header);
        bool inMetadata = false;
        while (true)
        {
            Fault fault = json.Read();
            if (!fault.IsNone || json.Token == JsonToken.End) return fault;
            if (json.Token != JsonToken.Name || json.Depth > 2) continue;
            if (json.Depth == 2 && inMetadata) pairs++;
            if (json.Depth == 2) continue;
            inMetadata = JsonText.EqualTo(json.Raw, MetadataName);
            if (!inMetadata) tensors++;
        }
    }

    private Fault ReadMetadata(scoped ref JsonReader json)
    {
        ReadOnlySpan<byte> wrong = "__metadata__ must be an object of strings"u8;
        Fault fault = json.Expect(JsonToken.ObjectStart, wrong);
        while (fault.IsNone)
        {
            fault = json.Read();
            if (!fault.IsNone || json.Token == JsonToken.ObjectEnd) break;
            if (!_keys.TryAdd(json.Offset + 1, json.Raw.Length)) return Duplicate(json.Offset, json.Raw);
            fault = json.Expect(JsonToken.String, wrong);
            _valueStarts[_keys.Count - 1] = json.Offset + 1;
            _valueLengths[_keys.Count - 1] = json.Raw.Length;
        }
        return fault;
    }

    private static Fault ReadTensor(scoped ref JsonReader json, ReadOnlySpan<byte> name,
        scoped ref SafetensorsEntry entry)
    {
        bool hasShape = false, hasOffsets = false;
        Fault fault = json.Expect(JsonToken.ObjectStart, "a tensor's description must be an object"u8);
        int start = json.Offset;
        while (fault.IsNone)
        {
            fault = json.Read();
            if (!fault.IsNone || json.Token == JsonToken.ObjectEnd) break;
            int offset = json.Offset;
            ReadOnlySpan<byte> key = json.Raw;
            if (JsonText.EqualTo(key, "dtype"u8))
            {
                if (entry.Type != SafetensorsType.None) return Duplicate(offset, key);
                fault = json.Expect(JsonToken.String, "dtype must be a string"u8);
                if (!fault.IsNone) break;
                entry.Type = SafetensorsTypes.Parse(json.Raw);
                if (entry.Type == SafetensorsType.None)
                    return Fault.At(json.Offset, "unknown dtype"u8).WithQuote(json.Raw);
            }
            else if (JsonText.EqualTo(key, "shape"u8))
            {
                if (hasShape) return Duplicate(offset, key);
                hasShape = true;
                fault = ReadShape(ref json, ref entry);
            }
            else if (JsonText.EqualTo(key, "data_offsets"u8))
            {
                if (hasOffsets) return Duplicate(offset, key);
                hasOffsets = true;
                fault = ReadOffsets(ref json, ref entry);
            }
            else return Fault.At(offset, "unknown name in a tensor's description"u8).WithQuote(key);
        }
        if (!fault.IsNone) return fault;
        if (entry.Type == SafetensorsType.None || !hasShape || !hasOffsets)
            return Fault.At(start, "a tensor needs dtype, shape and data_offsets"u8).WithQuote(name);
        return Measure(start, name, ref entry);
    }

    private static Fault ReadShape(scoped ref JsonReader json, scoped ref SafetensorsEntry entry)
    {
        Fault fault = json.Expect(JsonToken.ArrayStart, "shape must be an array"u8);
        while (fault.IsNone)
        {
            fault = json.Read();
            if (!fault.IsNone || json.Token == JsonToken.ArrayEnd) break;
            if (json.Token != JsonToken.Integer || json.Integer < 0)
                return Fault.At(json.Offset, "a dimension must be a non-negative integer"u8);
            if (entry.Rank == MaxRank)
                return Fault.At(json.Offset, "too many dimensions"u8, MaxRank, MaxRank + 1);
            entry.Sizes[entry.Rank++] = json.Integer;
        }
        return fault;
    }

    private static Fault ReadOffsets(scoped ref JsonReader json, scoped ref SafetensorsEntry entry)
    {
        ReadOnlySpan<byte> wrong = "data_offsets must be two non-negative integers in ascending order"u8;
        Fault fault = json.Expect(JsonToken.ArrayStart, wrong);
        if (fault.IsNone) fault = json.Expect(JsonToken.Integer, wrong);
        entry.Begin = json.Integer;
        if (fault.IsNone) fault = json.Expect(JsonToken.Integer, wrong);
        entry.End = json.Integer;
        if (fault.IsNone && (entry.Begin < 0 || entry.Begin > entry.End)) return Fault.At(json.Offset, wrong);
        return fault.IsNone ? json.Expect(JsonToken.ArrayEnd, wrong) : fault;
    }

    /// <summary>Checks that the shape times the element size equals the span of the offsets.</summary>
    private static Fault Measure(int offset, ReadOnlySpan<byte> name, scoped ref SafetensorsEntry entry)
    {
        int size = SafetensorsTypes.SizeOf(entry.Type);
        bool empty = false;
        for (int i = 0; i < entry.Rank; i++) empty |= entry.Sizes[i] == 0;
        long count = empty ? 0 : 1;
        for (int i = 0; i < entry.Rank && !empty; i++)
        {
            if (count > long.MaxValue / size / entry.Sizes[i])
                return Fault.At(offset, "a tensor's shape is too large for any file"u8).WithQuote(name);
            count *= entry.Sizes[i];
        }
        entry.Count = count;
        entry.Length = count * size;
        if (entry.Length != entry.End - entry.Begin)
            return Fault.At(offset, "data_offsets do not match shape and dtype"u8, entry.Length,
                entry.End - entry.Begin).WithQuote(name);
        return Fault.None;
    }

    /// <summary>
    /// Sets the data addresses. In order of their offsets, the tensors must be contiguous from 0 to the end of the file.
    /// </summary>
    private Fault LocateData(byte* file, int start, long length)
    {
        int[] order = new int[_entries.Length];
        for (int i = 0; i < order.Length; i++) order[i] = i;
        SortByOffset(order);
        long at = 0;
        for (int i = 0; i < order.Length; i++)
        {
            ref SafetensorsEntry entry = ref _entries[order[i]];
            if (entry.Begin != at)
                return Fault.At(start + at, entry.Begin < at ? "two tensors overlap"u8 : "a gap between two tensors"u8,
                    at, entry.Begin).WithQuote(RawNameAt(order[i]));
            at = entry.End;
            entry.Data = file + start + entry.Begin;
        }
        if (at > length - start)
            return Fault.At(length, "the file is shorter than its tensors\n"u8 +
                "is the file complete?"u8, start + at, length);
        if (at < length - start)
            return Fault.At(start + at, "bytes after the last tensor"u8, start + at, length);
        return Fault.None;
    }

    /// <summary>Heapsort by begin, then end: never quadratic, even for a hostile header.</summary>
    private void SortByOffset(int[] order)
    {
        for (int root = order.Length / 2 - 1; root >= 0; root--) SiftDown(order, root, order.Length);
        for (int end = order.Length - 1; end > 0; end--)
        {
            int last = order[end];
            order[end] = order[0];
            order[0] = last;
            SiftDown(order, 0, end);
        }
    }

    private void SiftDown(int[] order, int root, int end)
    {
        while (true)
        {
            int child = 2 * root + 1;
            if (child >= end) return;
            if (child + 1 < end && IsBefore(order[child], order[child + 1])) child++;
            if (!IsBefore(order[root], order[child])) return;
            int swap = order[root];
            order[root] = order[child];
            order[child] = swap;
            root = child;
        }
    }

    private bool IsBefore(int a, int b)
    {
        ref SafetensorsEntry x = ref _entries[a];
        ref SafetensorsEntry y = ref _entries[b];
        return x.Begin < y.Begin || (x.Begin == y.Begin && x.End < y.End);
    }
}
