using System;
using NoDeps.Primitives;

namespace NoDeps.Cli;

/// <summary>An operand FILE:NUMBER or FILE:FIRST-LAST.</summary>
internal ref struct ImageRange
{
    /// <summary>The file.</summary>
    public ReadOnlySpan<byte> Path;
    /// <summary>The text after the colon.</summary>
    public ReadOnlySpan<byte> Text;
    /// <summary>The first image, from 0.</summary>
    public long First;
    /// <summary>The last image.</summary>
    public long Last;

    /// <summary>Parses an operand; false if it does not end with a range.</summary>
    public static bool TryParse(ReadOnlySpan<byte> operand, out ImageRange range)
    {
        range = default;
        int colon = Words.LastIndexOf(operand, (byte)':');
        if (colon <= 0) return false;
        range.Path = operand.Slice(0, colon);
        range.Text = operand.Slice(colon + 1);
        ReadOnlySpan<byte> rest = range.Text;
        if (!TryNumber(ref rest, out range.First)) return false;
        range.Last = range.First;
        if (rest.IsEmpty) return true;
        if (rest[0] != '-') return false;
        rest = rest.Slice(1);
        return TryNumber(ref rest, out range.Last) && rest.IsEmpty && range.Last >= range.First;
    }

    /// <summary>Parses digits at the front; a number beyond all images is clamped to one just beyond.</summary>
    private static bool TryNumber(scoped ref ReadOnlySpan<byte> text, out long value)
    {
        bool parsed = IntegerParse.Unsigned(text, out ulong number, out int consumed);
        value = !parsed || number > int.MaxValue ? int.MaxValue : (long)number;
        text = text.Slice(consumed);
        return consumed > 0;
    }
}
