using System;
using System.Runtime.CompilerServices;
using NoDeps.Primitives;

namespace NoDeps.Formats;

/// <summary>The kind of token that <see cref="JsonReader.Read"/> read.</summary>
public enum JsonToken : byte
{
    /// <summary>Nothing has been read yet.</summary>
    None,
    /// <summary>The opening brace of an object.</summary>
    ObjectStart,
    /// <summary>The closing brace.</summary>
    ObjectEnd,
    /// <summary>The opening bracket of an array.</summary>
    ArrayStart,
    /// <summary>The closing bracket.</summary>
    ArrayEnd,
    /// <summary>The name of an object's member; its value follows.</summary>
    Name,
    /// <summary>A string.</summary>
    String,
    /// <summary>A number without fraction or exponent that fits in a long.</summary>
    Integer,
    /// <summary>Any other number.</summary>
    Number,
    /// <summary>The word true.</summary>
    True,
    /// <summary>The word false.</summary>
    False,
    /// <summary>The word null.</summary>
    Null,
    /// <summary>The end of the text, after one complete value.</summary>
    End,
}

/// <summary>
/// Reads JSON (RFC 8259) token by token, in place, without allocating. Strict: no comments, no trailing commas, valid
/// UTF-8, surrogates only in pairs, and one value followed by nothing but white space.
/// </summary>
public ref struct JsonReader
{
    /// <summary>The maximum nesting depth of objects and arrays.</summary>
    public const int MaxDepth = 64;

    private readonly ReadOnlySpan<byte> _text;
    private int _at;
    private int _depth;
    /// <summary>Bit d − 1: the container at depth d is an object.</summary>
    private ulong _objects;
    private Place _place;

    /// <summary>The kind of the last token read.</summary>
    public JsonToken Token;

    /// <summary>The offset of that token, in bytes from the start of the text.</summary>
    public int Offset;

    /// <summary>The text of a number, or of a name or string without its quotes and still escaped.</summary>
    public ReadOnlySpan<byte> Raw;

    /// <summary>The value of an <see cref="JsonToken.Integer"/>.</summary>
    public long Integer;

    /// <summary>The number of objects and arrays that are open.</summary>
    public readonly int Depth => _depth;

    private enum Place : byte
    {
        /// <summary>A value is expected.</summary>
        Value,
        /// <summary>Just after an opening bracket: a value or the end of the array is expected.</summary>
        FirstElement,
        /// <summary>Just after an opening brace: a name or the end of the object is expected.</summary>
        FirstName,
        /// <summary>A comma or the end of the container is expected; at depth 0, the end of the text.</summary>
        AfterValue,
    }

    /// <summary>Creates a reader at the beginning of a text.</summary>
    public JsonReader(ReadOnlySpan<byte> text)
    {
        this = default;
        _text = text;
    }

    /// <summary>Reads the next token into the fields. Once at <see cref="JsonToken.End"/>, it stays there.</summary>
    public Fault Read()
    {
        SkipSpace();
        if (_place == Place.AfterValue)
        {
            if (_depth == 0)
            {
                Offset = _at;
                if (_at < _text.Length) return Fault.At(_at, "JSON: text after the value"u8);
                Token = JsonToken.End;
                return Fault.None;
            }
            if (Peek() == (InObject ? '}' : ']')) return Close();
            if (Peek() != ',') return Unexpected("JSON: expected a comma or the end of the object or array"u8);
            _at++;
            SkipSpace();
            return InObject ? ReadName() : ReadValue();
        }
        if (_place == Place.FirstName) return Peek() == '}' ? Close() : ReadName();
        if (_place == Place.FirstElement && Peek() == ']') return Close();
        return ReadValue();
    }

    /// <summary>Reads the next token, which must be of the given kind; otherwise the fault is <paramref name="otherwise"/>.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public Fault Expect(JsonToken token, ReadOnlySpan<byte> otherwise)
    {
        Fault fault = Read();
        if (!fault.IsNone || Token == token) return fault;
        return Fault.At(Offset, otherwise);
    }

    private readonly bool InObject => _depth > 0 && (_objects >> (_depth - 1) & 1) != 0;

    /// <summary>The next byte; −1 at the end.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private readonly int Peek() => _at < _text.Length ? _text[_at] : -1;

    [MethodImpl(MethodImplOptions.NoInlining)]
    private readonly Fault Unexpected(ReadOnlySpan<byte> what) =>
        _at < _text.Length ? Fault.At(_at, what) : Fault.At(_at, "JSON: unexpected end of the text"u8);

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void SkipSpace()
    {
        while (_at < _text.Length)
        {
            byte b = _text[_at];
            if (b != ' ' && b != '\n' && b != '\r' && b != '\t') return;
            _at++;
        }
    }

    private Fault Open(JsonToken token)
    {
        if (_depth == MaxDepth) return Fault.At(_at, "JSON: too many nested objects and arrays"u8);
        ulong bit = 1UL << _depth++;
        if (token == JsonToken.ObjectStart) _objects |= bit;
        else _objects &= ~bit;
        _place = token == JsonToken.ObjectStart ? Place.FirstName : Place.FirstElement;
        Token = token;
        _at++;
        return Fault.None;
    }

    private Fault Close()
    {
        Offset = _at++;
        Token = InObject ? JsonToken.ObjectEnd : JsonToken.ArrayEnd;
        _depth--;
        _place = Place.AfterValue;
        return Fault.None;
    }

    private Fault ReadName()
    {
        Offset = _at;
        if (Peek() != '"') return Unexpected("JSON: expected a name in quotes"u8);
        Fault fault = ReadString();
        if (!fault.IsNone) return fault;
        SkipSpace();
        if (Peek() != ':') return Unexpected("JSON: expected a colon after the name"u8);
        _at++;
        Token = JsonToken.Name;
        _place = Place.Value;
        return Fault.None;
    }

    private Fault ReadValue()
    {
        Offset = _at;
        int b = Peek();
        if (b == '{') return Open(JsonToken.ObjectStart);
        if (b == '[') return Open(JsonToken.ArrayStart);
        _place = Place.AfterValue;
        switch (b)
        {
            case '"':
                Token = JsonToken.String;
                return ReadString();
            case 't': return ReadWord("true"u8, JsonToken.True);
            case 'f': return ReadWord("false"u8, JsonToken.False);
            case 'n': return ReadWord("null"u8, JsonToken.Null);
            case '-' or (>= '0' and <= '9'): return ReadNumber();
            default: return Unexpected("JSON: expected a value"u8);
        }
    }

    private Fault ReadWord(ReadOnlySpan<byte> word, JsonToken token)
    {
        for (int i = 0; i < word.Length; i++, _at++)
            if (Peek() != word[i]) return Unexpected("JSON: unknown word"u8);
        Token = token;
        return Fault.None;
    }

    private Fault ReadNumber()
    {
        if (Peek() == '-') _at++;
        int first = _at;
        if (!SkipDigits()) return Unexpected("JSON: expected a digit"u8);
        if (_text[first] == '0' && _at > first + 1) return Fault.At(first, "JSON: a number with a leading zero"u8);
        bool whole = true;
        if (Peek() == '.')
        {
            whole = false;
            _at++;
            if (!SkipDigits()) return Unexpected("JSON: expected a digit"u8);
        }
        if ((Peek() | 0x20) == 'e')
        {
            whole = false;
            _at++;
            if (Peek() == '+' || Peek() == '-') _at++;
            if (!SkipDigits()) return Unexpected("JSON: expected a digit"u8);
        }
        Raw = _text.Slice(Offset, _at - Offset);
        Integer = 0;
        Token = whole && IntegerParse.Signed(Raw, out Integer, out _) ? JsonToken.Integer : JsonToken.Number;
        return Fault.None;
    }

    private bool SkipDigits()
    {
        int start = _at;
        while (_at < _text.Length && (uint)(_text[_at] - '0') <= 9) _at++;
        return _at > start;
    }

    private Fault ReadString()
    {
        int start = ++_at;
        while (true)
        {
            int b = Peek();
            if (b == '"') break;
            if (b < 0x20) return Unexpected("JSON: a control character in a string"u8);
            if (b == '\\')
            {
                Fault fault = SkipEscape();
                if (!fault.IsNone) return fault;
            }
            else if (b < 0x80) _at++;
            else
            {
                int length = Utf8Decode.Next(_text.Slice(_at), out _);
                if (length < 0) return Fault.At(_at, "JSON: invalid UTF-8"u8);
                _at += length;
            }
        }
        Raw = _text.Slice(start, _at - start);
        _at++;
        return Fault.None;
    }

    private Fault SkipEscape()
    {
        int start = _at++;
        switch (Peek())
        {
            case '"' or '\\' or '/' or 'b' or 'f' or 'n' or 'r' or 't':
                _at++;
                return Fault.None;
            case 'u':
                _at++;
                int unit = ReadHex4();
                if (unit < 0) return Unexpected("JSON: expected four hexadecimal digits"u8);
                if (unit < 0xD800 || unit > 0xDFFF) return Fault.None;
                if (unit > 0xDBFF) return Fault.At(start, "JSON: an unpaired surrogate"u8);
                if (Peek() != '\\') return Unexpected("JSON: an unpaired surrogate"u8);
                _at++;
                if (Peek() != 'u') return Unexpected("JSON: an unpaired surrogate"u8);
                _at++;
                unit = ReadHex4();
                if (unit < 0) return Unexpected("JSON: expected four hexadecimal digits"u8);
                if (unit < 0xDC00 || unit > 0xDFFF) return Fault.At(start, "JSON: an unpaired surrogate"u8);
                return Fault.None;
            default:
                return Unexpected("JSON: unknown escape"u8);
        }
    }

    private int ReadHex4()
    {
        int value = 0;
        for (int i = 0; i < 4; i++)
        {
            int c = Peek();
            int digit = c >= '0' && c <= '9' ? c - '0' : -1;
            if ((c | 0x20) >= 'a' && (c | 0x20) <= 'f') digit = (c | 0x20) - 'a' + 10;
            if (c < 0 || digit < 0) return -1;
            value = (value << 4) | digit;
            _at++;
        }
        return value;
    }
}
