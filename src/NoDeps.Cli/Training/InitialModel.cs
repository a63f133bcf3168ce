using System;
using NoDeps.Formats;
using NoDeps.Network;
using NoDeps.Platform;
using NoDeps.Primitives;

namespace NoDeps.Cli;

/// <summary>
/// A model with whose weights a training starts. If only the last layer with weights has a different size, the others are loaded and
/// that one is initialized anew.
/// </summary>
internal sealed unsafe class InitialModel
{
    private SafetensorsFile _tensors;
    private Normalization _normalization;

    /// <summary>The model's own network.</summary>
    public NetworkDescription Description;

    /// <summary>The file's metadata.</summary>
    public ModelMetadata Metadata;

    /// <summary>True if the last layer was initialized anew.</summary>
    public bool LastStartsAnew { get; private set; }

    /// <summary>The model's normalization of pixels; valid only if <see cref="HasNormalization"/>.</summary>
    public Normalization Normalization => _normalization;

    /// <summary>True if the file contains a normalization.</summary>
    public bool HasNormalization => ModelFile.HasNormalization(_tensors);

    /// <summary>Reads and checks the file. The description is <paramref name="network"/>, or, if that is null, the file's own.</summary>
    public static Fault Open(Console console, ReadOnlySpan<byte> path, NetworkDescription network, out InitialModel model)
    {
        model = new InitialModel { Description = network };
        Fault fault = InputFile.Read(path, out byte* file, out long length);
        if (fault.IsNone) fault = ModelFile.Open(file, length, out model._tensors, ref model.Description, out model._normalization);
        if (fault.IsNone) model.Metadata = ModelMetadata.Read(model._tensors, model.Description.Classes);
        return console.WithPath(path, fault);
    }

    /// <summary>Copies the weights into an engine that is already initialized.</summary>
    public Fault Load(Console console, ReadOnlySpan<byte> path, Engine engine)
    {
        LastStartsAnew = engine.Network.Classes != Description.Classes;
        Fault fault = ModelFile.LoadInto(_tensors, Description, engine, LastStartsAnew, out TensorMatch match);
        if (fault.IsNone) ModelNotes.Write(console, _tensors, match, Description);
        return console.WithPath(path, fault);
    }
}
