using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using NoDeps.Primitives;
using Xunit;

namespace NoDeps.Tests.Primitives;

/// <summary>Every operation of <see cref="ScalarLanes"/> against the vector forms, or against its definition without them.</summary>
public sealed unsafe class ScalarLanesTests
{
    private const int Count = Lanes.Count, Operations = 23;

    // Operation number `which` of a, b and c.
    private static V Apply<S, V>(int which, V a, V b, V c, byte* bytes) where S : struct, ISimd<V> where V : unmanaged => which switch
    {
        0 => S.Add(a, b),
        1 => S.Subtract(a, b),
        2 => S.Multiply(a, b),
        3 => S.Divide(a, b),
        4 => S.SquareRoot(a),
        5 => S.Fma(a, b, c),
        6 => S.FmaNegated(a, b, c),
        7 => S.Max(a, b),
        8 => S.Min(a, b),
        9 => S.And(a, b),
        10 => S.AndNot(a, b),
        11 => S.Or(a, b),
        12 => S.SelectGreater(a, b, c, a),
        13 => S.SelectEqual(a, b, c, a),
        14 => S.Round(a),
        15 => S.PowerOfTwo(S.Round(S.Min(S.Create(127), S.Max(a, S.Create(-126))))),
        16 => S.Scale(S.Create(1.25f), S.Round(S.Min(S.Create(254), S.Max(a, S.Create(-252))))),
        17 => S.Split(Positive<S, V>(a), out _),
        18 => Significand<S, V>(Positive<S, V>(a)),
        19 => S.LoadBytes(bytes),
        20 => S.Broadcast((float*)bytes),
        21 => S.Zero,
        _ => S.Create(-0f),
    };

    private static V Positive<S, V>(V a) where S : struct, ISimd<V> where V : unmanaged =>
        S.Min(S.Create(float.MaxValue), S.Max(S.AndNot(S.Create(-0f), a), S.Create(float.Epsilon)));

    private static V Significand<S, V>(V a) where S : struct, ISimd<V> where V : unmanaged
    {
        S.Split(a, out V significand);
        return significand;
    }

    private static void Run<S, V>(int which, float* x, byte* bytes, float* to) where S : struct, ISimd<V> where V : unmanaged
    {
        for (int i = 0; i < Count; i += S.Count)
        {
            byte* from = which == 20 ? bytes : bytes + i;
            S.Store(to + i, Apply<S, V>(which, S.Load(x + i), S.Load(x + Count + i), S.Load(x + 2 * Count + i), from));
        }
    }

    [Fact]
    public void EveryOperationGivesTheBitsOfTheVectorForms()
    {
        float* x = stackalloc float[3 * Count], scalar = stackalloc float[Count], vector = stackalloc float[Count];
        float[] specials = [0, -0f, 1, -1, 0.5f, 1.5f, 2.5f, -0.5f, -2.5f, float.Epsilon, float.MaxValue, 8388607.5f,
            float.PositiveInfinity, float.NegativeInfinity, float.NaN];
        var random = new Philox(3, 0);
        byte* bytes = stackalloc byte[Count];
        for (int round = 0; round < 20_000; round++)
        {
            for (int i = 0; i < 3 * Count; i++)
            {
                uint bits = random.NextUInt32();
                x[i] = bits % 4 == 0 ? specials[bits / 4 % specials.Length]
                    : bits % 4 == 1 ? (random.NextSingle() - 0.5f) * 300 : BitConverter.UInt32BitsToSingle(random.NextUInt32());
            }
            for (int i = 0; i < Count; i++) bytes[i] = (byte)random.NextUInt32();
            for (int which = 0; which < Operations; which++)
            {
                Run<ScalarLanes, ScalarVector>(which, x, bytes, scalar);
                if (Avx2.IsSupported) Compare<Avx2Lanes, Vector256<float>>(which, x, bytes, scalar, vector);
                if (Avx512DQ.IsSupported) Compare<Avx512Lanes, Vector512<float>>(which, x, bytes, scalar, vector);
                if (which == 5) Assert.Equal(MathF.FusedMultiplyAdd(x[3], x[3 + Count], x[3 + 2 * Count]), scalar[3]);
                if (which == 14) Assert.Equal(MathF.Round(x[5]), scalar[5]);
            }
        }
    }

    private static void Compare<S, V>(int which, float* x, byte* bytes, float* scalar, float* vector)
        where S : struct, ISimd<V> where V : unmanaged
    {
        Run<S, V>(which, x, bytes, vector);
        for (int i = 0; i < Count; i++)
        {
            // Which NaN comes out of an operation is the processor's choice.
            if (float.IsNaN(scalar[i]) && float.IsNaN(vector[i])) continue;
            if (BitConverter.SingleToUInt32Bits(scalar[i]) != BitConverter.SingleToUInt32Bits(vector[i]))
                Assert.Fail($"operation {which} of {x[i]:R}, {x[i + Count]:R}, {x[i + 2 * Count]:R}: {scalar[i]:R}, {vector[i]:R}");
        }
    }

    [Fact]
    public void SumsRunOverTheTreeAndTranspositionMovesEveryElement()
    {
        const int from = 19, to = 23;
        float* source = stackalloc float[Count * from], target = stackalloc float[Count * to], sums = stackalloc float[Count];
        var random = new Philox(4, 0);
        for (int i = 0; i < Count * from; i++) source[i] = random.NextSingle() - 0.5f;
        for (int i = 0; i < Count * to; i++) target[i] = -1;
        ScalarLanes.Transpose16(source, from, target, to);
        for (int j = 0; j < Count; j++)
            for (int i = 0; i < to; i++) Assert.Equal(i < Count ? source[i * from + j] : -1, target[j * to + i]);
        ScalarLanes.SumLanes16(source, sums);
        for (int group = 0; group < Count; group++)
        {
            float[] tree = new Span<float>(source + group * Count, Count).ToArray();
            for (int apart = Count / 2; apart > 0; apart /= 2)
                for (int i = 0; i < apart; i++) tree[i] += tree[i + apart];
            Assert.Equal(tree[0], sums[group]);
            if (Avx2.IsSupported) Assert.Equal(Avx2Lanes.SumLanes(source + group * Count), sums[group]);
        }
    }

    [Fact]
    public void EvenAndOddTakeEverySecondElement()
    {
        float* x = stackalloc float[2 * Count], to = stackalloc float[Count];
        for (int i = 0; i < 2 * Count; i++) x[i] = i;
        ScalarLanes.Store(to, ScalarLanes.Even(ScalarLanes.Load(x), ScalarLanes.Load(x + Count)));
        for (int i = 0; i < Count; i++) Assert.Equal(2 * i, to[i]);
        ScalarLanes.Store(to, ScalarLanes.Odd(ScalarLanes.Load(x), ScalarLanes.Load(x + Count)));
        for (int i = 0; i < Count; i++) Assert.Equal(2 * i + 1, to[i]);
    }
}
