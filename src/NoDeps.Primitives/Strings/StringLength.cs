namespace NoDeps.Primitives;

/// <summary>The length of a string that ends with a zero byte, a byte at a time.</summary>
public static unsafe class StringLength
{
    /// <summary>How many bytes lie before the first zero byte at or after <paramref name="text"/>.</summary>
    public static nint Of(byte* text)
    {
        byte* end = text;
        while (*end != 0) end++;
        return (nint)(end - text);
    }
}
