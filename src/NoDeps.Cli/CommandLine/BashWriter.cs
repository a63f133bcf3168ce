using System;
using NoDeps.Platform;

namespace NoDeps.Cli;

/// <summary>Writes the completion script for bash.</summary>
internal sealed class BashWriter : OptionWriter
{
    private readonly Console _console;
    private readonly byte[] _command = new byte[32];
    private readonly int _commandLength;

    private BashWriter(Console console, ReadOnlySpan<byte> command)
    {
        _console = console;
        command.CopyTo(_command);
        _commandLength = command.Length;
    }

    /// <summary>Writes the script.</summary>
    public static void WriteScript(Console console)
    {
        OutputStream to = console.Out;
        to.Write("""
            # bash completion for nodeps; made by "nodeps completion bash".
            _nodeps() {
                local cur=${COMP_WORDS[COMP_CWORD]} prev=${COMP_WORDS[COMP_CWORD-1]} command=${COMP_WORDS[1]}
                local kind= words= options= subjects=
                COMPREPLY=()
                # Bash treats "=" as a separate word.
                if [[ $cur == = ]]; then
                    cur=
                elif [[ $prev == = && $COMP_CWORD -gt 1 ]]; then
                    prev=${COMP_WORDS[COMP_CWORD-2]}
                fi
                if [[ $COMP_CWORD -eq 1 ]]; then
                    COMPREPLY=($(compgen -W '
            """u8);
        for (int i = 0; CommandTable.TryAt(i, out CommandInfo command); i++)
        {
            to.Write(command.Name);
            to.Write(" "u8);
        }
        to.Write("""
            --help --version' -- "$cur"))
                    return
                fi
                case $command:$prev in

            """u8);
        for (int i = 0; CommandTable.TryAt(i, out CommandInfo command); i++) command.Show(new BashWriter(console, command.Name));
        to.Write("    esac\n    case $command in\n"u8);
        for (int i = 0; CommandTable.TryAt(i, out CommandInfo command); i++)
        {
            NameWriter options = new(false), subjects = new(true);
            command.Show(options);
            command.Show(subjects);
            Template line = console.Print("    $) options='$' subjects='$' ;;\n"u8);
            line.Text(command.Name);
            line.Text(options.Names);
            line.Text(subjects.Names);
            line.End();
        }
        to.Write("""
                esac
                if [[ $cur == -* ]]; then
                    kind=words words=$options
                elif [[ -z $kind && $COMP_CWORD -eq 2 && -n $subjects ]]; then
                    kind=words words=$subjects
                elif [[ -z $kind ]]; then
                    kind=file
                fi
                case $kind in
                words) COMPREPLY=($(compgen -W "$words" -- "$cur")) ;;
                either)
                    compopt -o filenames 2> /dev/null
                    mapfile -t COMPREPLY < <(compgen -W "$words" -- "$cur"; compgen -f -- "$cur") ;;
                file) compopt -o filenames 2> /dev/null; mapfile -t COMPREPLY < <(compgen -f -- "$cur") ;;
                esac
            }
            complete -F _nodeps nodeps

            """u8);
    }

    public override void Write(scoped in OptionInfo info)
    {
        if (info.IsSubject || info.Kind == OptionKind.Flag || info.IsOperand && info.Kind != OptionKind.NameOrFile) return;
        ReadOnlySpan<byte> command = new(_command, 0, _commandLength);
        Template line = _console.Print(info.IsOperand ? "    $:$) kind="u8 : "    $:--$) kind="u8);
        line.Text(command);
        // A first operand follows the command.
        line.Text(info.IsOperand ? command : info.Name);
        line.End();
        OutputStream to = _console.Out;
        switch (info.Kind)
        {
            case OptionKind.Choice:
            case OptionKind.NameOrFile:
                to.Write(info.Kind == OptionKind.Choice ? "words words='"u8 : "either words='"u8);
                to.Write(info.Words);
                to.Write("'"u8);
                break;
            case OptionKind.File: to.Write("file"u8); break;
            default: to.Write("none"u8); break;
        }
        to.Write(" ;;\n"u8);
    }
}
