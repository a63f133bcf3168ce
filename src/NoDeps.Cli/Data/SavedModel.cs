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

    /// <summary>Names of the classes, and how the images of the training look.</summary>
    public ModelMetadata Metadata;

    /// <summary>The layers, with the file's weights.</summary>
    public Engine Engine;

    /// <summary>
    /// Reads, checks and loads the model that the options name, of which they replace what the file says of itself. A fault
    /// names the file.
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
        return console.WithPath(options.File, model.OpenFile(in options, batch, threads, isa, form));
    }

    private Fault OpenFile(in ModelOptions options, int batch, int threads, InstructionSet isa, KernelForm form)
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
        return ModelFile.Load(tensors, Engine);
    }
}
