namespace NoDeps.Primitives;

/// <summary>
/// An IEEE 754 interchange format as a type argument, so that a conversion is written once and compiled for each
/// format. Bit patterns are in the low bits of a ulong.
/// </summary>
/// <typeparam name="T">The C# type of the format's numbers.</typeparam>
public interface IFloatKind<T> where T : unmanaged
{
    /// <summary>The number of significand bits of a normal number, including the hidden bit.</summary>
    static abstract int SignificandBits { get; }

    /// <summary>The number of bits of the exponent field.</summary>
    static abstract int ExponentBits { get; }

    /// <summary>The bias for an integral significand: the exponent field minus this is the exponent of two.</summary>
    static abstract int ExponentBias { get; }

    /// <summary>
    /// The maximum number of digits of a shortest decimal (<see cref="ShortestDecimal"/>), and the maximum number of
    /// digits before the point in its text; beyond that, the text has an exponent.
    /// </summary>
    static abstract int MaxDigits { get; }

    /// <summary>The smallest number with <see cref="MaxDigits"/> − 1 digits.</summary>
    static abstract ulong MinShortest { get; }

    /// <summary>
    /// w · 10^q by one floating-point operation, if both <paramref name="w"/> and 10^|<paramref name="q"/>| are exact
    /// in the format; returns false otherwise.
    /// </summary>
    static abstract bool TryExact(ulong w, long q, out ulong bits);

    /// <summary>
    /// The number with the given magnitude, negated if <paramref name="negative"/> is 1 rather than 0.
    /// </summary>
    static abstract T FromBits(ulong bits, ulong negative);

    /// <summary>Converts an infinity, a NaN or a zero to the format.</summary>
    static abstract T FromSpecial(double value);

    /// <summary><see cref="FloatParse.Double"/> or <see cref="FloatParse.Single"/>.</summary>
    static abstract bool Parse(System.ReadOnlySpan<byte> text, out T value, out int consumed);

    /// <summary>
    /// The shortest decimal of c · 2^q, a number equidistant from its neighbors, before <see
    /// cref="ShortestDecimal.Find"/> appends zeros. Requires <see cref="PowersOfTen.IsReady"/>.
    /// </summary>
    static abstract ulong Shortest(ulong c, int q, out uint last, out int exponent);

    /// <summary>
    /// Writes the result of <see cref="ShortestDecimal.Find"/>, after a minus sign if <paramref name="sign"/> is 1
    /// rather than 0, and returns the length of the text. May write all <see cref="FloatFormat.FastPathLength"/> bytes.
    /// </summary>
    static abstract int Write(ref byte start, uint sign, ulong w, uint last, int exponent);
}
