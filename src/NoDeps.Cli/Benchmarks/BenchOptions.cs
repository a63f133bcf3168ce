using System;
using NoDeps.Network;
using NoDeps.Platform;

namespace NoDeps.Cli;

/// <summary>The options of <c>nodeps bench</c>.</summary>
internal ref struct BenchOptions
{
    /// <summary>The subjects; <see cref="All"/> if none was named.</summary>
    public const int All = -1, Peak = 0, Memory = 1, Layers = 2, Train = 3, Scaling = 4, Classify = 5, Latency = 6, Convolution = 7,
        MatrixProduct = 8, Primitives = 9;

    private const int MaxSeconds = 3600;

    public int Subject = All;
    /// <summary>The primitive to measure; empty for all.</summary>
    public ReadOnlySpan<byte> Primitive;
    public ReadOnlySpan<byte> Network = "pedestrian"u8;
    public ReadOnlySpan<byte> Data;
    public int Threads = CommonOptions.DefaultThreads;
    public InstructionSet Isa = ProcessorLevel.Best;
    public KernelForm Kernel;
    public bool Json;
    private int _batch;
    private double _seconds = -1;

    public BenchOptions()
    {
    }

    /// <summary>True if --net was given.</summary>
    public bool HasNetwork { get; private set; }

    /// <summary>True if --isa was given.</summary>
    public bool HasIsa { get; private set; }

    /// <summary>Declares the options.</summary>
    public static void Describe(ref OptionVisitor visitor, scoped ref BenchOptions options)
    {
        ref int subject = ref options.Subject;
        visitor.Subjects("SUBJECT"u8, "Subjects"u8);
        visitor.Subject("peak"u8, default, Peak, ref subject, "peak of one core: independent multiply-adds in registers"u8);
        visitor.Subject("memory"u8, default, Memory, ref subject,
            "memory bandwidth of one core (read, write, copy) by block size"u8);
        visitor.Subject("layers"u8, default, Layers, ref subject, "training time by layer"u8);
        visitor.Subject("train"u8, default, Train, ref subject, "images per second in training"u8);
        visitor.Subject("scaling"u8, default, Scaling, ref subject,
            "training speed for batches of 1 to 1,024, for 1 to all threads, and for wider networks"u8);
        visitor.Subject("classify"u8, default, Classify, ref subject, "classification speed in batches, from bytes to probabilities"u8);
        visitor.Subject("latency"u8, default, Latency, ref subject, "time to classify a single image"u8);
        visitor.Subject("conv"u8, default, Convolution, ref subject,
            "lanes, im2col and scalar convolution: forward, input gradient and weight gradient of the convolution layers of a network, "u8 +
            "on one thread"u8);
        visitor.Subject("matmul"u8, default, MatrixProduct, ref subject, "products of two matrices, on one thread"u8);
        visitor.Subject("primitives"u8, "[NAME]"u8, Primitives, ref subject,
            "strings, memory, numbers, checksums, compression, functions: all, or the one named; png and jpeg only by name"u8);
        visitor.SubjectArgument(ref options.Primitive);

        bool usesNetwork = subject is All or >= Layers and <= Convolution;
        ReadOnlySpan<byte> network = default;
        visitor.AppliesIf(usesNetwork);
        visitor.NameOrFile("net"u8, BuiltInNetworks.Names, ref network, "a built-in network or a description file"u8,
            "pedestrian; for classify, latency and conv also lochman"u8);
        if (!network.IsEmpty)
        {
            options.Network = network;
            options.HasNetwork = true;
        }
        visitor.AppliesIf(usesNetwork && subject != Latency);
        visitor.Integer("batch"u8, 1, CommonOptions.MaxBatch, ref options._batch, "images per batch; for scaling, the largest batch"u8,
            "64, for classify 256, for scaling 1024"u8);
        visitor.AppliesIf(usesNetwork && subject != Convolution);
        CommonOptions.Threads(ref visitor, ref options.Threads);
        visitor.Number("seconds"u8, 0, MaxSeconds, ref options._seconds,
            "time per measurement, the median of several rounds"u8, "0.1 to 1; without a subject 0.02"u8);
        visitor.AppliesIf(subject is All or Primitives);
        visitor.Text("data"u8, OptionKind.File, "FILE"u8, ref options.Data, "a gzip file for gzip and gunzip, a picture for png and jpeg"u8,
            "the test images of data/sample"u8);
        visitor.AppliesIf(subject != Primitives);
        if (IsaOption.Describe(ref visitor, ref options.Isa)) options.HasIsa = true;
        visitor.AppliesIf(subject is All or Classify or Latency);
        KernelOption.Describe(ref visitor, ref options.Kernel);
        visitor.Flag("json"u8, ref options.Json, "print one line of JSON per measurement"u8);
    }

    /// <summary>The batch size from the command line, otherwise <paramref name="usual"/>.</summary>
    public readonly int BatchOr(int usual) => _batch > 0 ? _batch : usual;

    /// <summary>The time from the command line, otherwise <paramref name="usual"/>.</summary>
    public readonly double SecondsOr(double usual) => _seconds >= 0 ? _seconds : usual;

    /// <summary>The same with another time per measurement.</summary>
    public readonly BenchOptions InSeconds(double seconds)
    {
        BenchOptions other = this;
        other._seconds = seconds;
        return other;
    }
}
