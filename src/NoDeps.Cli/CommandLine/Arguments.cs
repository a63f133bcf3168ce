using System;
using NoDeps.Primitives;

namespace NoDeps.Cli;

/// <summary>
/// Reads the command line word by word. An option is <c>--name value</c> or <c>--name=value</c>; after <c>--</c>
/// every word is an operand.
/// </summary>
internal unsafe ref struct Arguments
{
    private readonly byte** _values;
    private readonly int _count;
    private int _index = 1;
    private bool _onlyOperands;
    private bool _isOption;
    private bool _hasInlineValue;
    private ReadOnlySpan<byte> _name;
    private ReadOnlySpan<byte> _inlineValue;

    /// <param name="count">Number of words, including the program's name.</param>
    /// <param name="values">The words, NUL-terminated.</param>
    public Arguments(int count, byte** values)
    {
        _count = count;
        _values = values;
    }

    /// <summary>True if the word that <see cref="TryNext"/> returned is an option.</summary>
    public readonly bool IsOption => _isOption;

    /// <summary>The name of the command, for messages.</summary>
    public ReadOnlySpan<byte> Command { get; set; }

    /// <summary>Number of remaining words.</summary>
    public readonly int WordsLeft => _count - _index;

    /// <summary>A remaining word, counted from 0.</summary>
    public readonly ReadOnlySpan<byte> WordAhead(int index) => At(_index + index);

    /// <summary>The next word; of <c>--name=value</c> the name.</summary>
    public bool TryNext(out ReadOnlySpan<byte> word)
    {
        word = default;
        _hasInlineValue = false;
        if (_index >= _count) return false;
        ReadOnlySpan<byte> next = At(_index++);
        if (!_onlyOperands && next.SequenceEqual("--"u8))
        {
            _onlyOperands = true;
            if (_index >= _count) return false;
            next = At(_index++);
        }
        // A negative number is an operand, as is an image of standard input, "-:0".
        _isOption = !_onlyOperands && next.Length > 1 && next[0] == '-' && (uint)(next[1] - '0') > 10;
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

    /// <summary>
    /// The option's value: what follows "=", or the next word unless that looks like an option. An empty value, such as that of
    /// an unset shell variable, is a usage error.
    /// </summary>
    public Fault ParseText(out ReadOnlySpan<byte> value)
    {
        value = default;
        if (_hasInlineValue) value = _inlineValue;
        else if (_index >= _count || IsLongOption(At(_index))) return Usage("option needs a value:"u8).WithQuote(_name);
        else value = At(_index++);
        _hasInlineValue = false;
        return value.IsEmpty ? Usage("empty value for"u8).WithQuote(_name) : Fault.None;
    }

    private static bool IsLongOption(ReadOnlySpan<byte> word) => word.Length >= 2 && word[0] == '-' && word[1] == '-';

    /// <summary>An integer from <paramref name="min"/> to <paramref name="max"/>.</summary>
    public Fault ParseInteger(long min, long max, out long value)
    {
        value = 0;
        Fault fault = ParseText(out ReadOnlySpan<byte> text);
        if (!fault.IsNone) return fault;
        bool parsed = IntegerParse.Signed(text, out value, out int consumed) && consumed == text.Length;
        if (parsed && value >= min && value <= max) return fault;
        Utf8Writer wanted = new(stackalloc byte[80]);
        wanted.Text("an integer from "u8);
        wanted.Integer(min);
        wanted.Text(" to "u8);
        wanted.Integer(max);
        return Unacceptable(wanted.Written, text);
    }

    /// <summary>A number from <paramref name="min"/>, or above it, to <paramref name="max"/>, as it is and as a float.</summary>
    public Fault ParseNumber(int min, int max, bool isMinExcluded, out double value)
    {
        value = 0;
        Fault fault = ParseText(out ReadOnlySpan<byte> text);
        if (!fault.IsNone) return fault;
        bool parsed = FloatParse.Double(text, out value, out int consumed) && consumed == text.Length;
        if (parsed && (isMinExcluded ? (float)value > min : value >= min) && value <= max) return fault;
        Utf8Writer wanted = new(stackalloc byte[80]);
        wanted.Text(isMinExcluded ? "a number above "u8 : "a number from "u8);
        wanted.Integer(min);
        wanted.Text(isMinExcluded ? " and at most "u8 : " to "u8);
        wanted.Integer(max);
        return Unacceptable(wanted.Written, text);
    }

    /// <summary>One of some words.</summary>
    /// <param name="words">A <see cref="WordList"/>.</param>
    /// <param name="index">Its index in the list.</param>
    public Fault ParseChoice(ReadOnlySpan<byte> words, out int index)
    {
        index = 0;
        Fault fault = ParseText(out ReadOnlySpan<byte> text);
        if (!fault.IsNone) return fault;
        index = WordList.IndexOf(words, text);
        if (index >= 0) return fault;
        Utf8Writer wanted = new(stackalloc byte[160]);
        WriteList(ref wanted, words, " or "u8);
        return Unacceptable(wanted.Written, text);
    }

    /// <summary>Writes "a, b or c", or with another conjunction.</summary>
    public static void WriteList(scoped ref Utf8Writer to, scoped ReadOnlySpan<byte> words, scoped ReadOnlySpan<byte> conjunction)
    {
        ReadOnlySpan<byte> word = WordList.At(words, 0);
        for (int i = 1; !word.IsEmpty; i++)
        {
            to.Text(word);
            word = WordList.At(words, i);
            if (!word.IsEmpty) to.Text(WordList.At(words, i + 1).IsEmpty ? conjunction : ", "u8);
        }
    }

    private readonly Fault Unacceptable(scoped ReadOnlySpan<byte> wanted, ReadOnlySpan<byte> found)
    {
        Utf8Writer what = new(stackalloc byte[256]);
        what.Text(_name);
        what.Text(" takes "u8);
        what.Text(wanted);
        what.Text(", not"u8);
        return Usage(what.Written).WithQuote(found);
    }

    /// <summary>For a flag: it takes no value.</summary>
    public readonly Fault CheckNoValue() =>
        _hasInlineValue ? Usage("option takes no value:"u8).WithQuote(_name) : Fault.None;

    /// <summary>A usage error, with the hint <c>see "nodeps COMMAND --help"</c> after <paramref name="advice"/>.</summary>
    public readonly Fault Usage(scoped ReadOnlySpan<byte> what, scoped ReadOnlySpan<byte> advice = default)
    {
        Utf8Writer hint = new(stackalloc byte[320]);
        hint.Text(advice);
        hint.Text(advice.IsEmpty ? "see"u8 : advice[advice.Length - 1] == '?' ? " See"u8 : "; see"u8);
        hint.Text(" \"nodeps "u8);
        hint.Text(Command);
        hint.Text(Command.IsEmpty ? "--help\""u8 : " --help\""u8);
        return Fault.Of(FaultKind.Usage, what).WithHint(hint.Written);
    }

    /// <summary>Adds the word that <see cref="TryNext"/> returned to a list, which is null at first.</summary>
    public readonly void AddTo(scoped ref Operands operands)
    {
        operands ??= new Operands(_values, _count);
        operands.Add(_index - 1);
    }

    private readonly ReadOnlySpan<byte> At(int index) =>
        new(_values[index], (int)StringLengthSwar.Of(_values[index]));
}
