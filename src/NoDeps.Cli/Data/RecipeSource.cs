using System;
using NoDeps.Formats;
using NoDeps.Network;
using NoDeps.Platform;
using NoDeps.Primitives;

namespace NoDeps.Cli;

/// <summary>Opens training recipes by name or by file.</summary>
internal static unsafe class RecipeSource
{
    /// <summary>
    /// Replaces a network's recipe with the built-in recipe of the given name or, if there is none, with that of a file. A fault names
    /// the source.
    /// </summary>
    public static Fault Apply(Console console, ReadOnlySpan<byte> name, ref NetworkDescription network)
    {
        Fault fault = Fault.None;
        if (!BuiltInRecipes.TryFind(name, out ReadOnlySpan<byte> text))
        {
            fault = InputFile.Read(name, out byte* data, out long length);
            if (fault.IsNone && length > NetworkSource.MaxBytes)
                fault = Fault.At(NetworkSource.MaxBytes, "too long for a recipe"u8, NetworkSource.MaxBytes, length);
            if (fault.Kind == FaultKind.NoInput)
                fault = fault.WithHint(NetworkSource.BuiltInHint("the built-in recipes are"u8, BuiltInRecipes.Names));
            if (fault.IsNone) text = ByteOrderMark.Skip(new ReadOnlySpan<byte>(data, (int)length));
        }
        if (!fault.IsNone) return console.WithPath(name, fault);
        fault = network.UseRecipe(text, out NetworkDescription changed);
        if (fault.IsNone) network = changed;
        return console.WithPath(name, fault);
    }
}
