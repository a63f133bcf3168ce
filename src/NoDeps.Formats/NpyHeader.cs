using System;
using NoDeps.Primitives;

namespace NoDeps.Formats;

/// <summary>
/// The header of a .npy file, a dictionary as Python writes it: <c>{'descr': '&lt;f4', 'fortran_order': False, 'shape': (3,
/// 4), }</c>. White space may stand between any two tokens; the three names must each occur once, and no other.
/// </summary>
internal ref struct NpyHeader
{
    private readonly ReadOnlySpan<byte> _text;
    private int _at;

    internal NpyHeader(ReadOnlySpan<byte> text)
    {
        this = default;
        _text = text;
    }

    /// <summary>Reads the header into an array; offsets of a fault count from the start of the dictionary.</summary>
    internal Fault Read(scoped ref NumericArray array)
    {
        bool hasType = false, hasOrder = false, hasShape = false;
        if (!Take('{')) return Wrong("the header of a .npy file does not begin with a brace"u8);
        while (!Take('}'))
        {
            Space();
            int start = _at;
            if (!TakeText(out ReadOnlySpan<byte> name)) return Wrong("the header of a .npy file is damaged: a name in quotes is missing"u8);
            if (!Take(':')) return Wrong("the header of a .npy file is damaged: a colon is missing"u8);
            Fault fault;
            if (name.SequenceEqual("descr"u8))
            {
                if (hasType) return Twice(start, name);
                hasType = true;
                fault = ReadType(ref array);
            }
            else if (name.SequenceEqual("fortran_order"u8))
            {
                if (hasOrder) return Twice(start, name);
                hasOrder = true;
                fault = Fault.None;
                array.FirstIndexFastest = TakeWord("True"u8);
                if (!array.FirstIndexFastest && !TakeWord("False"u8)) fault = Wrong("fortran_order must be True or False"u8);
            }
            else if (name.SequenceEqual("shape"u8))
            {
                if (hasShape) return Twice(start, name);
                hasShape = true;
                fault = ReadShape(ref array);
            }
            else return Fault.At(start, "unknown name in the header of a .npy file"u8).WithQuote(name);
            if (!fault.IsNone) return fault;
            if (!Take(',') && !Ahead('}')) return Wrong("the header of a .npy file is damaged: a comma or brace is missing"u8);
        }
        Space();
        if (_at < _text.Length) return Wrong("text after the header's dictionary in a .npy file"u8);
        if (hasType && hasOrder && hasShape) return Fault.None;
        return Fault.At(0, "the header of a .npy file needs descr, fortran_order and shape"u8);
    }

    private Fault ReadType(scoped ref NumericArray array)
    {
        Space();
        int start = _at;
        if (Ahead('['))
            return Fault.At(start, "a .npy file of records, not of numbers\n"u8 + "save one field of it"u8);
        if (!TakeText(out ReadOnlySpan<byte> name)) return Wrong("descr must be a string"u8);
        byte order = name.Length > 0 ? name[0] : (byte)0;
        array.BigEndian = order == '>';
        bool ordered = order is (byte)'<' or (byte)'>' or (byte)'|' or (byte)'=';
        array.Type = ordered ? TypeOf(name.Slice(1)) : TypeOf(name);
        if (array.Type != NumericType.None) return Fault.None;
        return Fault.At(start, "unsupported element type\n"u8 +
            "supported are integers, bool, float16, float32 and float64; convert the array with astype"u8).WithQuote(name);
    }

    private static NumericType TypeOf(ReadOnlySpan<byte> name)
    {
        int index = WordList.IndexOf("b1 u1 i1 u2 i2 u4 i4 u8 i8 f2 f4 f8"u8, name);
        return index < 0 ? NumericType.None : (NumericType)((int)NumericType.Bool + index);
    }

    private Fault ReadShape(scoped ref NumericArray array)
    {
        if (!Take('(')) return Wrong("shape must be a tuple"u8);
        while (!Take(')'))
        {
            Space();
            if (!IntegerParse.Unsigned(_text.Slice(_at), out ulong size, out int consumed))
                return Wrong("a dimension must be a whole number of at least 0"u8);
            if (size > long.MaxValue) return Wrong("dimension larger than any file"u8);
            if (array.Rank == NumericArray.MaxRank)
                return Fault.At(_at, "too many dimensions"u8, NumericArray.MaxRank, NumericArray.MaxRank + 1);
            unsafe { array.Sizes[array.Rank++] = (long)size; }
            _at += consumed;
            // Python 2 wrote long integers so.
            if (_at < _text.Length && _text[_at] == 'L') _at++;
            if (!Take(',') && !Ahead(')')) return Wrong("shape must be a tuple: a comma or parenthesis is missing"u8);
        }
        return Fault.None;
    }

    private static Fault Twice(int at, ReadOnlySpan<byte> name) =>
        Fault.At(at, "a name occurs twice in the header of a .npy file"u8).WithQuote(name);

    private readonly Fault Wrong(ReadOnlySpan<byte> what) => Fault.At(_at, what);

    private void Space()
    {
        while (_at < _text.Length && _text[_at] is (byte)' ' or (byte)'\n' or (byte)'\t' or (byte)'\r') _at++;
    }

    private bool Ahead(char c)
    {
        Space();
        return _at < _text.Length && _text[_at] == c;
    }

    private bool Take(char c)
    {
        if (!Ahead(c)) return false;
        _at++;
        return true;
    }

    private bool TakeWord(ReadOnlySpan<byte> word)
    {
        Space();
        if (_text.Length - _at < word.Length || !_text.Slice(_at, word.Length).SequenceEqual(word)) return false;
        _at += word.Length;
        return true;
    }

    /// <summary>A string in single or double quotes, without escapes.</summary>
    private bool TakeText(out ReadOnlySpan<byte> text)
    {
        Space();
        text = default;
        if (_at >= _text.Length || _text[_at] is not ((byte)'\'' or (byte)'"')) return false;
        int length = _text.Slice(_at + 1).IndexOf(_text[_at]);
        if (length < 0) return false;
        text = _text.Slice(_at + 1, length);
        if (text.IndexOf((byte)'\\') >= 0) return false;
        _at += length + 2;
        return true;
    }
}
