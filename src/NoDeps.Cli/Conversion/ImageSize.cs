using System;
using NoDeps.Primitives;

namespace NoDeps.Cli;

/// <summary>The value of --size: ROWSxCOLUMNS, or one number for both.</summary>
internal readonly struct ImageSize
{
    /// <summary>The maximum number of rows or columns.</summary>
    public const int MaxSide = 4096;

    /// <summary>Rows and columns; 0 if no size is given.</summary>
    public readonly int Rows, Columns;

    public ImageSize(int rows, int columns)
    {
        Rows = rows;
        Columns = columns;
    }

    /// <summary>Parses a value; an empty text means no size.</summary>
    public static Fault Parse(ReadOnlySpan<byte> text, out ImageSize size)
    {
        size = default;
        if (text.IsEmpty) return Fault.None;
        bool ok = IntegerParse.Signed(text, out long rows, out int used);
        long columns = rows;
        if (ok && used < text.Length)
        {
            ReadOnlySpan<byte> rest = text.Slice(used + 1);
            ok = text[used] == 'x' && IntegerParse.Signed(rest, out columns, out int more) && more == rest.Length;
        }
        if (!ok || rows < 1 || rows > MaxSide || columns < 1 || columns > MaxSide)
            return Fault.Of(FaultKind.Usage, "--size takes ROWSxCOLUMNS, each from 1 to 4096, not"u8).WithQuote(text);
        size = new ImageSize((int)rows, (int)columns);
        return Fault.None;
    }
}
