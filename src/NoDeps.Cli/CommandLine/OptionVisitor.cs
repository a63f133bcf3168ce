using System;
using NoDeps.Primitives;

namespace NoDeps.Cli;

/// <summary>
/// Visits the options of a command, which the command declares by calls in one Describe method. The same calls parse the
/// command line or, if there is a writer, show the options.
/// </summary>
/// <remarks>
/// Parsing: <c>while (visitor.Next()) options.Describe(ref visitor);</c> runs Describe once for each word and once more to check
/// that what is required was given and what was given is used. A declaration has the same place in every run.
/// </remarks>
internal unsafe ref partial struct OptionVisitor
{
    private const int MaxDeclarations = 128;
    private const int MaxHintLength = 240;

    private readonly OptionWriter _writer;
    private readonly bool[] _given;
    private readonly delegate*<ref OptionVisitor, void> _describe;
    private Arguments _arguments;
    private Fault _fault, _missingOperand;
    private ReadOnlySpan<byte> _word, _subject, _subjectArguments, _subjects, _alias, _reason, _reasonOfAll;
    private int _declaration, _operands, _operandsDeclared;
    private bool _started, _matched, _checking, _wantsHelp, _inapplicable, _allInapplicable, _required;

    /// <summary>A visitor that shows options.</summary>
    public OptionVisitor(OptionWriter writer) => _writer = writer;

    /// <summary>A visitor that parses the rest of the command line.</summary>
    /// <param name="arguments">After the command's name.</param>
    /// <param name="describe">Declares the command's options, for suggestions.</param>
    public OptionVisitor(Arguments arguments, delegate*<ref OptionVisitor, void> describe)
    {
        _arguments = arguments;
        _describe = describe;
        _given = new bool[MaxDeclarations];
    }

    /// <summary>The rest of the command line.</summary>
    public readonly Arguments Arguments => _arguments;

    /// <summary>A visitor of the same command for other words.</summary>
    public readonly OptionVisitor Of(Arguments arguments) => new(arguments, _describe);

    /// <summary>After the last <see cref="Next"/>: whether not to run the command, because of an error or --help.</summary>
    public readonly bool IsStopped => _wantsHelp || !_fault.IsNone;

    /// <summary>The first usage error.</summary>
    public readonly Fault Fault => _fault;

    /// <summary>True if --help was given.</summary>
    public readonly bool WantsHelp => _wantsHelp;

    /// <summary>Moves on; false at the end and after an error.</summary>
    public bool Next()
    {
        if (_started && !_matched && !_checking && _fault.IsNone) _fault = Unmatched();
        _started = true;
        _matched = false;
        _declaration = _operandsDeclared = 0;
        _allInapplicable = false;
        if (_checking && !IsStopped) _fault = _missingOperand;
        if (_checking || IsStopped) return false;
        if (!_arguments.TryNext(out _word)) _checking = true;
        else if (!_arguments.IsOption) _operands++;
        else if (WordList.IndexOf("--help -h"u8, _word) >= 0)
        {
            _fault = _arguments.CheckNoValue();
            _wantsHelp = _fault.IsNone;
        }
        return !IsStopped;
    }

    /// <summary>Reports a usage error, unless there is one already.</summary>
    public void Reject(scoped ReadOnlySpan<byte> what, scoped ReadOnlySpan<byte> quote = default)
    {
        if (_writer == null && !IsStopped) _fault = _arguments.Usage(what).WithQuote(quote);
    }

    /// <summary>The next option applies only if a condition holds; giving it otherwise is an error.</summary>
    /// <param name="condition">The condition.</param>
    /// <param name="reason">The error after the option's name, such as "needs --validation"; empty for a general one.</param>
    public void AppliesIf(bool condition, ReadOnlySpan<byte> reason = default)
    {
        _inapplicable = !condition;
        _reason = reason;
    }

    /// <summary>The same for all options that follow.</summary>
    public void AllApplyIf(bool condition, ReadOnlySpan<byte> reason)
    {
        _allInapplicable = !condition;
        _reasonOfAll = reason;
    }

    /// <summary>The next option or operand must be given.</summary>
    public void Required() => _required = true;

    /// <summary>An old name of the next option, which is accepted but not shown.</summary>
    public void Alias(ReadOnlySpan<byte> name) => _alias = name;

    /// <summary>True if the current word is this option, and its value is to be parsed.</summary>
    private bool Takes(scoped OptionInfo info)
    {
        if (!Begin(info, out int declaration, out ReadOnlySpan<byte> alias)) return false;
        if (_matched || !_arguments.IsOption || !IsNamed(info.Name) && !(alias.Length > 0 && IsNamed(alias))) return false;
        _matched = true;
        if (_given[declaration] && !info.IsRepeated) Reject("option given twice:"u8, _word);
        _given[declaration] = true;
        return _fault.IsNone;
    }

    /// <summary>True if the current word is this operand.</summary>
    private bool TakesOperand(scoped OptionInfo info)
    {
        info.IsOperand = true;
        if (!Begin(info, out int declaration, out _)) return false;
        int place = ++_operandsDeclared;
        if (_matched || _arguments.IsOption || (info.IsRepeated ? _operands < place : _operands != place)) return false;
        _matched = true;
        if (_word.IsEmpty) Reject("empty argument: "u8, info.Name);
        _given[declaration] = true;
        return _fault.IsNone;
    }

    /// <summary>Shows or checks a declaration; true when there is a word to compare with it.</summary>
    private bool Begin(scoped OptionInfo info, out int declaration, out ReadOnlySpan<byte> alias)
    {
        bool isInapplicable = _inapplicable || _allInapplicable;
        ReadOnlySpan<byte> reason = _inapplicable ? _reason : _reasonOfAll;
        info.IsRequired = _required;
        declaration = _declaration++;
        alias = _alias;
        _inapplicable = _required = false;
        _alias = default;
        if (_writer != null)
        {
            _writer.Write(in info);
            return false;
        }
        if (!_checking) return true;
        if (_given[declaration] && isInapplicable) RejectUnused(info.Name, reason);
        if (!_given[declaration] && info.IsRequired) RejectMissing(info);
        return false;
    }

    private readonly bool IsNamed(scoped ReadOnlySpan<byte> name) =>
        _word.Length == name.Length + 2 && IsDashed && _word.Slice(2).SequenceEqual(name);

    private readonly bool IsDashed => _word[0] == '-' && _word[1] == '-';

    private void RejectUnused(scoped ReadOnlySpan<byte> name, scoped ReadOnlySpan<byte> reason)
    {
        Utf8Writer what = new(stackalloc byte[100]);
        if (!reason.IsEmpty)
        {
            what.Text("--"u8);
            what.Text(name);
            what.Byte((byte)' ');
            what.Text(reason);
            Reject(what.Written);
            return;
        }
        what.Text(_arguments.Command);
        if (!_subject.IsEmpty) what.Byte((byte)' ');
        what.Text(_subject);
        what.Text(_subject.IsEmpty ? " does not use here"u8 : " does not use"u8);
        Utf8Writer option = new(stackalloc byte[50]);
        option.Text("--"u8);
        option.Text(name);
        Reject(what.Written, option.Written);
    }

    private void RejectMissing(scoped OptionInfo info)
    {
        Utf8Writer what = new(stackalloc byte[100]);
        what.Text(_arguments.Command);
        what.Text(info.IsOperand ? " needs "u8 : " needs --"u8);
        what.Text(info.Name);
        if (!info.IsOperand && !info.Value.IsEmpty) what.Byte((byte)' ');
        if (!info.IsOperand) what.Text(info.Value);
        // Missing options come first.
        if (!info.IsOperand) Reject(what.Written);
        else if (_missingOperand.IsNone) _missingOperand = _arguments.Usage(what.Written);
    }

    /// <summary>Handles a word that no declaration accepts.</summary>
    private Fault Unmatched()
    {
        bool isSubject = !_arguments.IsOption && _operands == 1 && !_subjects.IsEmpty;
        if (_word.IsEmpty) return _arguments.Usage("empty argument"u8);
        if (!_arguments.IsOption && !isSubject) return _arguments.Usage("unexpected argument"u8).WithQuote(_word);
        NameWriter names = new(isSubject);
        OptionVisitor visitor = new(names);
        _describe(ref visitor);
        Utf8Writer what = new(stackalloc byte[50]);
        what.Text("unknown "u8);
        if (!isSubject) what.Text("option"u8);
        for (int i = 0; i < _subjects.Length && isSubject; i++) what.Byte((byte)(_subjects[i] | 0x20));
        return Unknown(what.Written, names.Names, _word, isSubject);
    }

    /// <summary>Reports a word that is not in a list, with the nearest one or all of them.</summary>
    public void RejectUnknown(scoped ReadOnlySpan<byte> what, scoped ReadOnlySpan<byte> known, scoped ReadOnlySpan<byte> word)
    {
        if (!IsStopped) _fault = Unknown(what, known, word, true);
    }

    private readonly Fault Unknown(scoped ReadOnlySpan<byte> what, scoped ReadOnlySpan<byte> known, scoped ReadOnlySpan<byte> word,
        bool listsAll)
    {
        Utf8Writer advice = new(stackalloc byte[MaxHintLength]);
        if (!Suggestion.TryWrite(ref advice, known, word) && listsAll && known.Length < MaxHintLength / 2)
        {
            advice.Text("expected one of "u8);
            Arguments.WriteList(ref advice, known, " and "u8);
        }
        return _arguments.Usage(what, advice.Written).WithQuote(word);
    }
}
