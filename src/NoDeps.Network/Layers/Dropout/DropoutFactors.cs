using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using NoDeps.Primitives;

namespace NoDeps.Network;

/// <summary>
/// The factors of dropout: for each element of a tile and each of its 16 samples, 0 with probability p and 1/(1 − p)
/// otherwise. The random numbers of an element are four consecutive Philox blocks; those of a tile are one sequence.
/// </summary>
internal static unsafe class DropoutFactors
{
    private const int Lane = Lanes.Count;
    private const int BlocksPerElement = Lane / 4;
    /// <summary>Elements whose random numbers are drawn at once.</summary>
    private const int Chunk = 16;

    /// <summary>Draws the factors of some elements, [element][sample].</summary>
    /// <param name="factors">Receives the factors.</param>
    /// <param name="element">The first element.</param>
    /// <param name="elements">How many.</param>
    /// <param name="tile">The tile of samples.</param>
    /// <param name="probability">Probability of dropping, rounded down to 24 bits.</param>
    /// <param name="seed">Key of the random numbers.</param>
    /// <param name="stream">Their stream, which differs for each step and layer.</param>
    public static void Draw(float* factors, int element, int elements, int tile, float probability, ulong seed, ulong stream) =>
        Draw(factors, element, elements, tile, probability, seed, stream, Avx2.IsSupported);

    /// <summary>The reference form of <see cref="Draw(float*, int, int, int, float, ulong, ulong)"/>.</summary>
    public static void DrawScalar(float* factors, int element, int elements, int tile, float probability, ulong seed, ulong stream) =>
        Draw(factors, element, elements, tile, probability, seed, stream, false);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Draw(float* factors, int element, int elements, int tile, float probability, ulong seed, ulong stream,
        bool isVector)
    {
        uint* numbers = stackalloc uint[Chunk * Lane];
        uint threshold = (uint)(probability * 16777216f);
        float keep = 1f / (1f - probability);
        for (int end = element + elements; element < end; element += Chunk, factors += Chunk * Lane)
        {
            int count = end - element < Chunk ? end - element : Chunk;
            ulong block = (ulong)(uint)tile << 32 | (uint)(element * BlocksPerElement);
            if (isVector) PhiloxAvx2.Fill(numbers, count * BlocksPerElement, seed, stream, block);
            else PhiloxScalar.Fill(numbers, count * BlocksPerElement, seed, stream, block);
            if (isVector) SelectAvx2(numbers, count * Lane, threshold, keep, factors);
            else SelectScalar(numbers, count * Lane, threshold, keep, factors);
        }
    }

    private static void SelectScalar(uint* numbers, int count, uint threshold, float keep, float* factors)
    {
        for (int i = 0; i < count; i++) factors[i] = numbers[i] >> 8 < threshold ? 0 : keep;
    }

    /// <summary>The numbers have 24 bits, so a signed comparison is correct.</summary>
    private static void SelectAvx2(uint* numbers, int count, uint threshold, float keep, float* factors)
    {
        const int Width = 8;
        Vector256<int> limit = Vector256.Create((int)threshold);
        Vector256<float> kept = Vector256.Create(keep);
        for (int i = 0; i < count; i += Width)
        {
            Vector256<int> number = Avx2.ShiftRightLogical(Avx.LoadVector256((int*)numbers + i), 8);
            Avx.Store(factors + i, Avx.AndNot(Avx2.CompareGreaterThan(limit, number).AsSingle(), kept));
        }
    }
}
