namespace NoDeps.Primitives;

/// <summary>
/// The vector operations that kernels are written in, so that a kernel is written once and compiled for each
/// instruction set. A lane layout always has <see cref="Lanes.Count"/> = 16 floats side by side; an instruction set
/// with shorter vectors runs a kernel once for each part of the 16.
/// All operations are IEEE-754 with one rounding, so every instruction set gives the same bits.
/// </summary>
/// <typeparam name="V">The vector type: <c>Vector256&lt;float&gt;</c> or <c>Vector512&lt;float&gt;</c>.</typeparam>
public unsafe interface ISimd<V> where V : unmanaged
{
    /// <summary>Floats in a vector: 8 or 16.</summary>
    static abstract int Count { get; }

    /// <summary>How many columns beside 6 outputs the registers hold as accumulators: 4 of 32 registers, 2 of 16.</summary>
    static abstract int BlockColumns { get; }

    /// <summary>All lanes +0.</summary>
    static abstract V Zero { get; }

    /// <summary>Loads <see cref="Count"/> floats from any address.</summary>
    static abstract V Load(float* address);

    /// <summary>Stores <see cref="Count"/> floats to any address.</summary>
    static abstract void Store(float* address, V value);

    /// <summary>The float at <paramref name="address"/> in every lane.</summary>
    static abstract V Broadcast(float* address);

    /// <summary>Loads <see cref="Count"/> bytes as numbers from 0 to 255.</summary>
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

    /// <summary>a &gt; b ? a : b in every lane; b where either is NaN.</summary>
    static abstract V Max(V a, V b);

    /// <summary>a &lt; b ? a : b in every lane; b where either is NaN.</summary>
    static abstract V Min(V a, V b);

    /// <summary>The bits of a and b; with a lane mask of all ones or all zeros keeps or clears lanes.</summary>
    static abstract V And(V a, V b);

    /// <summary>The bits of b that a lacks: clears the sign when a is −0.</summary>
    static abstract V AndNot(V a, V b);

    /// <summary>The bits of either.</summary>
    static abstract V Or(V a, V b);

    /// <summary>a &gt; b ? x : y in every lane; y where either is NaN.</summary>
    static abstract V SelectGreater(V a, V b, V x, V y);

    /// <summary>a = b ? x : y in every lane; y where either is NaN.</summary>
    static abstract V SelectEqual(V a, V b, V x, V y);

    /// <summary>Elements 0, 2, 4, … of a and then of b.</summary>
    static abstract V Even(V a, V b);

    /// <summary>Elements 1, 3, 5, … of a and then of b.</summary>
    static abstract V Odd(V a, V b);

    /// <summary>The nearest integer, ties to even.</summary>
    static abstract V Round(V a);

    /// <summary>2^n for integral n in −126 … 127; other values give no meaningful result.</summary>
    static abstract V PowerOfTwo(V n);

    /// <summary>value · 2^n with one rounding, subnormal results included, for integral n in −252 … 254 and |value| in
    /// [½, 2).</summary>
    static abstract V Scale(V value, V n);

    /// <summary>
    /// n and <paramref name="significand"/> with x = significand · 2^n and ¾ ≤ significand &lt; 1½, for positive finite x,
    /// subnormal ones included; other x give no meaningful result.
    /// </summary>
    static abstract V Split(V x, out V significand);

    /// <summary>
    /// The sum of 16 floats over the fixed tree that all lane sums use: lane i + lane i + 8, then 4, 2, 1 apart.
    /// </summary>
    static abstract float SumLanes(float* sixteen);

    /// <summary>
    /// Sums each of 16 consecutive groups of 16 floats over the tree of <see cref="SumLanes"/>: sums[i] is that of
    /// group i.
    /// </summary>
    static abstract void SumLanes16(float* groups, float* sums);

    /// <summary>Transposes a 16 × 16 block: to[j·toStride + i] = from[i·fromStride + j]. The two must not overlap.</summary>
    static abstract void Transpose16(float* from, nint fromStride, float* to, nint toStride);
}
