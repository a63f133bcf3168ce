using System;
using NoDeps.Platform;

namespace NoDeps.Cli;

/// <summary>Writes a usage line: required options, <c>[OPTION]...</c>, operands.</summary>
internal sealed class UsageWriter : OptionWriter
{
    private readonly OutputStream _to;
    private readonly bool _operands;
    private bool _hasArguments;
    private bool _isOpen;

    private UsageWriter(OutputStream to, bool operands)
    {
        _to = to;
        _operands = operands;
    }

    /// <summary>Writes <c>nodeps COMMAND …</c> without a line end.</summary>
    public static void Write(OutputStream to, in CommandInfo command)
    {
        to.Write("nodeps "u8);
        to.Write(command.Name);
        command.Show(new UsageWriter(to, false));
        to.Write(" [OPTION]..."u8);
        UsageWriter operands = new(to, true);
        command.Show(operands);
        if (operands._isOpen) to.Write("]"u8);
    }

    public override void Write(scoped in OptionInfo info)
    {
        if (info.IsSubject && _operands && !info.Value.IsEmpty && !_hasArguments)
        {
            _to.Write(" [ARGUMENT]..."u8);
            _hasArguments = true;
        }
        if (info.IsSubject || info.IsOperand != _operands || !_operands && !info.IsRequired) return;
        _to.Write(info.IsRequired ? " "u8 : " ["u8);
        if (!_operands) _to.Write("--"u8);
        _to.Write(info.Name);
        if (!_operands) _to.Write(" "u8);
        _to.Write(info.Value);
        if (!info.IsRequired) _to.Write("]"u8);
        if (info.IsRepeated) _to.Write("..."u8);
    }

    public override void BeginSubjects(ReadOnlySpan<byte> placeholder, ReadOnlySpan<byte> heading, bool isRequired)
    {
        if (!_operands) return;
        _isOpen = !isRequired;
        _to.Write(isRequired ? " "u8 : " ["u8);
        _to.Write(placeholder);
    }
}
