using System;

namespace NoDeps.Formats;

/// <summary>
/// A hash table (open addressing) of the names in a JSON text, numbered in the order in which they were added.
/// The hash key comes from addresses that the system randomizes per process, so no file can be crafted whose names collide;
/// the key does not affect any result. Memory is allocated once; names stay in the text.
/// </summary>
internal sealed unsafe class JsonNames
{
    private readonly byte* _text;
    private readonly int[] _starts;
    private readonly int[] _lengths;
    /// <summary>Index of a name plus 1, or 0 for an empty slot. A power of two in length, at least twice the capacity.</summary>
    private readonly int[] _slots;
    private readonly ulong _key0, _key1;

    /// <summary>Creates a table for up to <paramref name="capacity"/> names of a text.</summary>
    internal JsonNames(byte* text, int capacity)
    {
        _text = text;
        _starts = new int[capacity];
        _lengths = new int[capacity];
        int slots = 2;
        while (slots < 2 * capacity) slots *= 2;
        _slots = new int[slots];
        _key0 = (ulong)text;
        _key1 = (ulong)&slots;
    }

    /// <summary>The number of names added.</summary>
    internal int Count;

    /// <summary>A name as written in the text, without its quotes and still escaped.</summary>
    internal ReadOnlySpan<byte> RawAt(int index) => new(_text + _starts[index], _lengths[index]);

    /// <summary>Adds the name at an offset of the text. Returns false if it is already present.</summary>
    internal bool TryAdd(int start, int length)
    {
        var raw = new ReadOnlySpan<byte>(_text + start, length);
        uint mask = (uint)_slots.Length - 1;
        var hash = new KeyedHash(_key0, _key1);
        var bytes = new JsonUnescaper(raw);
        while (bytes.TryNext(out byte b)) hash.Add(b);
        uint slot = (uint)hash.Finish() & mask;
        for (; _slots[slot] != 0; slot = (slot + 1) & mask)
            if (SameText(RawAt(_slots[slot] - 1), raw)) return false;
        _starts[Count] = start;
        _lengths[Count] = length;
        _slots[slot] = ++Count;
        return true;
    }

    /// <summary>The index of a name, given unescaped; −1 if it is absent.</summary>
    internal int Find(ReadOnlySpan<byte> text)
    {
        uint mask = (uint)_slots.Length - 1;
        var hash = new KeyedHash(_key0, _key1);
        for (int i = 0; i < text.Length; i++) hash.Add(text[i]);
        for (uint slot = (uint)hash.Finish() & mask; _slots[slot] != 0; slot = (slot + 1) & mask)
            if (JsonText.EqualTo(RawAt(_slots[slot] - 1), text)) return _slots[slot] - 1;
        return -1;
    }

    private static bool SameText(ReadOnlySpan<byte> a, ReadOnlySpan<byte> b)
    {
        var left = new JsonUnescaper(a);
        var right = new JsonUnescaper(b);
        while (true)
        {
            bool more = left.TryNext(out byte x);
            if (more != right.TryNext(out byte y) || x != y) return false;
            if (!more) return true;
        }
    }
}
