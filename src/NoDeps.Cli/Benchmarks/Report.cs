using System;
using System.Runtime.CompilerServices;
using NoDeps.Primitives;

namespace NoDeps.Cli;

/// <summary>
/// The results of a benchmark, cell by cell: rows of a table, or one line of JSON per row. The columns' names are the
/// keys; in headings their underscores become blanks.
/// </summary>
internal ref struct Report
{
    private const int MaxNameLength = 40;
    /// <summary>Added to the width of a column that holds words.</summary>
    public const byte Words = 128;

    private readonly Console _console;
    private readonly ReadOnlySpan<byte> _names;
    private readonly ReadOnlySpan<byte> _widths;
    private readonly Table _table;
    private int _column;

    /// <summary>Writes the headings.</summary>
    /// <param name="console">Receives the report.</param>
    /// <param name="json">True to write JSON.</param>
    /// <param name="names">The columns' names, separated by commas.</param>
    /// <param name="widths">The columns' widths, plus <see cref="Words"/> for columns of words.</param>
    public Report(Console console, bool json, ReadOnlySpan<byte> names, ReadOnlySpan<byte> widths)
    {
        _console = console;
        _names = names;
        _widths = widths;
        if (json) return;
        _table = new Table(console.Out);
        Span<byte> heading = stackalloc byte[MaxNameLength];
        for (int i = 0; i < widths.Length; i++)
        {
            scoped ReadOnlySpan<byte> name = WordList.At(names, i, (byte)',');
            for (int j = 0; j < name.Length; j++) heading[j] = name[j] == '_' ? (byte)' ' : name[j];
            name = heading.Slice(0, name.Length);
            if (widths[i] >= Words) _table.Left(name, widths[i] - Words);
            else _table.Right(name, widths[i]);
        }
        _table.End();
    }

    /// <summary>A cell of words.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public void Text(scoped ReadOnlySpan<byte> text)
    {
        int width = _widths[_column];
        if (_table == null) Key().Quoted(text);
        else if (width >= Words) _table.Left(text, width - Words);
        else _table.Right(text, width);
        _column++;
    }

    /// <summary>An integer.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public void Integer(long value)
    {
        if (_table == null) Key().Integer(value);
        else _table.Grouped(value, _widths[_column]);
        _column++;
    }

    /// <summary>A number with some decimals, more in JSON. A negative number means unknown.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public void Number(double value, int decimals)
    {
        if (value < 0)
        {
            if (_table == null) Key().Text("null"u8);
            else _table.Right("-"u8, _widths[_column]);
        }
        else if (_table == null)
        {
            Key().Fixed(value, decimals + 3);
        }
        else
        {
            _table.Fixed(value, decimals, _widths[_column]);
        }
        _column++;
    }

    /// <summary>A hash.</summary>
    public void Hash(uint hash)
    {
        Utf8Writer digits = new(stackalloc byte[8]);
        digits.Hex(hash, 8);
        Text(digits.Written);
    }

    /// <summary>Ends the row.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public void End()
    {
        _column = 0;
        if (_table == null) _console.Out.Write("}\n"u8);
        else _table.End();
    }

    private readonly Template Key()
    {
        Template cell = _console.Print(_column == 0 ? "{$:$"u8 : ",$:$"u8);
        cell.Quoted(WordList.At(_names, _column, (byte)','));
        return cell;
    }
}
