using System;
using NoDeps.Formats;
using NoDeps.Network;
using NoDeps.Platform;
using NoDeps.Primitives;

namespace NoDeps.Cli;

/// <summary>Opens network descriptions by name or by file.</summary>
internal static unsafe class NetworkSource
{
    /// <summary>The maximum length of the text of a network or recipe.</summary>
    public const int MaxBytes = 1 << 20;

    /// <summary>
    /// Opens the built-in network with the given name or, if there is none, a file: a description or, if allowed, a saved
    /// model, which contains one. A fault names the source.
    /// </summary>
    public static Fault Open(Console console, ReadOnlySpan<byte> name, out NetworkDescription description, bool mayBeModel = true)
    {
        description = null;
        if (BuiltInNetworks.TryFind(name, out ReadOnlySpan<byte> text))
            return console.WithPath(name, NetworkDescription.Parse(text, out description));
        Fault fault = InputFile.Read(name, out byte* data, out long length);
        if (fault.IsNone && ModelPeek.IsModel(data, length) && !mayBeModel)
        {
            return console.WithPath(name, Fault.Of(FaultKind.Data, "is a model; expected the name of a network or a description\n"u8 +
                "use --init MODEL to start from a model's weights and description"u8));
        }
        if (fault.IsNone && ModelPeek.IsModel(data, length))
            return console.WithPath(name, ModelFile.Open(data, length, out _, ref description, out _));
        if (fault.IsNone && length > MaxBytes)
            fault = Fault.At(MaxBytes, "too long for a network description"u8, MaxBytes, length);
        if (fault.IsNone) fault = NetworkDescription.Parse(ByteOrderMark.Skip(new ReadOnlySpan<byte>(data, (int)length)), out description);
        else if (fault.Kind == FaultKind.NoInput) fault = fault.WithHint(BuiltInHint("the built-in networks are"u8, BuiltInNetworks.Names));
        return console.WithPath(name, fault);
    }

    /// <summary>The last component of a path, without its extension, after which a saved model is named.</summary>
    public static ReadOnlySpan<byte> ShortName(ReadOnlySpan<byte> name)
    {
        int slash = Words.LastIndexOf(name, (byte)'/');
        name = name.Slice(slash + 1);
        int dot = Words.LastIndexOf(name, (byte)'.');
        return dot > 0 ? name.Slice(0, dot) : name;
    }

    /// <summary>A hint that lists the names that may be given instead of a file, after <paramref name="text"/>.</summary>
    public static ReadOnlySpan<byte> BuiltInHint(ReadOnlySpan<byte> text, ReadOnlySpan<byte> names)
    {
        byte[] buffer = new byte[256];
        Utf8Writer writer = new(buffer);
        writer.Text(text);
        writer.Byte((byte)' ');
        Arguments.WriteList(ref writer, names, ", "u8);
        return new ReadOnlySpan<byte>(buffer, 0, writer.Length);
    }
}
