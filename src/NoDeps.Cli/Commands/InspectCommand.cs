using System;
using NoDeps.Formats;
using NoDeps.Primitives;

namespace NoDeps.Cli;

/// <summary><c>nodeps inspect FILE</c>: what an IDX file holds.</summary>
internal static unsafe class InspectCommand
{
    private const int LineBytes = 512;
    private const int Classes = 256;
    private const int BarColumns = 40;

    public static Fault Run(Console console, ref Arguments arguments)
    {
        arguments.Command = "inspect"u8;
        ReadOnlySpan<byte> path = default;
        long show = 0;
        long from = 0;
        while (arguments.TryNext(out ReadOnlySpan<byte> word))
        {
            Fault fault = Fault.None;
            if (!arguments.IsOption)
            {
                if (path.Length > 0) return arguments.UnexpectedWord();
                path = word;
            }
            else if (Words.Same(word, "--show"u8)) fault = arguments.TakeInteger(0, int.MaxValue, out show);
            else if (Words.Same(word, "--from"u8)) fault = arguments.TakeInteger(0, int.MaxValue, out from);
            else if (Words.Same(word, "--isa"u8)) fault = IsaOption.Take(ref arguments, out _);
            else if (Words.Same(word, "--help"u8) || Words.Same(word, "-h"u8))
            {
                console.Out.Write(HelpText.Inspect);
                return Fault.None;
            }
            else return arguments.UnknownOption();
            if (!fault.IsNone) return fault;
        }
        if (path.IsEmpty) return arguments.Missing("inspect needs a FILE"u8);

        Fault opened = IdxFile.Open(console, path, out IdxView view);
        if (!opened.IsNone) return opened;
        Header(console, path, in view);
        if (view.Type == IdxType.UInt8 && view.Rank == 1) ClassCounts(console, in view);
        else if (view.Count > 0) Statistics(console, in view);
        if (show == 0) return Fault.None;
        Fault drawable = Idx.RequireImages(view);
        if (!drawable.IsNone) return console.About(path, drawable);
        return Show(console, path, in view, from, show);
    }

    private static void Header(Console console, ReadOnlySpan<byte> path, in IdxView view)
    {
        Utf8Writer line = new(stackalloc byte[LineBytes]);
        line.Text("file        "u8);
        line.Text(path);
        line.Text("\ntype        "u8);
        line.Text(TypeName(view.Type));
        line.Text("\nmagic       0x"u8);
        line.Hex(((ulong)view.Type << 8) | (uint)view.Rank, 8);
        line.Text("\ndimensions  "u8);
        for (int i = 0; i < view.Rank; i++)
        {
            if (i > 0) line.Text(" x "u8);
            line.Integer(view.Dimension(i));
        }
        line.Text("\nelements    "u8);
        line.Grouped(view.Count);
        line.Text("\nbytes       "u8);
        line.Grouped(view.HeaderLength + view.Count * Idx.SizeOf(view.Type));
        line.Text(" with a header of "u8);
        line.Integer(view.HeaderLength);
        line.Text("\n"u8);
        console.Out.Write(line.Written);
    }

    private static ReadOnlySpan<byte> TypeName(IdxType type) => type switch
    {
        IdxType.UInt8 => "unsigned byte (0x08)"u8,
        IdxType.Int8 => "signed byte (0x09)"u8,
        IdxType.Int16 => "short (0x0B)"u8,
        IdxType.Int32 => "int (0x0C)"u8,
        IdxType.Float32 => "float (0x0D)"u8,
        _ => "double (0x0E)"u8,
    };

    /// <summary>A line a class that occurs, with a bar as long as its share of the largest.</summary>
    private static void ClassCounts(Console console, in IdxView view)
    {
        long* counts = stackalloc long[Classes];
        for (int i = 0; i < Classes; i++) counts[i] = 0;
        for (long i = 0; i < view.Count; i++) counts[view.Data[i]]++;
        long largest = 1;
        for (int i = 0; i < Classes; i++) largest = Math.Max(largest, counts[i]);
        byte* buffer = stackalloc byte[LineBytes];
        for (int i = 0; i < Classes; i++)
        {
            if (counts[i] == 0) continue;
            Utf8Writer line = new(new Span<byte>(buffer, LineBytes));
            line.Text("class "u8);
            line.IntegerPadded(i, 3);
            line.IntegerPadded(counts[i], 10);
            line.Text("  "u8);
            line.Repeat((byte)'#', (int)(counts[i] * BarColumns / largest));
            line.Text("\n"u8);
            console.Out.Write(line.Written);
        }
    }

    private static void Statistics(Console console, in IdxView view)
    {
        double least = view.ElementAt(0);
        double most = least;
        double mean = 0;
        double squares = 0;
        for (long i = 0; i < view.Count; i++)
        {
            double value = view.ElementAt(i);
            if (value < least) least = value;
            if (value > most) most = value;
            double difference = value - mean;
            mean += difference / (i + 1);
            squares += difference * (value - mean);
        }
        Utf8Writer line = new(stackalloc byte[LineBytes]);
        line.Text("values      from "u8);
        line.Fixed(least, 0);
        line.Text(" to "u8);
        line.Fixed(most, 0);
        line.Text(", mean "u8);
        line.Fixed(mean, 3);
        line.Text(", deviation "u8);
        line.Fixed(Math.Sqrt(squares / view.Count), 3);
        line.Text("\n"u8);
        console.Out.Write(line.Written);
    }

    private static Fault Show(Console console, ReadOnlySpan<byte> path, scoped in IdxView view, long from, long show)
    {
        long count = view.Dimension(0);
        if (from >= count)
        {
            return console.About(path, Fault.Of(FaultKind.Usage, "--from is past the last image"u8)
                .WithHint("images count from 0"u8));
        }
        int rows = view.Dimension(1);
        int columns = view.Dimension(2);
        if (columns > ImageDrawing.WidestImage)
            return console.About(path, Fault.At(12, "images too wide to draw"u8, ImageDrawing.WidestImage, columns));
        int n = (int)Math.Min(show, count - from);
        ImageDrawing.Draw(console, view.Data + from * view.ItemCount, rows, columns, n, from);
        return Fault.None;
    }
}
