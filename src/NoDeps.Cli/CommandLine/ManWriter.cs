using System;
using NoDeps.Platform;
using NoDeps.Primitives;

namespace NoDeps.Cli;

/// <summary>Writes the man page, as input of groff's man macros.</summary>
internal sealed class ManWriter : OptionWriter
{
    private readonly OutputStream _to;

    private ManWriter(OutputStream to) => _to = to;

    /// <summary>Writes the page.</summary>
    public static void WritePage(OutputStream to)
    {
        ManWriter writer = new(to);
        to.Write(".TH NODEPS 1 \"\" \"nodeps "u8);
        to.Write(ProductVersion.Text);
        to.Write("\" \"User Commands\"\n.SH NAME\nnodeps \\- train and run convolutional networks on images\n"u8);
        to.Write(".SH SYNOPSIS\n.B nodeps\n.I COMMAND\n.RI [ OPTION ]...\n.SH DESCRIPTION\n"u8);
        writer.WriteParagraphs(ProgramText.Introduction);
        to.Write(".SH COMMANDS\n"u8);
        for (int i = 0; CommandTable.TryAt(i, out CommandInfo command); i++)
        {
            to.Write(".SS "u8);
            to.Write(command.Name);
            to.Write("\n.RS 0\n.B "u8);
            UsageWriter.Write(to, in command);
            to.Write("\n.PP\n"u8);
            writer.WriteParagraphs(command.Introduction);
            command.Show(writer);
            if (!command.Notes.IsEmpty) to.Write(".PP\n"u8);
            writer.WriteParagraphs(command.Notes);
            to.Write(".RE\n"u8);
        }
        to.Write(".SH EXIT STATUS\n"u8);
        writer.WriteParagraphs(ProgramText.Notes);
        to.Write(".SH ENVIRONMENT\n.TP\n.B NO_COLOR\nif set and not empty, no colors are written to terminals\n"u8);
        to.Write(".TP\n.B TMPDIR\nwhere a file is saved if it cannot be saved at its destination (default: /tmp)\n"u8);
    }

    public override void Write(scoped in OptionInfo info)
    {
        Utf8Writer label = new(stackalloc byte[128]);
        HelpWriter.WriteLabel(ref label, in info);
        _to.Write(".TP\n.B "u8);
        WriteEscaped(label.Written);
        _to.Write("\n"u8);
        WriteEscaped(info.Help);
        Utf8Writer more = new(stackalloc byte[256]);
        WriteRange(ref more, in info);
        if (!info.Default.IsEmpty)
        {
            more.Text(more.Length > 0 ? "; default: "u8 : " (default: "u8);
            more.Text(info.Default);
        }
        if (more.Length > 0) more.Byte((byte)')');
        WriteEscaped(more.Written);
        _to.Write("\n"u8);
    }

    private static void WriteRange(scoped ref Utf8Writer to, scoped in OptionInfo info)
    {
        if (!info.HasRange) return;
        to.Text(info.Kind == OptionKind.Integer ? " (an integer "u8 : " (a number "u8);
        to.Text(info.IsMinExcluded ? "above "u8 : info.Max >= int.MaxValue ? "of at least "u8 : "from "u8);
        to.Integer(info.Min);
        if (info.Max >= int.MaxValue) return;
        to.Text(info.IsMinExcluded ? " and at most "u8 : " to "u8);
        to.Integer(info.Max);
    }

    /// <summary>Writes lines that begin with a blank verbatim, and fills the others as paragraphs.</summary>
    private void WriteParagraphs(ReadOnlySpan<byte> text)
    {
        bool isVerbatim = false;
        while (!text.IsEmpty)
        {
            int end = text.IndexOf((byte)'\n');
            ReadOnlySpan<byte> line = text.Slice(0, end);
            text = text.Slice(end + 1);
            bool indented = line.Length > 0 && line[0] == ' ';
            if (indented != isVerbatim) _to.Write(indented ? ".nf\n"u8 : ".fi\n"u8);
            isVerbatim = indented;
            if (line.IsEmpty && !text.IsEmpty) _to.Write(".PP"u8);
            WriteEscaped(line);
            if (!line.IsEmpty || !text.IsEmpty) _to.Write("\n"u8);
        }
        if (isVerbatim) _to.Write(".fi\n"u8);
    }

    /// <summary>Text without requests and escapes: hyphens are minus signs, and no line begins with a dot or a quote.</summary>
    private void WriteEscaped(scoped ReadOnlySpan<byte> text)
    {
        for (int i = 0; i < text.Length; i++)
        {
            byte c = text[i];
            if (i == 0 && (c == '.' || c == '\'')) _to.Write("\\&"u8);
            if (c == '\\') _to.Write("\\e"u8);
            else if (c == '-') _to.Write("\\-"u8);
            else _to.Write(text.Slice(i, 1));
        }
    }
}
