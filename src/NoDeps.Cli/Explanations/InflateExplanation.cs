using System;
using NoDeps.Formats;
using NoDeps.Platform;
using NoDeps.Primitives;

namespace NoDeps.Cli;

/// <summary><c>nodeps explain inflate FILE</c>: shows how <see cref="Inflate"/> reads a gzip file or DEFLATE stream.</summary>
internal sealed unsafe class InflateExplanation : InflateTrace
{
    /// <summary>Blocks, and symbols per block, shown without --all.</summary>
    private const int ShownBlocks = 2, ShownSymbols = 24;
    private const int CodeColumns = 26;
    private const int LineColumns = 78;
    /// <summary>Where symbols begin after the length of their code.</summary>
    private const int FirstColumn = 12;
    private const int ShownBytes = 16;

    private readonly Console _console;
    private readonly bool _all;
    private long _blocks, _literals, _matches, _matched, _stored, _symbols;

    private InflateExplanation(Console console, bool all)
    {
        _console = console;
        _all = all;
    }

    public static Fault Run(Console console, ReadOnlySpan<byte> path, bool all)
    {
        Fault fault = InputFile.Read(path, out byte* data, out long length);
        if (fault.IsNone && length > int.MaxValue) fault = Fault.At(0, "a file larger than 2 GiB"u8, int.MaxValue, length);
        if (fault.IsNone) fault = Explain(console, path, new ReadOnlySpan<byte>(data, (int)length), all);
        return console.WithPath(path, fault);
    }

    private static Fault Explain(Console console, ReadOnlySpan<byte> path, ReadOnlySpan<byte> file, bool all)
    {
        bool isGzip = Gzip.IsGzip(file);
        int header = 0;
        Fault fault = isGzip ? Gzip.Header(file, out header) : Fault.None;
        byte* scratch = null;
        if (fault.IsNone) fault = PageMemory.Take(sizeof(InflateTables), out scratch);
        if (!fault.IsNone) return fault;
        ref InflateTables tables = ref *(InflateTables*)scratch;
        ReadOnlySpan<byte> stream = file.Slice(header);
        // Errors are reported before anything is shown.
        fault = Inflate.Measure(stream, ref tables, out int consumed, out long size).Shifted(header);
        if (fault.IsNone && size > int.MaxValue) fault = Fault.At(0, "more than 2 GiB of data"u8, int.MaxValue, size);
        byte* content = null;
        if (fault.IsNone) fault = PageMemory.Take(size + 1, out content);
        if (!fault.IsNone) return fault;

        long* v = stackalloc long[7];
        v[0] = Diagram.Text(path);
        v[1] = file.Length;
        Diagram.Draw(console, "`$z`\n$g bytes"u8, v);
        console.Write(isGzip ? ", a gzip header, then a DEFLATE stream\n"u8 : " of a DEFLATE stream\n"u8);
        InflateExplanation told = new(console, all);
        Inflate.DecodeTraced(stream, new Span<byte>(content, (int)size), ref tables, told, out consumed, out _);
        v[0] = told._blocks;
        v[1] = told._literals;
        v[2] = told._matches;
        v[3] = told._matched;
        v[4] = told._stored;
        v[5] = consumed;
        v[6] = size;
        told.More(v[0] - ShownBlocks, "\n... $g more blocks (--all shows them)\n"u8);
        Diagram.Draw(console, """

            total   $g blocks, $g literals, $g matches of $g bytes
                    $g bytes stored; $g bytes become `$g`

            """u8, v);
        v[0] = file.Length - header - consumed;
        if (v[0] > 0) Diagram.Draw(console, "        $g bytes follow\n"u8, v);
        PageMemory.Return(content, size + 1);
        PageMemory.Return(scratch, sizeof(InflateTables));
        return Fault.None;
    }

    /// <summary>How many are not shown, if any.</summary>
    private void More(long count, ReadOnlySpan<byte> text)
    {
        if (count > 0 && !_all) Diagram.Draw(_console, text, &count);
    }

    public override void Report()
    {
        bool isShown = _all || _blocks < ShownBlocks + (Step == InflateStep.Block ? 0 : 1);
        switch (Step)
        {
            case InflateStep.Block:
                _blocks++;
                _symbols = 0;
                if (isShown) Block();
                return;
            case InflateStep.CodeLengths:
                if (isShown) ShowLengths("\n  @the code of the code lengths@\n"u8, Lengths, Value, CodeLengthSymbols);
                return;
            case InflateStep.Codes:
                if (!isShown) return;
                ShowLengths("\n  @literals and match lengths@\n"u8, Lengths, Value, LiteralSymbols);
                ShowLengths("\n  @distances@\n"u8, Lengths + Value, Distances, DistanceSymbols);
                _console.Write("\n  @symbols@\n"u8);
                return;
            case InflateStep.Stored:
                _stored += Value;
                if (!isShown) return;
                long bytes = Value;
                Diagram.Draw(_console, "  $g stored bytes: "u8, &bytes);
                ShowBytes(Bytes, Value);
                _console.Write("\n"u8);
                return;
            case InflateStep.Literal: _literals++; break;
            case InflateStep.Match:
                _matches++;
                _matched += Value;
                break;
        }
        if (isShown && Step == InflateStep.End) More(_symbols - ShownSymbols, "    ... $g more symbols (--all shows them)\n"u8);
        if (isShown && (_all || Step == InflateStep.End || _symbols < ShownSymbols)) Symbol();
        _symbols++;
    }

