using System.Runtime.InteropServices;
using NoDeps.Network;
using Xunit;

namespace NoDeps.Tests.Network;

/// <summary>The vectorized product of two matrices has the bits of the definition.</summary>
public sealed unsafe class MatrixProductTests
{
    private static readonly int[] Sizes = [1, 2, 5, 6, 7, 15, 16, 17, 20, 25, 33, 63, 64, 65, 100, 127, 128, 130, 200];

    public static TheoryData<Isa> Sets()
    {
        var sets = new TheoryData<Isa>();
        foreach (Isa isa in EngineUnderTest.InstructionSets) sets.Add(isa);
        return sets;
    }

    /// <summary>Any shape, both factors by rows, by columns and with gaps, the result with gaps that stay as they are.</summary>
    [Theory, MemberData(nameof(Sets))]
    public void AProductInPanelsIsTheProductToTheBit(Isa isa)
    {
        for (int seed = 0; seed < 120; seed++)
        {
            var random = new Random(seed);
            int m = Size(random), n = Size(random), p = 64 + random.Next(100);
            float[] wanted = new float[m * (p + 3)], found = new float[m * (p + 3)];
            long bytes = MatrixProductHarness.BytesNeeded(n);
            byte* memory = (byte*)NativeMemory.AlignedAlloc((nuint)bytes, 64);
            NativeMemory.Clear(memory, (nuint)bytes);
            fixed (float* pa = Numbers(random, 2 * m * n), pb = Numbers(random, 2 * n * p), pWanted = wanted, pFound = found)
            {
                Matrix a = Some(random, pa, m, n), b = Some(random, pb, n, p);
                MatrixProductScalar.Set(a, b, new Matrix(pWanted, m, p, 1) { RowStride = p + 3 });
                new MatrixProductHarness(n, isa, memory).Set(a, b, new Matrix(pFound, m, p, 1) { RowStride = p + 3 });
            }
            NativeMemory.AlignedFree(memory);
            Assert.True(wanted.AsSpan().SequenceEqual(found), $"{m} x {n} x {p}, seed {seed}");
        }
    }

    private static int Size(Random random) => Sizes[random.Next(Sizes.Length)];

    private static float[] Numbers(Random random, int count) =>
        [.. Enumerable.Range(0, count).Select(_ => random.NextSingle() * 2 - 1)];

    private static Matrix Some(Random random, float* at, int rows, int columns) => random.Next(3) switch
    {
        0 => new Matrix(at, rows, columns, 1),
        1 => new Matrix(at, columns, rows, 1).Transposed(),
        _ => new Matrix(at, rows, columns, 2),
    };
}
