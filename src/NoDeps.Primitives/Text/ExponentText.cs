using System.Runtime.CompilerServices;

namespace NoDeps.Primitives;

/// <summary>
/// The exponents "E-324" to "E+308" of shortest texts, one word each: the text from the lowest byte up, padded with
/// zeros, and its length in the highest byte. Computed before the first use, like <see cref="PowersOfTen"/>.
/// </summary>
internal static unsafe class ExponentText
{
    private const int MinExponent = -324;
    private const int MaxExponent = 308;
    private const int LengthShift = 56;

    private struct Table
    {
        public fixed ulong Word[MaxExponent - MinExponent + 1];
    }

    private static Table s_table;

    /// <summary>The word of an exponent from −324 to 308. Requires <see cref="Compute"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static ulong Word(int exponent) =>
        Unsafe.AddByteOffset(ref s_table.Word[0], (nint)(exponent - MinExponent) * sizeof(ulong));

    /// <summary>The length of a word's text: 4 or 5 bytes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static int Length(ulong word) => (int)(word >> LengthShift);

    /// <summary>Computes the table. Threads that race here write the same words.</summary>
    internal static void Compute()
    {
        for (int exponent = MinExponent; exponent <= MaxExponent; exponent++)
        {
            uint magnitude = (uint)(exponent < 0 ? -exponent : exponent);
            ulong digits = EightDigits.Text(magnitude);
            // At least two digits.
            int count = magnitude < 100 ? 2 : 3;
            ulong text = 'E' | (exponent < 0 ? (ulong)'-' : '+') << 8 | digits >> (8 * (8 - count)) << 16;
            s_table.Word[exponent - MinExponent] = text | (ulong)(2 + count) << LengthShift;
        }
    }
}
