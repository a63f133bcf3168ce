using System;
using NoDeps.Primitives;

namespace NoDeps.Cli;

/// <content>
/// The declarations. A field keeps its value if the option is not given. Help shows a default if a text states it or, for a
/// number, if the field's initial value is within the range.
/// </content>
internal unsafe ref partial struct OptionVisitor
{
    private const int MaxNumberLength = 32;

    /// <summary>A switch that sets a field to true.</summary>
    public void Flag(ReadOnlySpan<byte> name, scoped ref bool target, ReadOnlySpan<byte> help)
    {
        OptionInfo info = new() { Kind = OptionKind.Flag, Name = name, Help = help };
        if (!Takes(info)) return;
        target = true;
        _fault = _arguments.CheckNoValue();
    }

    /// <summary>An integer from <paramref name="min"/> to <paramref name="max"/>.</summary>
    public void Integer(ReadOnlySpan<byte> name, long min, long max, scoped ref long target, ReadOnlySpan<byte> help,
        ReadOnlySpan<byte> usual = default)
    {
        Utf8Writer number = new(stackalloc byte[MaxNumberLength]);
        scoped OptionInfo info = new()
        {
            Kind = OptionKind.Integer,
            Name = name,
            Value = "N"u8,
            HasRange = true,
            Min = min,
            Max = max,
            Help = help,
            Default = usual,
        };
        if (_writer != null && usual.IsEmpty && target >= min && target <= max)
        {
            number.Integer(target);
            info.Default = number.Written;
        }
        if (Takes(info)) _fault = _arguments.ParseInteger(min, max, out target);
    }

    /// <summary>The same in 32 bits.</summary>
    public void Integer(ReadOnlySpan<byte> name, int min, int max, scoped ref int target, ReadOnlySpan<byte> help,
        ReadOnlySpan<byte> usual = default)
    {
        long value = target;
        Integer(name, min, max, ref value, help, usual);
        target = (int)value;
    }

    /// <summary>A number from <paramref name="min"/> to <paramref name="max"/>.</summary>
    public void Number(ReadOnlySpan<byte> name, int min, int max, scoped ref double target, ReadOnlySpan<byte> help,
        ReadOnlySpan<byte> usual = default) => Number(name, min, max, false, ref target, help, usual);

    /// <summary>A number above 0, at most <paramref name="max"/>.</summary>
    public void PositiveNumber(ReadOnlySpan<byte> name, int max, scoped ref double target, ReadOnlySpan<byte> help,
        ReadOnlySpan<byte> usual = default) => Number(name, 0, max, true, ref target, help, usual);

    private void Number(ReadOnlySpan<byte> name, int min, int max, bool isMinExcluded, scoped ref double target,
        ReadOnlySpan<byte> help, ReadOnlySpan<byte> usual)
    {
        Span<byte> digits = stackalloc byte[MaxNumberLength];
        scoped OptionInfo info = new()
        {
            Kind = OptionKind.Number,
            Name = name,
            Value = "X"u8,
            HasRange = true,
            Min = min,
            Max = max,
            IsMinExcluded = isMinExcluded,
            Help = help,
            Default = usual,
        };
        if (_writer != null && usual.IsEmpty && target >= min && target <= max)
            info.Default = digits.Slice(0, FloatFormat.Shortest(digits, target));
        if (!Takes(info)) return;
        _fault = _arguments.ParseNumber(min, max, isMinExcluded, out double value);
        if (_fault.IsNone) target = value;
    }

    /// <summary>One of some names, separated by blanks, or the path of a file.</summary>
    public void NameOrFile(ReadOnlySpan<byte> name, ReadOnlySpan<byte> names, scoped ref ReadOnlySpan<byte> target,
        ReadOnlySpan<byte> help, ReadOnlySpan<byte> usual = default)
    {
        OptionInfo info = new() { Kind = OptionKind.NameOrFile, Name = name, Value = "NAME|FILE"u8, Words = names, Help = help };
        info.Default = usual;
        if (Takes(info)) _fault = _arguments.ParseText(out target);
    }

    /// <summary>A text: a path or another, as <paramref name="kind"/> says.</summary>
    public void Text(ReadOnlySpan<byte> name, OptionKind kind, ReadOnlySpan<byte> value, scoped ref ReadOnlySpan<byte> target,
        ReadOnlySpan<byte> help, ReadOnlySpan<byte> usual = default)
    {
        OptionInfo info = new() { Kind = kind, Name = name, Value = value, Help = help, Default = usual };
        if (Takes(info)) _fault = _arguments.ParseText(out target);
    }

    /// <summary>One of some words, whose number in the list becomes the field's value.</summary>
    public void Choice(ReadOnlySpan<byte> name, ReadOnlySpan<byte> words, scoped ref int target, ReadOnlySpan<byte> help,
        ReadOnlySpan<byte> usual = default)
    {
        OptionInfo info = new() { Kind = OptionKind.Choice, Name = name, Words = words, Help = help, Default = usual };
        if (!Takes(info)) return;
        _fault = _arguments.ParseChoice(words, out int index);
        if (_fault.IsNone) target = index;
    }

    /// <summary>The next operand; <paramref name="names"/> are those of <see cref="OptionKind.NameOrFile"/>.</summary>
    public void Operand(ReadOnlySpan<byte> placeholder, OptionKind kind, scoped ref ReadOnlySpan<byte> target, ReadOnlySpan<byte> help,
        ReadOnlySpan<byte> names = default)
    {
        OptionInfo info = new() { Kind = kind, Name = placeholder, Words = names, Help = help };
        if (TakesOperand(info)) target = _word;
    }

    /// <summary>All remaining operands; null if there are none, which <see cref="Required"/> excludes.</summary>
    public void Operands(ReadOnlySpan<byte> placeholder, OptionKind kind, scoped ref Operands target, ReadOnlySpan<byte> help)
    {
        OptionInfo info = new() { Kind = kind, Name = placeholder, Help = help, IsRepeated = true };
        if (TakesOperand(info)) _arguments.AddTo(ref target);
    }

    /// <summary>The first operand is one of the words that the following calls of <see cref="Subject"/> name.</summary>
    public void Subjects(ReadOnlySpan<byte> placeholder, ReadOnlySpan<byte> heading)
    {
        _writer?.BeginSubjects(placeholder, heading, _required);
        if (_checking && _required && _operands == 0) RejectMissing(new OptionInfo { Name = placeholder, IsOperand = true });
        _required = false;
        _subjects = placeholder;
        _operandsDeclared = 1;
    }

    /// <summary>One of the subjects.</summary>
    /// <param name="name">The word.</param>
    /// <param name="arguments">The placeholders of its arguments, optional ones in brackets. See <see cref="SubjectArgument"/>.</param>
    /// <param name="number">The value for <paramref name="target"/> if this subject is named.</param>
    /// <param name="target">The index of the subject; negative if none is named.</param>
    /// <param name="help">Its help text.</param>
    public void Subject(ReadOnlySpan<byte> name, ReadOnlySpan<byte> arguments, int number, scoped ref int target,
        scoped ReadOnlySpan<byte> help)
    {
        if (_writer != null)
        {
            scoped OptionInfo info = new() { Name = name, Value = arguments, Help = help, IsSubject = true };
            _writer.Write(in info);
        }
        else if (_checking)
        {
            if (number == target) CheckSubjectArguments();
        }
        else if (!_matched && !_arguments.IsOption && _operands == 1 && _word.SequenceEqual(name))
        {
            _matched = true;
            target = number;
            _subject = name;
            _subjectArguments = arguments;
        }
    }

    /// <summary>The next argument of the subject that was named, if that takes another.</summary>
    public void SubjectArgument(scoped ref ReadOnlySpan<byte> target)
    {
        int place = ++_operandsDeclared;
        if (_writer != null || _checking || _matched || _arguments.IsOption || _operands != place) return;
        ReadOnlySpan<byte> argument = WordList.At(_subjectArguments, place - 2);
        if (argument.IsEmpty) return;
        _matched = true;
        if (_word.IsEmpty && !argument.SequenceEqual("TEXT"u8)) Reject("empty argument after"u8, _subject);
        target = _word;
    }

    /// <summary>The name of the subject, for messages.</summary>
    public readonly ReadOnlySpan<byte> SubjectName => _subject;

    private void CheckSubjectArguments()
    {
        ReadOnlySpan<byte> missing = WordList.At(_subjectArguments, _operands - 1);
        if (missing.IsEmpty || missing[0] == '[') return;
        Utf8Writer what = new(stackalloc byte[100]);
        what.Text(_arguments.Command);
        what.Byte((byte)' ');
        what.Text(_subject);
        what.Text(" needs an argument, "u8);
        what.Text(missing);
        Reject(what.Written);
    }
}
