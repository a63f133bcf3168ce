using NoDeps.Formats;
using Xunit;

namespace NoDeps.Tests.Formats.Pictures;

/// <summary>Vector forms against the scalar ones, byte for byte.</summary>
public sealed unsafe class JpegFormsTests
{
    private const int Canary = 0x5A;

    [Avx2Theory]
    [InlineData(1024, 255)]
    [InlineData(200, 64)]
    [InlineData(8, 30)]
    [InlineData(32767, 65535)]
    public void TransformsAgree(int largest, int largestStep)
    {
        var random = new Random(largest);
        short* block = stackalloc short[64];
        int* steps = stackalloc int[64];
        byte* expected = stackalloc byte[8 * 11], found = stackalloc byte[8 * 11];
        for (int trial = 0; trial < 3000; trial++)
        {
            for (int i = 0; i < 64; i++)
            {
                block[i] = random.Next(1 + trial % 5) == 0 ? (short)random.Next(-largest - 1, largest + 1) : (short)0;
                steps[i] = random.Next(1, largestStep + 1);
            }
            new Span<byte>(expected, 88).Fill(Canary);
            new Span<byte>(found, 88).Fill(Canary);
            JpegTransformScalar.Inverse(block, steps, expected, 11);
            JpegTransformAvx2.Inverse(block, steps, found, 11);
            Assert.True(new ReadOnlySpan<byte>(expected, 88).SequenceEqual(new ReadOnlySpan<byte>(found, 88)));
        }
    }

    [Fact]
    public void ABlockWithOneValueIsFlat()
    {
        int* steps = stackalloc int[64];
        short* block = stackalloc short[64];
        byte* expected = stackalloc byte[64], found = stackalloc byte[64];
        for (int dc = -2048; dc < 2048; dc++)
        {
            block[0] = (short)dc;
            steps[0] = 1 + (dc & 15);
            JpegTransformScalar.Inverse(block, steps, expected, 8);
            JpegTransform.Flat(block[0], steps[0], found, 8);
            Assert.True(new ReadOnlySpan<byte>(expected, 64).SequenceEqual(new ReadOnlySpan<byte>(found, 64)));
        }
    }

    /// <summary>The transform against its definition, within the rounding of fixed point.</summary>
    [Fact]
    public void TheTransformIsThatOfItsDefinition()
    {
        var random = new Random(4);
        short* block = stackalloc short[64];
        int* steps = stackalloc int[64];
        byte* found = stackalloc byte[64];
        for (int i = 0; i < 64; i++) steps[i] = 1;
        for (int trial = 0; trial < 200; trial++)
        {
            for (int i = 0; i < 64; i++) block[i] = (short)random.Next(-60, 61);
            JpegTransformScalar.Inverse(block, steps, found, 8);
            for (int y = 0; y < 8; y++)
            {
                for (int x = 0; x < 8; x++)
                {
                    double sum = 0;
                    for (int v = 0; v < 8; v++)
                        for (int u = 0; u < 8; u++)
                            sum += block[8 * v + u] * (u == 0 ? Math.Sqrt(0.5) : 1) * (v == 0 ? Math.Sqrt(0.5) : 1)
                                * Math.Cos((2 * x + 1) * u * Math.PI / 16) * Math.Cos((2 * y + 1) * v * Math.PI / 16);
                    Assert.InRange(found[8 * y + x] - Math.Clamp(sum / 4 + 128, 0, 255), -0.7, 0.7);
                }
            }
        }
    }

    /// <summary>Every combination of luma and color differences that are a few steps apart, in rows of odd lengths.</summary>
    [Avx2Fact]
    public void ColorConversionsAgree()
    {
        byte* y = stackalloc byte[320], cb = stackalloc byte[320], cr = stackalloc byte[320];
        byte* expected = stackalloc byte[960], found = stackalloc byte[960];
        for (int b = 0; b < 256; b++)
        {
            for (int r = 0; r < 256; r += 5)
            {
                int count = 256 - (b + r) % 40;
                for (int i = 0; i < 320; i++)
                {
                    y[i] = (byte)i;
                    cb[i] = (byte)(b + i / 64);
                    cr[i] = (byte)(r + i % 5);
                }
                new Span<byte>(expected, 960).Fill(Canary);
                new Span<byte>(found, 960).Fill(Canary);
                JpegColorScalar.ToRgb(y, cb, cr, count, expected);
                JpegColorAvx2.ToRgb(y, cb, cr, count, found);
                Assert.True(new ReadOnlySpan<byte>(expected, 960).SequenceEqual(new ReadOnlySpan<byte>(found, 960)));
            }
        }
    }

    [Avx2Fact]
    public void UpsamplingFormsAgree()
    {
        var random = new Random(9);
        byte* near = stackalloc byte[256], far = stackalloc byte[256], expected = stackalloc byte[512], found = stackalloc byte[512];
        ushort* sums = stackalloc ushort[300], others = stackalloc ushort[300];
        for (int count = 1; count <= 190; count++)
        {
            random.NextBytes(new Span<byte>(near, 256));
            random.NextBytes(new Span<byte>(far, 256));
            if (count % 7 == 0) new Span<byte>(near, 256).Fill(255);
            if (count % 14 == 0) new Span<byte>(far, 256).Fill(255);
            JpegUpsamplingScalar.Sum(near, far, count, sums + 16);
            JpegUpsamplingSse2.Sum(near, far, count, others + 16);
            Assert.True(new ReadOnlySpan<ushort>(sums + 16, count).SequenceEqual(new ReadOnlySpan<ushort>(others + 16, count)));
            JpegUpsampling.Sum(near, far, count, sums + 16);
            JpegUpsamplingScalar.Widen(sums + 16, count, 8, 7, 4, expected);
            JpegUpsamplingSse2.Widen16(sums + 16, count, 8, 7, found);
            Assert.True(new ReadOnlySpan<byte>(expected, 2 * count).SequenceEqual(new ReadOnlySpan<byte>(found, 2 * count)));
            JpegUpsamplingScalar.Copy(near, count, sums + 16);
            JpegUpsamplingSse2.Copy(near, count, others + 16);
            Assert.True(new ReadOnlySpan<ushort>(sums + 16, count).SequenceEqual(new ReadOnlySpan<ushort>(others + 16, count)));
            JpegUpsampling.Copy(near, count, sums + 16);
            JpegUpsamplingScalar.Widen(sums + 16, count, 1, 2, 2, expected);
            JpegUpsamplingSse2.Widen4(sums + 16, count, 1, 2, found);
            Assert.True(new ReadOnlySpan<byte>(expected, 2 * count).SequenceEqual(new ReadOnlySpan<byte>(found, 2 * count)));
        }
    }
}
