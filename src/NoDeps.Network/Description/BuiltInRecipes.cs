using System;
using NoDeps.Primitives;

namespace NoDeps.Network;

/// <summary>The training recipes of data/recipes, which the build embeds in the program.</summary>
public static partial class BuiltInRecipes
{
    /// <summary>The name of a recipe, such as "best": the file's name without its extension.</summary>
    /// <param name="index">From 0 to <see cref="Count"/> − 1, in the order of the names.</param>
    public static ReadOnlySpan<byte> Name(int index) => WordList.At(Names, index);

    /// <summary>The recipe's text; see <see cref="NetworkDescription.UseRecipe"/>.</summary>
    /// <param name="index">From 0 to <see cref="Count"/> − 1.</param>
    public static ReadOnlySpan<byte> Text(int index) => TextAt(index);

    /// <summary>Finds a recipe by its exact name.</summary>
    public static bool TryFind(ReadOnlySpan<byte> name, out ReadOnlySpan<byte> text)
    {
        int index = WordList.IndexOf(Names, name);
        text = index < 0 ? default : Text(index);
        return index >= 0;
    }
}
