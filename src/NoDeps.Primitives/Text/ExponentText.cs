using System.Runtime.CompilerServices;

namespace NoDeps.Primitives;

/// <summary>
/// The texts of the exponents that shortest texts end in, "E-324" to "E+308", a word each: the text from the lowest byte
/// on, zeros, and in the highest byte its length. Worked out before the first use, as <see cref="PowersOfTen"/> is.
/// </summary>
internal static unsafe class ExponentText
{
    private const int Smallest = -324;
    private const int Largest = 308;
    private const int LengthShift = 56;

    private struct Table
    {
        public fixed ulong Word[Largest - Smallest + 1];
    }

    private static Table s_table;

    /// <summary>The word of an exponent from −324 to 308, after <see cref="Compute"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static ulong Word(int exponent) =>
        Unsafe.AddByteOffset(ref s_table.Word[0], (nint)(exponent - Smallest) * sizeof(ulong));

    /// <summary>How many bytes of a word are text: 4 or 5.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static int Length(ulong word) => (int)(word >> LengthShift);

    /// <summary>Works the table out. Threads that meet here all write the same words.</summary>
    internal static void Compute()
    {
        for (int exponent = Smallest; exponent <= Largest; exponent++)
        {
            uint magnitude = (uint)(exponent < 0 ? -exponent : exponent);
            ulong digits = EightDigits.Text(magnitude);
            // Two digits at least.
            int count = magnitude < 100 ? 2 : 3;
            ulong text = 'E' | (exponent < 0 ? (ulong)'-' : '+') << 8 | digits >> (8 * (8 - count)) << 16;
            s_table.Word[exponent - Smallest] = text | (ulong)(2 + count) << LengthShift;
        }
    }
}
