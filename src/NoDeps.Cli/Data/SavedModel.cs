using System;
using NoDeps.Formats;
using NoDeps.Network;
using NoDeps.Platform;
using NoDeps.Primitives;

namespace NoDeps.Cli;

/// <summary>A network from a model file, ready to classify.</summary>
internal sealed unsafe class SavedModel
{
    /// <summary>The description.</summary>
    public NetworkDescription Description;

    /// <summary>The normalization of pixels.</summary>
    public Normalization Normalization;

    /// <summary>Names of the classes, and statistics of the training images.</summary>
    public ModelMetadata Metadata;

    /// <summary>The layers, with the file's weights.</summary>
    public Engine Engine;

    /// <summary>
    /// Reads, checks and loads the model that the options name; the options override the file's metadata. A fault names
    /// the file.
    /// </summary>
    public static Fault Open(Console console, in ModelOptions options, int batch, int threads, InstructionSet isa, KernelForm form,
        out SavedModel model)
    {
        model = new SavedModel();
        if (!options.Network.IsEmpty)
        {
            Fault fault = NetworkSource.Open(console, options.Network, out model.Description);
            if (!fault.IsNone) return fault;
        }
        return console.WithPath(options.File, model.OpenFile(console, in options, batch, threads, isa, form));
    }

    /// <summary>
    /// Writes a model file atomically, with weights in F16 if <paramref name="half"/> is set. If that fails, saves the model elsewhere so
    /// that the weights are not lost; the fault names the file and the new path.
    /// </summary>
    public static Fault Write(Console console, Engine engine, Normalization normalization, ModelMetadata metadata, bool half,
        ReadOnlySpan<byte> path, out long length)
    {
        length = 0;
        SaveBuffer buffer = new();
        Fault fault = buffer.Take(engine.Network, metadata, 0, 0);
        return fault.IsNone ? Write(console, engine, normalization, metadata, half, path, buffer, out length) : fault;
    }

    /// <summary>Writes a model file using a buffer that was allocated before.</summary>
    public static Fault Write(Console console, Engine engine, Normalization normalization, ModelMetadata metadata, bool half,
        ReadOnlySpan<byte> path, SaveBuffer buffer, out long length)
    {
        SafetensorsType type = half ? SafetensorsType.F16 : SafetensorsType.F32;
        Fault fault = ModelFile.Write(engine, normalization, buffer.Data, buffer.Capacity, out length, metadata, type);
        if (!fault.IsNone) return console.WithPath(path, fault);
        fault = OutputFile.Replace(path, buffer.Data, length);
        return console.WithPath(path, fault.IsNone ? fault : OutputRescue.Write(console, path, buffer.Data, length, fault, out _));
    }

    private Fault OpenFile(Console console, in ModelOptions options, int batch, int threads, InstructionSet isa, KernelForm form)
    {
        Fault fault = InputFile.Read(options.File, out byte* file, out long length);
        if (!fault.IsNone) return fault;
        fault = ModelFile.Open(file, length, out SafetensorsFile tensors, ref Description, out Normalization);
        if (!fault.IsNone) return fault;
        Normalization = options.Apply(Normalization);
        Metadata = ModelMetadata.Read(tensors, Description.Classes);
        fault = EngineSession.Create(Description, batch, true, 0, threads, isa, out EngineSession session, form);
        if (!fault.IsNone) return fault;
        Engine = session.Engine;
        fault = ModelFile.Load(tensors, Engine, out TensorMatch match);
        if (!fault.IsNone) return fault;
        ModelNotes.Write(console, tensors, match, Description);
        if (!ModelFile.HasNormalization(tensors) && options.LeavesNormalization) ModelNotes.WriteUnknownNormalization(console);
        return fault;
    }
}
