using System;
using NoDeps.Formats;
using NoDeps.Network;
using NoDeps.Platform;
using NoDeps.Primitives;

namespace NoDeps.Cli;

/// <summary>A network from a model file, ready to classify.</summary>
internal sealed unsafe class SavedModel
{
    /// <summary>What the network is.</summary>
    public NetworkDescription Description;

    /// <summary>What becomes of a pixel.</summary>
    public Normalization Normalization;

    /// <summary>The layers, with the file's weights.</summary>
    public Engine Engine;

    /// <summary>Reads, checks and loads. A fault names the file.</summary>
    public static Fault Open(Console console, ReadOnlySpan<byte> path, int batch, int threads, InstructionSet isa,
        out SavedModel model, KernelForm form = KernelForm.Lanes)
    {
        model = new SavedModel();
        Fault fault = model.OpenFile(path, batch, threads, isa, form);
        return console.About(path, fault);
    }

    private Fault OpenFile(ReadOnlySpan<byte> path, int batch, int threads, InstructionSet isa, KernelForm form)
    {
        Fault fault = InputFile.Read(path, out byte* file, out long length);
        if (!fault.IsNone) return fault;
        fault = ModelFile.Open(file, length, out SafetensorsFile tensors, out Description, out Normalization);
        if (!fault.IsNone) return fault;
        fault = Workshop.Create(Description, batch, true, 0, threads, isa, out Workshop workshop, form);
        if (!fault.IsNone) return fault;
        Engine = workshop.Engine;
        return ModelFile.Load(tensors, Engine);
    }
}
