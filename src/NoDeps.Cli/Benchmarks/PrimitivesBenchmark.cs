using System;
using NoDeps.Primitives;

namespace NoDeps.Cli;

/// <summary>
/// <c>nodeps bench primitives</c>: the time of each primitive on data that depends only on a fixed seed, so that the
/// same work can be measured elsewhere (see tools/primitives), and a checksum of its results.
/// </summary>
internal static unsafe class PrimitivesBenchmark
{
    private const double DefaultSeconds = 0.1;
    private const int NameWidth = 16;
    private const int NumberWidth = 14;

    /// <summary>Runs one row, or all.</summary>
    public static Fault Run(Console console, in BenchOptions options)
    {
        int only = WordList.IndexOf(PrimitiveWork.Rows, options.Primitive);
        Table table = new(console.Out);
        byte* digits = stackalloc byte[16];
        Span<byte> hash = new(digits, 16);
        for (int row = 0; row < PrimitiveWork.Count; row++)
        {
            if (only >= 0 && row != only) continue;
            // A picture to decode has to be named.
            if (only < 0 && row >= (int)PrimitiveRow.Png) break;
            Fault fault = PrimitiveWork.Create((PrimitiveRow)row, options.Data, out PrimitiveRowWork work);
            // Without the repository's sample file the rows that need it are skipped, unless they were requested by name.
            if (fault.Kind == FaultKind.NoInput && options.Data.IsEmpty && only < 0) continue;
            if (!fault.IsNone && fault.Kind != FaultKind.Usage)
                return console.WithPath(options.Data.IsEmpty ? PrimitiveWork.SampleFile : options.Data, fault);
            if (!fault.IsNone) return fault;
            // Not earlier, because the file that the first row needs may be missing.
            if (!options.Json && row == Math.Max(only, 0)) Title(table);
            double nanoseconds = Measurement.Median(work, options.SecondsOr(DefaultSeconds)) * 1e9 / work.Items;
            IntegerFormat.Hex(hash, work.Result, 16);
            ReadOnlySpan<byte> name = WordList.At(PrimitiveWork.Rows, row);
            if (!options.Json)
            {
                table.Left(name, NameWidth);
                table.Fixed(nanoseconds, 4, NumberWidth);
                table.Left(work.Unit, NameWidth);
                table.Left(hash, NumberWidth);
                table.End();
                continue;
            }
            Template json = console.Print("{\"primitive\":$,\"nanoseconds\":$,\"unit\":$,\"results\":$}\n"u8);
            json.Quoted(name);
            json.Fixed(nanoseconds, 5);
            json.Quoted(work.Unit);
            json.Quoted(hash);
            json.End();
        }
        return Fault.None;
    }

    private static void Title(Table table)
    {
        table.Left("primitive"u8, NameWidth);
        table.Right("ns"u8, NumberWidth);
        table.Left("for each of"u8, NameWidth);
        table.Left("results"u8, NumberWidth);
        table.End();
    }
}
