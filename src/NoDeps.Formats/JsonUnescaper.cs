using System;
using System.Runtime.CompilerServices;
using NoDeps.Primitives;

namespace NoDeps.Formats;

/// <summary>Unescapes a raw JSON string to UTF-8, byte by byte. The raw text must come from <see cref="JsonReader"/>.</summary>
public ref struct JsonUnescaper
{
    private readonly ReadOnlySpan<byte> _raw;
    private int _at;
    /// <summary>Up to three pending bytes, the next one lowest, below a sentinel bit; 1 if there are none.</summary>
    private uint _pending;

    /// <summary>Creates an unescaper for the text between the quotes.</summary>
    public JsonUnescaper(ReadOnlySpan<byte> raw)
    {
        _raw = raw;
        _at = 0;
        _pending = 1;
    }

    /// <summary>Reads the next byte; returns false at the end.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public bool TryNext(out byte value)
    {
        value = 0;
        if (_pending > 1)
        {
            value = (byte)_pending;
            _pending >>= 8;
            return true;
        }
        if (_at >= _raw.Length) return false;
        value = _raw[_at++];
        if (value == '\\') value = Escape();
        return true;
    }

    private byte Escape()
    {
        byte letter = _raw[_at++];
        switch (letter)
        {
            case (byte)'b': return 8;
            case (byte)'t': return 9;
            case (byte)'n': return 10;
            case (byte)'f': return 12;
            case (byte)'r': return 13;
            case (byte)'u': return Encode(CodePoint());
            default: return letter;
        }
    }

    private uint CodePoint()
    {
        uint first = Hex4();
        if (first < 0xD800 || first > 0xDBFF) return first;
        _at += 2;
        return 0x10000 + ((first - 0xD800) << 10) + (Hex4() - 0xDC00);
    }

    private uint Hex4()
    {
        uint value = 0;
        for (int i = 0; i < 4; i++)
        {
            uint c = _raw[_at++];
            value = (value << 4) | (c <= '9' ? c - '0' : (c | 0x20) - 'a' + 10);
        }
        return value;
    }

    /// <summary>Encodes a code point: returns its first byte and leaves the others pending.</summary>
    private byte Encode(uint c)
    {
        uint bytes = Utf8Encode.Pack(c, out int length);
        _pending = (bytes >> 8) | (1u << (8 * length - 8));
        return (byte)bytes;
    }
}
