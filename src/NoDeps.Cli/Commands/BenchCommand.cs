using System;
using NoDeps.Primitives;

namespace NoDeps.Cli;

/// <summary><c>nodeps bench SUBJECT</c>: measures parts of this program. Each subject is a file in Benchmarks.</summary>
internal static class BenchCommand
{
    /// <summary>A bit for each option that some subject takes.</summary>
    public const uint Takes = 1u << (int)Option.Net | 1u << (int)Option.Batch | 1u << (int)Option.Isa
        | 1u << (int)Option.Json | 1u << (int)Option.Seconds | 1u << (int)Option.Data
        | 1u << (int)Option.Threads | 1u << (int)Option.Kernel;

    /// <summary>In the order of the cases below.</summary>
    private static ReadOnlySpan<byte> Subjects => "conv primitives classify latency"u8;

    public static Fault Run(Console console, in Arguments arguments, in Options options)
    {
        if (options.WordCount == 0)
        {
            console.Out.Write(HelpText.Bench);
            return Fault.None;
        }
        switch (WordList.IndexOf(Subjects, options.Word))
        {
            case 0: return ConvolutionBenchmark.Run(console, in options);
            case 1: return PrimitivesBenchmark.Run(console, in arguments, in options);
            case 2: return ClassificationBenchmark.Run(console, in options, false);
            case 3: return ClassificationBenchmark.Run(console, in options, true);
            default: return arguments.Usage("the subject of bench is conv, primitives, classify or latency, not"u8).WithQuote(options.Word);
        }
    }
}
