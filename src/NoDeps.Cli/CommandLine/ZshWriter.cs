using System;
using NoDeps.Platform;

namespace NoDeps.Cli;

/// <summary>Writes the completion script for zsh.</summary>
internal sealed class ZshWriter : OptionWriter
{
    private readonly OutputStream _to;

    private ZshWriter(OutputStream to) => _to = to;

    /// <summary>Writes the script.</summary>
    public static void WriteScript(OutputStream to)
    {
        to.Write("""
            #compdef nodeps
            # zsh completion for nodeps; made by "nodeps completion zsh".
            _nodeps_name_or_file() {
              _alternative "names:name:($*)" 'files:file:_files'
            }
            _nodeps() {
              local -a commands options
              options=('--help:list the commands' '--version:print the version')
              commands=(

            """u8);
        ZshWriter writer = new(to);
        for (int i = 0; CommandTable.TryAt(i, out CommandInfo command); i++)
        {
            to.Write("    '"u8);
            to.Write(command.Name);
            to.Write(":"u8);
            writer.WriteEscaped(command.Summary);
            to.Write("'\n"u8);
        }
        to.Write("""
              )
              if (( CURRENT == 2 )); then
                if [[ $PREFIX == -* ]]; then _describe -o option options; else _describe command commands; fi
                return
              fi
              local command=$words[2]
              shift words
              (( CURRENT-- ))
              case $command in

            """u8);
        for (int i = 0; CommandTable.TryAt(i, out CommandInfo command); i++)
        {
            to.Write("    "u8);
            to.Write(command.Name);
            to.Write(") _arguments"u8);
            command.Show(writer);
            NameWriter subjects = new(true);
            command.Show(subjects);
            to.Write(" \\\n      '--help[print the options]'"u8);
            if (!subjects.Names.IsEmpty)
            {
                to.Write(" \\\n      '1:subject:("u8);
                to.Write(subjects.Names);
                to.Write(")' \\\n      '*:argument:_files'"u8);
            }
            to.Write(" ;;\n"u8);
        }
        to.Write("""
              esac
            }
            if [[ $funcstack[1] == _nodeps ]]; then
              _nodeps "$@"
            else
              compdef _nodeps nodeps
            fi

            """u8);
    }

    public override void Write(scoped in OptionInfo info)
    {
        if (info.IsSubject) return;
        _to.Write(" \\\n      '"u8);
        if (info.IsOperand) _to.Write(info.IsRepeated ? "*:"u8 : ":"u8);
        else
        {
            _to.Write("--"u8);
            _to.Write(info.Name);
            if (info.Kind != OptionKind.Flag) _to.Write("="u8);
            _to.Write("["u8);
            WriteEscaped(info.Help);
            _to.Write("]"u8);
            if (info.Kind != OptionKind.Flag) _to.Write(":"u8);
        }
        if (info.IsOperand || info.Kind != OptionKind.Flag)
        {
            _to.Write(info.IsOperand ? info.Name : info.Kind == OptionKind.Choice ? "word"u8 : info.Value);
            WriteAction(in info);
        }
        _to.Write("'"u8);
    }

    private void WriteAction(scoped in OptionInfo info)
    {
        switch (info.Kind)
        {
            case OptionKind.Choice:
                _to.Write(":("u8);
                _to.Write(info.Words);
                _to.Write(")"u8);
                break;
            case OptionKind.NameOrFile:
                // The space keeps zsh from adding arguments.
                _to.Write(": _nodeps_name_or_file "u8);
                _to.Write(info.Words);
                break;
            case OptionKind.File: _to.Write(":_files"u8); break;
            default: _to.Write(": "u8); break;
        }
    }

    /// <summary>Text inside single quotes and brackets.</summary>
    private void WriteEscaped(ReadOnlySpan<byte> text)
    {
        for (int i = 0; i < text.Length; i++)
        {
            byte c = text[i];
            if (c == '\'') _to.Write("'\\'"u8);
            else if (c == '[' || c == ']' || c == ':') _to.Write("\\"u8);
            _to.Write(text.Slice(i, 1));
        }
    }
}
