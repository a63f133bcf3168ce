using System;
using NoDeps.Formats;

namespace NoDeps.Cli;

/// <summary>Shows an array of numbers for <c>nodeps inspect</c>.</summary>
internal static unsafe class InspectArray
{
    private const int Classes = 256;
    private const int BarColumns = 40;
    private const int Block = 1024;

    /// <summary>Header, and class counts of labels or statistics of anything else.</summary>
    /// <param name="console">Receives the output.</param>
    /// <param name="path">The file.</param>
    /// <param name="array">The array.</param>
    /// <param name="magic">The magic number of an IDX file; 0 for a .npy file.</param>
    public static void Write(Console console, ReadOnlySpan<byte> path, in NumericArray array, uint magic)
    {
        Template line = console.Print("file        $\ntype        $\n"u8);
        line.Text(path);
        line.Text(magic == 0 ? NumericTypes.NameOf(array.Type) : TypeName((IdxType)(magic >> 8)));
        line.End();
        if (magic != 0)
        {
            line = console.Print("magic       0x$\n"u8);
            line.Hex(magic);
            line.End();
        }
        console.Out.Write("dimensions  "u8);
        WriteDimensions(console, in array);
        line = console.Print("\nelements    $\nbytes       $ with a header of $\n"u8);
        line.Grouped(array.Count);
        line.Grouped(array.Offset + array.Count * NumericTypes.SizeOf(array.Type));
        line.Integer(array.Offset);
        line.End();
        if (array.Type == NumericType.UInt8 && array.Rank == 1) WriteClasses(console, array.Data, array.Count);
        else if (array.Count > 0) WriteStatistics(console, in array);
    }

    /// <summary>"60000 x 28 x 28".</summary>
    public static void WriteDimensions(Console console, in NumericArray array)
    {
        for (int i = 0; i < array.Rank; i++)
        {
            Template line = console.Print(i > 0 ? " x $"u8 : "$"u8);
            line.Integer(array.Dimension(i));
        }
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

    /// <summary>One line for each class that occurs, with a bar proportional to its count.</summary>
    public static void WriteClasses(Console console, byte* labels, long count)
    {
        long* counts = stackalloc long[Classes];
        for (int i = 0; i < Classes; i++) counts[i] = 0;
        for (long i = 0; i < count; i++) counts[labels[i]]++;
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

    private static void WriteStatistics(Console console, in NumericArray array)
    {
        double* block = stackalloc double[Block];
        array.Load(0, 1, block);
        double least = block[0], most = least, mean = 0, squares = 0;
        for (long start = 0; start < array.Count; start += Block)
        {
            int count = (int)Math.Min(Block, array.Count - start);
            array.Load(start, count, block);
            for (int i = 0; i < count; i++)
            {
                double value = block[i];
                if (value < least) least = value;
                if (value > most) most = value;
                double difference = value - mean;
                mean += difference / (start + i + 1);
                squares += difference * (value - mean);
            }
        }
        Template line = console.Print("values      from $ to $, mean $, std $\n"u8);
        line.Fixed(least, 0);
        line.Fixed(most, 0);
        line.Fixed(mean, 3);
        line.Fixed(Math.Sqrt(squares / array.Count), 3);
        line.End();
    }
}
