using System;
using System.Runtime.CompilerServices;
using NoDeps.Primitives;

namespace NoDeps.Cli;

/// <summary>
/// Reads the command line word by word. An option is <c>--name value</c> or <c>--name=value</c>; after <c>--</c>
/// nothing is an option.
/// </summary>
internal unsafe ref struct Arguments
{
    private const int RangeBytes = 80;

    private readonly byte** _values;
    private readonly int _count;
    private readonly byte[] _message = new byte[256];
    private int _index = 1;
    private bool _onlyWords;
    private bool _isOption;
    private bool _hasInlineValue;
    private ReadOnlySpan<byte> _name;
    private ReadOnlySpan<byte> _inlineValue;
    private ReadOnlySpan<byte> _command;

    public Arguments(int count, byte** values)
    {
        _count = count;
        _values = values;
    }

    /// <summary>Whether the word that <see cref="TryNext"/> gave begins with a dash.</summary>
    public readonly bool IsOption => _isOption;

    /// <summary>For the advice in usage faults: the command whose help to read.</summary>
    public ReadOnlySpan<byte> Command
    {
        readonly get => _command;
        set => _command = value;
    }

    /// <summary>The next word; of <c>--name=value</c> the name.</summary>
    public bool TryNext(out ReadOnlySpan<byte> word)
    {
        word = default;
        _hasInlineValue = false;
        if (_index >= _count) return false;
        ReadOnlySpan<byte> next = At(_index++);
        if (!_onlyWords && next.SequenceEqual("--"u8))
        {
            _onlyWords = true;
            if (_index >= _count) return false;
            next = At(_index++);
        }
        // A negative number is none.
        _isOption = !_onlyWords && next.Length > 1 && next[0] == '-' && (uint)(next[1] - '0') > 9;
        _name = _isOption ? SplitInlineValue(next) : next;
        word = _name;
        return true;
    }

    private ReadOnlySpan<byte> SplitInlineValue(ReadOnlySpan<byte> word)
    {
        int at = word.IndexOf((byte)'=');
        if (at < 0) return word;
        _inlineValue = word.Slice(at + 1);
        _hasInlineValue = true;
        return word.Slice(0, at);
    }

    /// <summary>The option's value: what follows "=", or the next word.</summary>
    public Fault TakeText(out ReadOnlySpan<byte> value)
    {
        if (_hasInlineValue)
        {
            value = _inlineValue;
            _hasInlineValue = false;
            return Fault.None;
        }
        if (_index < _count)
        {
            value = At(_index++);
            return Fault.None;
        }
        value = default;
        return Usage("option needs a value:"u8).WithQuote(_name);
    }

    /// <summary>A whole number from <paramref name="least"/> to <paramref name="most"/>.</summary>
    public Fault TakeInteger(long least, long most, out long value)
    {
        value = 0;
        Fault fault = TakeText(out ReadOnlySpan<byte> text);
        if (!fault.IsNone) return fault;
        bool parsed = IntegerParse.Signed(text, out value, out int consumed) && consumed == text.Length;
        if (parsed && value >= least && value <= most) return fault;
        return OutOfRange("a whole number from "u8, least, most, text);
    }

    /// <summary>A number from <paramref name="least"/> to <paramref name="most"/>.</summary>
    public Fault TakeNumber(int least, int most, out double value)
    {
        value = 0;
        Fault fault = TakeText(out ReadOnlySpan<byte> text);
        if (!fault.IsNone) return fault;
        bool parsed = FloatParse.Double(text, out value, out int consumed) && consumed == text.Length;
        if (parsed && value >= least && value <= most) return fault;
        return OutOfRange("a number from "u8, least, most, text);
    }

    /// <summary>One of some words; its number among them.</summary>
    /// <param name="words">As <see cref="WordList"/> has them.</param>
    /// <param name="told">The same for people.</param>
    /// <param name="index">From 0.</param>
    public Fault TakeOneOf(ReadOnlySpan<byte> words, ReadOnlySpan<byte> told, out int index)
    {
        index = 0;
        Fault fault = TakeText(out ReadOnlySpan<byte> text);
        if (!fault.IsNone) return fault;
        index = WordList.IndexOf(words, text);
        if (index >= 0) return fault;
        return Takes(told, text);
    }

    private readonly Fault OutOfRange(ReadOnlySpan<byte> kind, long least, long most, ReadOnlySpan<byte> found)
    {
        Utf8Writer writer = new(stackalloc byte[RangeBytes]);
        writer.Text(kind);
        writer.Integer(least);
        writer.Text(" to "u8);
        writer.Integer(most);
        return Takes(writer.Written, found);
    }

    private readonly Fault Takes(ReadOnlySpan<byte> allowed, ReadOnlySpan<byte> found)
    {
        Utf8Writer writer = new(_message);
        writer.Text(_name);
        writer.Text(" takes "u8);
        writer.Text(allowed);
        writer.Text(", not"u8);
        return Usage(writer.Written).WithQuote(found);
    }

    /// <summary>For a switch: it takes no value.</summary>
    public readonly Fault CheckNoValue() =>
        _hasInlineValue ? Usage("option takes no value:"u8).WithQuote(_name) : Fault.None;

    public readonly Fault UnknownOption() => Usage("unknown option"u8).WithQuote(_name);

    public readonly Fault UnexpectedWord(ReadOnlySpan<byte> word) => Usage("unexpected argument"u8).WithQuote(word);

    /// <summary>A wrong command line, with the advice where to read on.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public readonly Fault Usage(ReadOnlySpan<byte> what)
    {
        Fault fault = Fault.Of(FaultKind.Usage, what);
        Utf8Writer writer = new(_message);
        writer.Text("see \"nodeps "u8);
        writer.Text(_command);
        writer.Text(_command.IsEmpty ? "--help\""u8 : " --help\""u8);
        return fault.WithHint(writer.Written);
    }

    private readonly ReadOnlySpan<byte> At(int index) =>
        new(_values[index], (int)StringLengthSwar.Of(_values[index]));
}