    private void Block()
    {
        long* v = stackalloc long[2];
        v[0] = _blocks;
        v[1] = Next - 3;
        Diagram.Draw(_console, "\n`block $i` at bit $g: "u8, v);
        _console.Write(Value == 0 ? "stored"u8 : Value == 1 ? "with the fixed codes"u8 : "with dynamic codes"u8);
        _console.Write(IsLast ? ", the last\n"u8 : "\n"u8);
    }

    private const int CodeLengthSymbols = 0;
    private const int LiteralSymbols = 1;
    private const int DistanceSymbols = 2;

    /// <summary>One line per code length, with the symbols of that length.</summary>
    private void ShowLengths(ReadOnlySpan<byte> title, byte* lengths, int count, int alphabet)
    {
        Utf8Writer writer = new(stackalloc byte[LineColumns]);
        _console.Write(title);
        for (long length = 1; length < 16; length++)
        {
            int column = 0;
            for (int i = 0; i < count; i++)
            {
                if (lengths[i] != length) continue;
                int last = i;
                while (last + 1 < count && lengths[last + 1] == length && Kind(last + 1, alphabet) == Kind(i, alphabet)) last++;
                writer.Clear();
                writer.Byte((byte)' ');
                Range(ref writer, i, last, alphabet);
                if (column == 0) Diagram.Draw(_console, "    `$2` bits "u8, &length);
                else if (column + writer.Length > LineColumns) _console.Write("\n            "u8);
                if (column == 0 || column + writer.Length > LineColumns) column = FirstColumn;
                _console.Out.Write(writer.Written);
                column += writer.Length;
                i = last;
            }
            if (column > 0) _console.Write("\n"u8);
        }
    }

    /// <summary>Names for literals, the end of a block and match lengths.</summary>
    private static int Kind(int symbol, int alphabet) => alphabet != LiteralSymbols || symbol < 256 ? 0 : symbol == 256 ? 1 : 2;

    private static void Range(ref Utf8Writer writer, int first, int last, int alphabet)
    {
        int kind = Kind(first, alphabet);
        if (kind == 1) writer.Text("end"u8);
        if (kind == 1) return;
        if (alphabet == LiteralSymbols && kind == 0)
        {
            Byte(ref writer, (byte)first);
            if (last > first) writer.Byte((byte)'-');
            if (last > first) Byte(ref writer, (byte)last);
            return;
        }
        if (kind == 2)
        {
            writer.Text("len"u8);
            first = InflateTables.MinLengthOf(first);
            last = InflateTables.MinLengthOf(last + 1) - 1;
        }
        else if (alphabet == DistanceSymbols)
        {
            first = InflateTables.MinDistanceOf(first);
            last = InflateTables.MinDistanceOf(last + 1) - 1;
        }
        writer.Integer(first);
        if (last > first) writer.Byte((byte)'-');
        if (last > first) writer.Integer(last);
    }

    private static void Byte(ref Utf8Writer writer, byte value)
    {
        bool isPlain = value >= ' ' && value < 0x7F;
        writer.Text(isPlain ? "'"u8 : "0x"u8);
        if (isPlain) writer.Byte(value);
        else writer.Hex(value, 2);
        if (isPlain) writer.Byte((byte)'\'');
    }

    private void Symbol()
    {
        _console.Write("    "u8);
        int column = Bits(Code, CodeBits, ExtraBits);
        bool isMatch = Step == InflateStep.Match;
        if (isMatch)
        {
            _console.Write(" "u8);
            column += 1 + Bits(DistanceCode, DistanceBits, DistanceExtraBits);
        }
        do _console.Write(" "u8);
        while (column++ < CodeColumns);
        if (isMatch)
        {
            long* v = stackalloc long[2];
            v[0] = Value;
            v[1] = Distance;
            Diagram.Draw(_console, "$i bytes from $i back: "u8, v);
            ShowBytes(Bytes, Value);
        }
        Utf8Writer writer = new(stackalloc byte[8]);
        if (Step == InflateStep.End) writer.Text("end"u8);
        else if (!isMatch) Byte(ref writer, (byte)Value);
        writer.Byte((byte)'\n');
        _console.Out.Write(writer.Written);
    }

    /// <summary>A code and its extra bits, in the order of the stream; returns the columns they take.</summary>
    private int Bits(uint code, int codeBits, int extraBits)
    {
        _console.Style(StyledText.Strong);
        for (int i = 0; i < codeBits + extraBits; i++, code >>= 1)
        {
            if (i == codeBits) _console.Write("_+@"u8);
            _console.Write((code & 1) != 0 ? "1"u8 : "0"u8);
        }
        _console.Style(StyledText.Plain);
        return codeBits + extraBits + (extraBits > 0 ? 1 : 0);
    }

    /// <summary>The first few bytes, in quotes.</summary>
    private void ShowBytes(byte* bytes, int count)
    {
        Utf8Writer writer = new(stackalloc byte[ShownBytes + 8]);
        writer.Byte((byte)'"');
        for (int i = 0; i < Math.Min(count, ShownBytes); i++) writer.Byte(bytes[i] >= ' ' && bytes[i] < 0x7F ? bytes[i] : (byte)'.');
        writer.Text(count > ShownBytes ? "\"..."u8 : "\""u8);
        _console.Out.Write(writer.Written);
    }
}
