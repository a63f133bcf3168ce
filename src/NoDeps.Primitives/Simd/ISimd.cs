namespace NoDeps.Primitives;

/// <summary>
/// The vector operations that kernels are written with: a kernel is written once and compiled for each instruction set.
/// The lane layout always has <see cref="Lanes.Count"/> = 16 adjacent floats; with shorter vectors, a kernel runs once
/// for each part of the 16. All operations are IEEE 754 operations with one rounding, so every instruction set gives
/// the same bits.
/// </summary>
/// <typeparam name="V">
/// The vector type: <c>Vector256&lt;float&gt;</c>, <c>Vector512&lt;float&gt;</c> or <see cref="ScalarVector"/>.
/// </typeparam>
public unsafe interface ISimd<V> where V : unmanaged
{
    /// <summary>Floats per vector: 8 or 16.</summary>
    static abstract int Count { get; }

    /// <summary>
    /// The number of columns by 6 outputs that fit in registers as accumulators: 4 with 32 registers, 2 with 16.
    /// </summary>
    static abstract int BlockColumns { get; }

    /// <summary>+0 in every lane.</summary>
    static abstract V Zero { get; }

    /// <summary>Loads <see cref="Count"/> floats, at any alignment.</summary>
    static abstract V Load(float* address);

    /// <summary>Stores <see cref="Count"/> floats, at any alignment.</summary>
    static abstract void Store(float* address, V value);

    /// <summary>The float at <paramref name="address"/> in every lane.</summary>
    static abstract V Broadcast(float* address);

    /// <summary>Loads <see cref="Count"/> bytes and converts them to floats from 0 to 255.</summary>
    static abstract V LoadBytes(byte* address);

    /// <summary>The same number in every lane.</summary>
    static abstract V Create(float value);

    /// <summary>a + b.</summary>
    static abstract V Add(V a, V b);

    /// <summary>a − b.</summary>
    static abstract V Subtract(V a, V b);

    /// <summary>a · b.</summary>
    static abstract V Multiply(V a, V b);

    /// <summary>a / b, correctly rounded.</summary>
    static abstract V Divide(V a, V b);

    /// <summary>√a, correctly rounded.</summary>
    static abstract V SquareRoot(V a);

    /// <summary>a · b + c with one rounding.</summary>
    static abstract V Fma(V a, V b, V c);

    /// <summary>c − a · b with one rounding.</summary>
    static abstract V FmaNegated(V a, V b, V c);

    /// <summary>a &gt; b ? a : b in every lane; b if either is NaN.</summary>
    static abstract V Max(V a, V b);

    /// <summary>a &lt; b ? a : b in every lane; b if either is NaN.</summary>
    static abstract V Min(V a, V b);

    /// <summary>Bitwise and. With a mask whose lanes are all ones or all zeros, keeps or clears lanes.</summary>
    static abstract V And(V a, V b);

    /// <summary>Bitwise ~a &amp; b: with a = −0, clears the sign of b.</summary>
    static abstract V AndNot(V a, V b);

    /// <summary>Bitwise or.</summary>
    static abstract V Or(V a, V b);

    /// <summary>a &gt; b ? x : y in every lane; y if either is NaN.</summary>
    static abstract V SelectGreater(V a, V b, V x, V y);

    /// <summary>a = b ? x : y in every lane; y if either is NaN.</summary>
    static abstract V SelectEqual(V a, V b, V x, V y);

    /// <summary>Elements 0, 2, 4, … of a, then those of b.</summary>
    static abstract V Even(V a, V b);

    /// <summary>Elements 1, 3, 5, … of a, then those of b.</summary>
    static abstract V Odd(V a, V b);

    /// <summary>The nearest integer, ties to even.</summary>
    static abstract V Round(V a);

    /// <summary>2^n for integral n in −126 … 127; the result is unspecified for other values.</summary>
    static abstract V PowerOfTwo(V n);

    /// <summary>
    /// value · 2^n with one rounding, subnormal results included, for integral n in −252 … 254 and |value| in [½, 2).
    /// </summary>
    static abstract V Scale(V value, V n);

    /// <summary>
    /// Returns n and <paramref name="significand"/> such that x = significand · 2^n and ¾ ≤ significand &lt; 1½, for
    /// positive finite x, subnormals included. The result is unspecified for other x.
    /// </summary>
    static abstract V Split(V x, out V significand);

    /// <summary>
    /// The sum of 16 floats in the fixed order of all lane sums: lane i + lane i + 8, then lanes 4, 2 and 1 apart.
    /// </summary>
    static abstract float SumLanes(float* sixteen);

    /// <summary>
    /// Sums 16 consecutive groups of 16 floats, each in the order of <see cref="SumLanes"/>: sums[i] is the sum of
    /// group i.
    /// </summary>
    static abstract void SumLanes16(float* groups, float* sums);

    /// <summary>Transposes a 16 × 16 block: to[j·toStride + i] = from[i·fromStride + j]. The two must not overlap.</summary>
    static abstract void Transpose16(float* from, nint fromStride, float* to, nint toStride);
}
