using System;
using NoDeps.Formats;
using NoDeps.Network;
using NoDeps.Platform;
using NoDeps.Primitives;

namespace NoDeps.Cli;

/// <summary>A network from a model file, ready to classify.</summary>
internal sealed unsafe class SavedModel
{
    /// <summary>A bit for each option that says which model it is.</summary>
    public const uint Takes = 1u << (int)Option.Model | 1u << (int)Option.Net | 1u << (int)Option.Mean
        | 1u << (int)Option.Deviation;

    /// <summary>What the network is.</summary>
    public NetworkDescription Description;

    /// <summary>What becomes of a pixel.</summary>
    public Normalization Normalization;

    /// <summary>The layers, with the file's weights.</summary>
    public Engine Engine;

    /// <summary>
    /// Reads, checks and loads what the options name: --model, and --net, --mean and --deviation in the place of what the
    /// file says of itself. A fault names the file.
    /// </summary>
    public static Fault Open(Console console, in Options options, int batch, int threads, out SavedModel model)
    {
        model = new SavedModel();
        if (options.HasNet)
        {
            Fault fault = NetworkSource.Open(console, options.Net, out model.Description);
            if (!fault.IsNone) return fault;
        }
        return console.About(options.Model, model.OpenFile(in options, batch, threads));
    }

    private Fault OpenFile(in Options options, int batch, int threads)
    {
        Fault fault = InputFile.Read(options.Model, out byte* file, out long length);
        if (!fault.IsNone) return fault;
        fault = ModelFile.Open(file, length, out SafetensorsFile tensors, ref Description, out Normalization);
        if (!fault.IsNone) return fault;
        Normalization = options.Apply(Normalization);
        fault = Workshop.Create(Description, batch, true, 0, threads, options.Isa, out Workshop workshop, options.Kernel);
        if (!fault.IsNone) return fault;
        Engine = workshop.Engine;
        return ModelFile.Load(tensors, Engine);
    }
}
