using System;
using NoDeps.Primitives;

namespace NoDeps.Formats;

/// <summary>
/// The header of a .npy file, a Python dictionary literal: <c>{'descr': '&lt;f4', 'fortran_order': False, 'shape': (3, 4),
/// }</c>. White space is allowed between tokens; exactly these three names must occur, once each.
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

    /// <summary>Reads the header into an array. The offset of a fault is relative to the start of the dictionary.</summary>
    internal Fault Read(scoped ref NumericArray array)
    {
        bool hasType = false, hasOrder = false, hasShape = false;
        if (!Take('{')) return Wrong("the header of a .npy file does not begin with a brace"u8);
        while (!Take('}'))
        {
            SkipSpace();
            int start = _at;
            if (!TakeText(out ReadOnlySpan<byte> name)) return Wrong("damaged header of a .npy file: expected a name in quotes"u8);
            if (!Take(':')) return Wrong("damaged header of a .npy file: expected a colon"u8);
            Fault fault;
            if (name.SequenceEqual("descr"u8))
            {
                if (hasType) return Duplicate(start, name);
                hasType = true;
                fault = ReadType(ref array);
            }
            else if (name.SequenceEqual("fortran_order"u8))
            {
                if (hasOrder) return Duplicate(start, name);
                hasOrder = true;
                fault = Fault.None;
                array.FirstIndexFastest = TakeWord("True"u8);
                if (!array.FirstIndexFastest && !TakeWord("False"u8)) fault = Wrong("fortran_order must be True or False"u8);
            }
            else if (name.SequenceEqual("shape"u8))
            {
                if (hasShape) return Duplicate(start, name);
                hasShape = true;
                fault = ReadShape(ref array);
            }
            else return Fault.At(start, "unknown name in the header of a .npy file"u8).WithQuote(name);
            if (!fault.IsNone) return fault;
            if (!Take(',') && !IsNext('}')) return Wrong("damaged header of a .npy file: expected a comma or brace"u8);
        }
        SkipSpace();
        if (_at < _text.Length) return Wrong("text after the header's dictionary in a .npy file"u8);
        if (hasType && hasOrder && hasShape) return Fault.None;
        return Fault.At(0, "the header of a .npy file needs descr, fortran_order and shape"u8);
    }

    private Fault ReadType(scoped ref NumericArray array)
    {
        SkipSpace();
        int start = _at;
        if (IsNext('['))
            return Fault.At(start, "a .npy file of records, not of numbers\n"u8 + "save one of its fields"u8);
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
            SkipSpace();
            if (!IntegerParse.Unsigned(_text.Slice(_at), out ulong size, out int consumed))
                return Wrong("a dimension must be a non-negative integer"u8);
            if (size > long.MaxValue) return Wrong("the dimension is too large for any file"u8);
            if (array.Rank == NumericArray.MaxRank)
                return Fault.At(_at, "too many dimensions"u8, NumericArray.MaxRank, NumericArray.MaxRank + 1);
            unsafe { array.Sizes[array.Rank++] = (long)size; }
            _at += consumed;
            // Python 2's suffix of long integers.
            if (_at < _text.Length && _text[_at] == 'L') _at++;
            if (!Take(',') && !IsNext(')')) return Wrong("shape must be a tuple: expected a comma or parenthesis"u8);
        }
        return Fault.None;
    }

    private static Fault Duplicate(int at, ReadOnlySpan<byte> name) =>
        Fault.At(at, "duplicate name in the header of a .npy file"u8).WithQuote(name);

    private readonly Fault Wrong(ReadOnlySpan<byte> what) => Fault.At(_at, what);

    private void SkipSpace()
    {
        while (_at < _text.Length && _text[_at] is (byte)' ' or (byte)'\n' or (byte)'\t' or (byte)'\r') _at++;
    }

    private bool IsNext(char c)
    {
        SkipSpace();
        return _at < _text.Length && _text[_at] == c;
    }

    private bool Take(char c)
    {
        if (!IsNext(c)) return false;
        _at++;
        return true;
    }

    private bool TakeWord(ReadOnlySpan<byte> word)
    {
        SkipSpace();
        if (_text.Length - _at < word.Length || !_text.Slice(_at, word.Length).SequenceEqual(word)) return false;
        _at += word.Length;
        return true;
    }

    /// <summary>A string in single or double quotes, without escapes.</summary>
    private bool TakeText(out ReadOnlySpan<byte> text)
    {
        SkipSpace();
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
