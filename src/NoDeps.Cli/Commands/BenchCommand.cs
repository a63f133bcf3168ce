using System;
using NoDeps.Primitives;

namespace NoDeps.Cli;

/// <summary>
/// <c>nodeps bench [SUBJECT]</c>: measures parts of this program, briefly all. The subjects are in Benchmarks.
/// </summary>
internal static class BenchCommand
{
    /// <summary>A bit for each option that some subject takes.</summary>
    public const uint Takes = 1u << (int)Option.Net | 1u << (int)Option.Batch | 1u << (int)Option.Isa
        | 1u << (int)Option.Json | 1u << (int)Option.Seconds | 1u << (int)Option.Data
        | 1u << (int)Option.Threads | 1u << (int)Option.Kernel;

    /// <summary>Of every measurement where all subjects are asked for.</summary>
    private const double BriefSeconds = 0.02;

    /// <summary>In the order of the cases below.</summary>
    private static ReadOnlySpan<byte> Subjects => "peak memory layers train scaling classify latency conv matmul primitives"u8;

    public static Fault Run(Console console, in Arguments arguments, in Options options)
    {
        if (options.WordCount > 0) return One(console, in arguments, in options, WordList.IndexOf(Subjects, options.Word));
        Options brief = options.InSeconds(options.SecondsOr(BriefSeconds));
        Fault fault = Fault.None;
        for (int i = 0; fault.IsNone && !WordList.At(Subjects, i).IsEmpty; i++)
        {
            if (!options.Json)
            {
                Template heading = console.Say(i == 0 ? "bench $\n"u8 : "\nbench $\n"u8);
                heading.Text(WordList.At(Subjects, i));
                heading.End();
            }
            fault = One(console, in arguments, in brief, i);
            console.Out.Flush();
        }
        return fault;
    }

    private static Fault One(Console console, in Arguments arguments, in Options options, int subject)
    {
        switch (subject)
        {
            case 0: return PeakBenchmark.Run(console, in options);
            case 1: return MemoryBenchmark.Run(console, in options);
            case 2: return TrainingBenchmark.Layers(console, in options);
            case 3: return TrainingBenchmark.Train(console, in options);
            case 4: return TrainingBenchmark.Scaling(console, in options);
            case 5: return ClassificationBenchmark.Run(console, in options, false);
            case 6: return ClassificationBenchmark.Run(console, in options, true);
            case 7: return ConvolutionBenchmark.Run(console, in options);
            case 8: return MatrixProductBenchmark.Run(console, in options);
            case 9: return PrimitivesBenchmark.Run(console, in arguments, in options);
            default:
                return arguments.Usage("the subjects of bench are peak, memory, layers, train, scaling, classify, latency, conv, "u8 +
                    "matmul and primitives, not"u8).WithQuote(options.Word);
        }
    }
}
