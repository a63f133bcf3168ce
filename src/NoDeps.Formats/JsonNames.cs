using System;

namespace NoDeps.Formats;

/// <summary>
/// Names of a JSON text, numbered in the order in which they were added, found by hashing (open addressing).
/// The hash has a key of the process, from where the system has put its memory, so that no file can hold names that collide;
/// nothing that can be seen depends on it. Room is taken once; the text stays where it is.
/// </summary>
internal sealed unsafe class JsonNames
{
    private readonly byte* _text;
    private readonly int[] _starts;
    private readonly int[] _lengths;
    /// <summary>Number of a name plus 1, or 0; as many as a power of two, at least twice the names.</summary>
    private readonly int[] _slots;
    private readonly ulong _key0, _key1;

    /// <summary>Room for that many names of a text.</summary>
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

    /// <summary>How many names have been added.</summary>
    internal int Count;

    /// <summary>A name as it stands in the text, between its quotes.</summary>
    internal ReadOnlySpan<byte> RawAt(int index) => new(_text + _starts[index], _lengths[index]);

    /// <summary>Adds the name at a place of the text. False when it is there already.</summary>
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

    /// <summary>The number of a name given as plain text; −1 where there is none.</summary>
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
