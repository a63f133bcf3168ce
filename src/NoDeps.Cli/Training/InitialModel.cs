using System;
using NoDeps.Formats;
using NoDeps.Network;
using NoDeps.Platform;
using NoDeps.Primitives;

namespace NoDeps.Cli;

/// <summary>
/// A model whose weights a training starts from. Where only the last layer with weights has another size than that of the training,
/// the others are taken and that one starts anew.
/// </summary>
internal sealed unsafe class InitialModel
{
    private SafetensorsFile _tensors;
    private Normalization _normalization;

    /// <summary>The model's own network.</summary>
    public NetworkDescription Description;

    /// <summary>What the file says besides.</summary>
    public ModelMetadata Metadata;

    /// <summary>Whether the last layer started anew.</summary>
    public bool LastStartsAnew { get; private set; }

    /// <summary>What becomes of a pixel in the model; only where <see cref="HasNormalization"/>.</summary>
    public Normalization Normalization => _normalization;

    /// <summary>Whether the model says that.</summary>
    public bool HasNormalization => ModelFile.HasNormalization(_tensors);

    /// <summary>Reads and checks the file. The description is its own, or, where that is not null, <paramref name="network"/>.</summary>
    public static Fault Open(Console console, ReadOnlySpan<byte> path, NetworkDescription network, out InitialModel model)
    {
        model = new InitialModel { Description = network };
        Fault fault = InputFile.Read(path, out byte* file, out long length);
        if (fault.IsNone) fault = ModelFile.Open(file, length, out model._tensors, ref model.Description, out model._normalization);
        if (fault.IsNone) model.Metadata = ModelMetadata.Read(model._tensors, model.Description.Classes);
        return console.WithPath(path, fault);
    }

    /// <summary>Copies the weights into an engine that is initialized already.</summary>
    public Fault Load(Console console, ReadOnlySpan<byte> path, Engine engine)
    {
        LastStartsAnew = engine.Network.Classes != Description.Classes;
        Fault fault = ModelFile.LoadInto(_tensors, Description, engine, LastStartsAnew, out TensorMatch match);
        if (fault.IsNone) ModelNotes.Write(console, _tensors, match, Description);
        return console.WithPath(path, fault);
    }
}
