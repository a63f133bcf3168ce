using System;
using System.Runtime.CompilerServices;
using NoDeps.Formats;
using NoDeps.Primitives;

namespace NoDeps.Cli;

/// <summary><c>nodeps inspect FILE</c>: what an IDX file holds.</summary>
internal static unsafe class InspectCommand
{
    private const int Classes = 256;
    private const int BarColumns = 40;

    /// <summary>How it appears in the list of commands and in its help.</summary>
    public static CommandInfo Info => new()
    {
        Name = "inspect"u8,
        Summary = "show an IDX file: header, class counts, images"u8,
        Introduction = """
            Shows an IDX file: header, class counts, statistics.

            """u8,
        Notes = """
            Images are drawn in plain characters if standard output is not a terminal or
            NO_COLOR is set.

            """u8,
        Describe = &Describe,
        Run = &Run,
    };

    private static void Describe(ref OptionVisitor visitor)
    {
        InspectOptions options = new();
        InspectOptions.Describe(ref visitor, ref options);
    }

    private static Fault Run(Console console, ref OptionVisitor visitor)
    {
        InspectOptions options = new();
        while (visitor.Next()) InspectOptions.Describe(ref visitor, ref options);
        return visitor.IsStopped ? visitor.Fault : Inspect(console, options.File, options.From, options.Show);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static Fault Inspect(Console console, ReadOnlySpan<byte> path, long from, long show)
    {
        Fault fault = IdxFile.Open(console, path, out IdxView view);
        if (fault.IsNone)
        {
            Tell(console, path, in view);
            if (show > 0)
            {
                fault = Idx.RequireImages(view);
                if (fault.IsNone) fault = Show(console, in view, from, show);
                fault = console.WithPath(path, fault);
            }
        }
        return fault;
    }

    private static void Tell(Console console, ReadOnlySpan<byte> path, in IdxView view)
    {
        Header(console, path, in view);
        if (view.Type == IdxType.UInt8 && view.Rank == 1) ClassCounts(console, in view);
        else if (view.Count > 0) Statistics(console, in view);
    }

    private static void Header(Console console, ReadOnlySpan<byte> path, in IdxView view)
    {
        Template line = console.Print("file        $\ntype        $\nmagic       0x$\ndimensions  "u8);
        line.Text(path);
        line.Text(TypeName(view.Type));
        line.Hex(((uint)view.Type << 8) | (uint)view.Rank);
        line.End();
        for (int i = 0; i < view.Rank; i++)
        {
            line = console.Print(i > 0 ? " x $"u8 : "$"u8);
            line.Integer(view.Dimension(i));
        }
        line = console.Print("\nelements    $\nbytes       $ with a header of $\n"u8);
        line.Grouped(view.Count);
        line.Grouped(view.HeaderLength + view.Count * Idx.SizeOf(view.Type));
        line.Integer(view.HeaderLength);
        line.End();
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
        for (int i = 0; i < Classes; i++)
        {
            if (counts[i] == 0) continue;
            Template line = console.Print("class $$  $\n"u8);
            line.IntegerPadded(i, 3);
            line.IntegerPadded(counts[i], 10);
            line.Repeat((byte)'#', (int)(counts[i] * BarColumns / largest));
            line.End();
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
        Template line = console.Print("values      from $ to $, mean $, std $\n"u8);
        line.Fixed(least, 0);
        line.Fixed(most, 0);
        line.Fixed(mean, 3);
        line.Fixed(Math.Sqrt(squares / view.Count), 3);
        line.End();
    }

    private static Fault Show(Console console, in IdxView view, long from, long show)
    {
        long count = view.Dimension(0);
        if (from >= count)
            return Fault.Of(FaultKind.Usage, "--from is past the last image\n"u8 + "images count from 0"u8);
        int rows = view.Dimension(1);
        int columns = view.Dimension(2);
        if (columns > ImageDrawing.WidestImage)
            return Fault.At(12, "images too wide to draw"u8, ImageDrawing.WidestImage, columns);
        int n = (int)Math.Min(show, count - from);
        ImageDrawing.Draw(console, view.Data + from * view.ItemCount, rows, columns, n, from);
        return Fault.None;
    }
}
