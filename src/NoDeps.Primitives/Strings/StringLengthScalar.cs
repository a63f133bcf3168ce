namespace NoDeps.Primitives;

/// <summary>The length of a NUL-terminated string, one byte at a time.</summary>
public static unsafe class StringLengthScalar
{
    /// <inheritdoc cref="StringLength.Of"/>
    public static nint Of(byte* text)
    {
        byte* end = text;
        while (*end != 0) end++;
        return (nint)(end - text);
    }
}
