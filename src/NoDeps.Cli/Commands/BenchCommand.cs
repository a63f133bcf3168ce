using NoDeps.Primitives;

namespace NoDeps.Cli;

/// <summary><c>nodeps bench [SUBJECT]</c>: measures parts of this program. The subjects are in Benchmarks.</summary>
internal static unsafe class BenchCommand
{
    /// <summary>Seconds per measurement when all subjects run.</summary>
    private const double BriefSeconds = 0.02;

    /// <summary>How it appears in the list of commands and in its help.</summary>
    public static CommandInfo Info => new()
    {
        Name = "bench"u8,
        Summary = "measure parts of this program"u8,
        Introduction = """
            Measures parts of this program; without a subject, all of them briefly.

            """u8,
        Notes = """
            conv compares the results of the three forms of convolution before measuring
            them. The hash of the results is the same on every machine.

            """u8,
        Describe = &Describe,
        Run = &Run,
    };

    private static void Describe(ref OptionVisitor visitor)
    {
        BenchOptions options = new();
        BenchOptions.Describe(ref visitor, ref options);
    }

    private static Fault Run(Console console, ref OptionVisitor visitor)
    {
        BenchOptions options = new();
        while (visitor.Next()) BenchOptions.Describe(ref visitor, ref options);
        if (!options.Primitive.IsEmpty && WordList.IndexOf(PrimitiveWork.Rows, options.Primitive) < 0)
            visitor.RejectUnknown("unknown primitive"u8, PrimitiveWork.Rows, options.Primitive);
        if (visitor.IsStopped) return visitor.Fault;
        ThreadNote.Write(console, options.Threads);
        return options.Subject == BenchOptions.All ? RunAll(console, in options) : RunOne(console, in options, options.Subject);
    }

    private static Fault RunAll(Console console, in BenchOptions options)
    {
        BenchOptions brief = options.InSeconds(options.SecondsOr(BriefSeconds));
        NameWriter names = new(true);
        CommandInfo info = Info;
        info.Show(names);
        Fault fault = Fault.None;
        for (int i = 0; i <= BenchOptions.Primitives && fault.IsNone; i++)
        {
            if (!options.Json)
            {
                Template heading = console.Print(i == 0 ? "bench $\n"u8 : "\nbench $\n"u8);
                heading.Text(WordList.At(names.Names, i));
                heading.End();
            }
            fault = RunOne(console, in brief, i);
            console.Out.Flush();
        }
        return fault;
    }

    private static Fault RunOne(Console console, in BenchOptions options, int subject) => subject switch
    {
        BenchOptions.Peak => PeakBenchmark.Run(console, in options),
        BenchOptions.Memory => MemoryBenchmark.Run(console, in options),
        BenchOptions.Layers => TrainingBenchmark.Layers(console, in options),
        BenchOptions.Train => TrainingBenchmark.Train(console, in options),
        BenchOptions.Scaling => TrainingBenchmark.Scaling(console, in options),
        BenchOptions.Classify => ClassificationBenchmark.Run(console, in options, false),
        BenchOptions.Latency => ClassificationBenchmark.Run(console, in options, true),
        BenchOptions.Convolution => ConvolutionBenchmark.Run(console, in options),
        BenchOptions.MatrixProduct => MatrixProductBenchmark.Run(console, in options),
        _ => PrimitivesBenchmark.Run(console, in options),
    };
}
