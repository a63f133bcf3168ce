using System;
using NoDeps.Platform;
using NoDeps.Primitives;

namespace NoDeps.Cli;

/// <summary>Writes help pages, 80 columns wide.</summary>
internal sealed class HelpWriter : OptionWriter
{
    private const int Indent = 2;
    private const int TextColumn = 24;
    private const int LineWidth = 79;
    private const int MaxLabelLength = 128;
    private const int MaxTextLength = 1024;

    private readonly OutputStream _to;
    private readonly byte[] _heading = new byte[80];
    private int _headingLength;

    private HelpWriter(OutputStream to) => _to = to;

    /// <summary>The page of a command.</summary>
    public static void WritePage(OutputStream to, in CommandInfo command)
    {
        to.Write("usage: "u8);
        UsageWriter.Write(to, in command);
        to.Write("\n\n"u8);
        to.Write(command.Introduction);
        HelpWriter writer = new(to);
        command.Show(writer);
        writer.BeginSection("Options"u8);
        writer.WriteRow("--help"u8, "print this text"u8);
        if (!command.Notes.IsEmpty) to.Write("\n"u8);
        to.Write(command.Notes);
    }

    /// <summary>The page of the program.</summary>
    public static void WriteProgram(OutputStream to)
    {
        to.Write(ProgramText.Introduction);
        to.Write("\nusage: nodeps COMMAND [OPTION]...\n"u8);
        HelpWriter writer = new(to);
        writer.BeginSection("Commands"u8);
        for (int i = 0; CommandTable.TryAt(i, out CommandInfo command); i++) writer.WriteRow(command.Name, command.Summary);
        writer.BeginSection("Options"u8);
        writer.WriteRow("--help"u8, "print this text; after a command, its options"u8);
        writer.WriteRow("--version"u8, "print the version"u8);
        to.Write("\n"u8);
        to.Write(ProgramText.Notes);
    }

    public override void BeginSubjects(ReadOnlySpan<byte> placeholder, ReadOnlySpan<byte> heading, bool isRequired) =>
        BeginSection(heading);

    public override void Write(scoped in OptionInfo info)
    {
        if (!info.IsSubject) BeginSection(info.IsOperand ? "Arguments"u8 : "Options"u8);
        Utf8Writer label = new(stackalloc byte[MaxLabelLength]);
        WriteLabel(ref label, in info);
        Utf8Writer text = new(stackalloc byte[MaxTextLength]);
        text.Text(info.Help);
        if (info.IsRequired && !info.IsOperand) text.Text(" (required)"u8);
        if (!info.Default.IsEmpty)
        {
            text.Text(" (default: "u8);
            text.Text(info.Default);
            text.Byte((byte)')');
        }
        WriteRow(label.Written, text.Written);
    }

    /// <summary>Writes <c>--name VALUE</c>, <c>--name a|b</c>, or the name and arguments of an operand or a subject.</summary>
    public static void WriteLabel(scoped ref Utf8Writer to, scoped in OptionInfo info)
    {
        if (!info.IsOperand && !info.IsSubject) to.Text("--"u8);
        to.Text(info.Name);
        if (!info.Value.IsEmpty) to.Byte((byte)' ');
        to.Text(info.Value);
        for (int i = 0; i < info.Words.Length && info.Kind == OptionKind.Choice; i++)
        {
            if (i == 0) to.Byte((byte)' ');
            to.Byte(info.Words[i] == ' ' ? (byte)'|' : info.Words[i]);
        }
    }

    /// <summary>A heading, unless it is the last one written.</summary>
    private void BeginSection(ReadOnlySpan<byte> heading)
    {
        if (heading.SequenceEqual(new ReadOnlySpan<byte>(_heading, 0, _headingLength))) return;
        heading.CopyTo(_heading);
        _headingLength = heading.Length;
        _to.Write("\n"u8);
        _to.Write(heading);
        _to.Write(":\n"u8);
    }

    private void WriteRow(scoped ReadOnlySpan<byte> label, scoped ReadOnlySpan<byte> text)
    {
        WriteBlanks(Indent);
        _to.Write(label);
        int column = Indent + label.Length;
        if (column > TextColumn - 2)
        {
            _to.Write("\n"u8);
            column = 0;
        }
        WriteBlanks(TextColumn - column);
        column = TextColumn;
        for (int i = 0; ; i++)
        {
            ReadOnlySpan<byte> word = WordList.At(text, i);
            if (word.IsEmpty) break;
            if (i > 0 && column + 1 + word.Length > LineWidth)
            {
                _to.Write("\n"u8);
                WriteBlanks(TextColumn);
                column = TextColumn;
            }
            else if (i > 0)
            {
                _to.Write(" "u8);
                column++;
            }
            _to.Write(word);
            column += word.Length;
        }
        _to.Write("\n"u8);
    }

    private void WriteBlanks(int count)
    {
        for (; count > 0; count--) _to.Write(" "u8);
    }
}
