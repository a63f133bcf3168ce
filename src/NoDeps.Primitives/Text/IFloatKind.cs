namespace NoDeps.Primitives;

/// <summary>
/// An interchange format of IEEE 754 as a type argument, so that a conversion is written once and compiled for each
/// format. Bit patterns are in the low bits of a ulong.
/// </summary>
/// <typeparam name="T">The C# type of the format's numbers.</typeparam>
public interface IFloatKind<T> where T : unmanaged
{
    /// <summary>Significant bits of a normal number, the hidden one included.</summary>
    static abstract int SignificandBits { get; }

    /// <summary>Bits of the exponent's field.</summary>
    static abstract int ExponentBits { get; }

    /// <summary>Subtracted from the exponent's field, it gives the power of two of a whole significand.</summary>
    static abstract int ExponentBias { get; }

    /// <summary>
    /// The most digits of a shortest decimal (<see cref="ShortestDecimal"/>), and the most digits before the point in its
    /// text; more are written with an exponent.
    /// </summary>
    static abstract int MaxDigits { get; }

    /// <summary>The least number of <see cref="MaxDigits"/> − 1 digits.</summary>
    static abstract ulong MinShortest { get; }

    /// <summary>
    /// w · 10^q by one operation of floating point, where both <paramref name="w"/> and 10^|<paramref name="q"/>| are
    /// exact in the format; false where they are not.
    /// </summary>
    static abstract bool TryExact(ulong w, long q, out ulong bits);

    /// <summary>The number with the given magnitude, negated where <paramref name="negative"/> is 1 and not 0.</summary>
    static abstract T FromBits(ulong bits, ulong negative);

    /// <summary>An infinity, a NaN or a zero in the format.</summary>
    static abstract T FromSpecial(double value);

    /// <summary><see cref="FloatParse.Double"/> or <see cref="FloatParse.Single"/>.</summary>
    static abstract bool Parse(System.ReadOnlySpan<byte> text, out T value, out int consumed);

    /// <summary>
    /// The shortest decimal of c · 2^q, a number at equal distances from its neighbors: <see cref="ShortestDecimal.Find"/>
    /// before zeros are appended, where <see cref="PowersOfTen"/> is ready.
    /// </summary>
    static abstract ulong Shortest(ulong c, int q, out uint last, out int exponent);

    /// <summary>
    /// Writes what <see cref="ShortestDecimal.Find"/> gives, after a minus where <paramref name="sign"/> is 1 and not 0, and
    /// returns the text's length. All of <see cref="FloatFormat.FastPathLength"/> bytes may be written.
    /// </summary>
    static abstract int Write(ref byte start, uint sign, ulong w, uint last, int exponent);
}
