using System;
using NoDeps.Platform;

namespace NoDeps.Cli;

/// <summary>Writes the completion script for fish.</summary>
internal sealed class FishWriter : OptionWriter
{
    private readonly OutputStream _to;
    private readonly byte[] _command = new byte[32];
    private readonly int _commandLength;

    private FishWriter(OutputStream to, ReadOnlySpan<byte> command)
    {
        _to = to;
        command.CopyTo(_command);
        _commandLength = command.Length;
    }

    /// <summary>Writes the script.</summary>
    public static void WriteScript(OutputStream to)
    {
        to.Write("""
            # fish completion for nodeps; made by "nodeps completion fish".
            function __nodeps_command -d 'whether the line is that of a command'
                set -l words (commandline -opc)
                test (count $words) -gt 1; and test $words[2] = $argv[1]
            end
            function __nodeps_subject -d 'whether the word after the command is wanted'
                test (count (commandline -opc)) -eq 2; and __nodeps_command $argv[1]
            end
            complete -c nodeps -n __fish_use_subcommand -f -l help -d 'list the commands'
            complete -c nodeps -n __fish_use_subcommand -f -l version -d 'print the version'

            """u8);
        for (int i = 0; CommandTable.TryAt(i, out CommandInfo command); i++)
        {
            to.Write("complete -c nodeps -n __fish_use_subcommand -f -a "u8);
            to.Write(command.Name);
            FishWriter writer = new(to, command.Name);
            writer.WriteDescription(command.Summary);
            command.Show(writer);
            writer.Begin("__nodeps_command"u8);
            to.Write(" -l help"u8);
            writer.WriteDescription("print the options"u8);
        }
    }

    public override void Write(scoped in OptionInfo info)
    {
        if (info.IsOperand && info.Kind != OptionKind.NameOrFile && info.Kind != OptionKind.Choice) return;
        Begin(info.IsSubject ? "__nodeps_subject"u8 : "__nodeps_command"u8);
        if (info.IsSubject)
        {
            _to.Write(" -f -a "u8);
            _to.Write(info.Name);
        }
        else if (!info.IsOperand)
        {
            _to.Write(" -l "u8);
            _to.Write(info.Name);
        }
        WriteValues(in info);
        WriteDescription(info.Help);
    }

    private void WriteValues(scoped in OptionInfo info)
    {
        switch (info.Kind)
        {
            case OptionKind.Flag: break;
            case OptionKind.File: _to.Write(" -r -F"u8); break;
            case OptionKind.NameOrFile:
            case OptionKind.Choice:
                _to.Write(info.Kind == OptionKind.Choice ? " -x -a '"u8 : " -r -F -a '"u8);
                _to.Write(info.Words);
                _to.Write("'"u8);
                break;
            default: _to.Write(" -x"u8); break;
        }
    }

    private void Begin(ReadOnlySpan<byte> condition)
    {
        _to.Write("complete -c nodeps -n '"u8);
        _to.Write(condition);
        _to.Write(" "u8);
        _to.Write(new ReadOnlySpan<byte>(_command, 0, _commandLength));
        _to.Write("'"u8);
    }

    private void WriteDescription(ReadOnlySpan<byte> text)
    {
        _to.Write(" -d '"u8);
        for (int i = 0; i < text.Length; i++)
        {
            if (text[i] == '\'' || text[i] == '\\') _to.Write("\\"u8);
            _to.Write(text.Slice(i, 1));
        }
        _to.Write("'\n"u8);
    }
}
