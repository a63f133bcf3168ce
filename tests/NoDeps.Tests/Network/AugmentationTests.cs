using NoDeps.Network;
using NoDeps.Primitives;
using NoDeps.Tests.Formats.Pictures;
using Xunit;

namespace NoDeps.Tests.Network;

/// <summary>Random changes of training images: against float64, against themselves in other forms, and what must not change.</summary>
public sealed unsafe class AugmentationTests
{
    public static TheoryData<int, int, int> Shapes => new()
    {
        { 1, 1, 1 }, { 1, 2, 9 }, { 3, 5, 7 }, { 1, 28, 28 }, { 3, 32, 32 }, { 1, 61, 130 }, { 4, 8, 8 },
    };

    private static Augmentation All => new() { Rotate = 30, Scale = 0.2, Shear = 0.3, ElasticAlpha = 20, ElasticSigma = 3, Flip = true };

    private static byte[] Noise(Shape shape, int seed)
    {
        byte[] image = new byte[shape.Size];
        new Random(seed).NextBytes(image);
        return image;
    }

    private static byte[] Apply(byte[] image, Shape shape, int shift, Augmentation how, ulong seed, int epoch, int number)
    {
        using GuardedBuffer from = new(image), to = new(image.Length);
        using GuardedBuffer scratch = new((ImageAugmentation.ScratchBytes(shape, how) + 3) & -4);
        float* weights = stackalloc float[ElasticField.MaxTaps];
        ImageAugmentation.Apply(from.Start, to.Start, shape, shift, how, weights, seed, epoch, number, scratch.Start);
        Assert.True(from.Bytes.SequenceEqual(image));
        return to.Bytes.ToArray();
    }

    private static byte[] Warp(byte[] image, Shape shape, WarpMatrix matrix, int[]? moved, bool isScalar)
    {
        using GuardedBuffer from = new(image), to = new(image.Length), scratch = new(ImageWarp.ScratchBytes(shape));
        scratch.Bytes.Fill(77);
        fixed (int* displacements = moved)
        {
            if (isScalar) ImageWarp.ApplyScalar(from.Start, to.Start, shape, matrix, displacements, scratch.Start);
            else ImageWarp.Apply(from.Start, to.Start, shape, matrix, displacements, scratch.Start);
        }
        return to.Bytes.ToArray();
    }

    [Theory, MemberData(nameof(Shapes))]
    public void FormsAgreeAndFollowTheFormulaInDoublePrecision(int channels, int rows, int columns)
    {
        Shape shape = new(channels, rows, columns);
        var random = new Random(columns);
        for (int trial = 0; trial < 60; trial++)
        {
            byte[] image = Noise(shape, trial);
            WarpMatrix matrix = WarpMatrix.Draw(All, trial % 5, shape, 7, 3, trial);
            int[]? moved = trial % 2 == 0 ? null
                : [.. Enumerable.Range(0, 2 * shape.Plane).Select(_ => random.Next(trial % 3 == 0 ? int.MaxValue / 8 : 200_000) - 90_000)];
            byte[] scalar = Warp(image, shape, matrix, moved, isScalar: true);
            Assert.Equal(scalar, Warp(image, shape, matrix, moved, isScalar: false));
            for (int i = 0; i < shape.Size; i++)
            {
                int channel = i / shape.Plane, y = i % shape.Plane / columns, x = i % columns, at = y * columns + x;
                double fromX = (matrix.M00 * (double)x + matrix.M01 * (double)y + matrix.X + (moved?[at] ?? 0)) / 65536;
                double fromY = (matrix.M10 * (double)x + matrix.M11 * (double)y + matrix.Y + (moved?[shape.Plane + at] ?? 0)) / 65536;
                double wanted = Bilinear(image, shape, channel, fromX, fromY);
                Assert.InRange(scalar[i], wanted - 2.1, wanted + 2.1);
            }
        }
    }

    private static double Bilinear(byte[] image, Shape shape, int channel, double x, double y)
    {
        int left = (int)Math.Floor(x), top = (int)Math.Floor(y);
        double sum = 0;
        for (int j = 0; j < 2; j++)
            for (int i = 0; i < 2; i++)
            {
                int column = left + i, row = top + j;
                if (column < 0 || row < 0 || column >= shape.Columns || row >= shape.Rows) continue;
                sum += Math.Abs(1 - i - (x - left)) * Math.Abs(1 - j - (y - top)) *
                    image[channel * shape.Plane + row * shape.Columns + column];
            }
        return sum;
    }

    [Theory, MemberData(nameof(Shapes))]
    public void NothingChangesWithoutAnAmount(int channels, int rows, int columns)
    {
        Shape shape = new(channels, rows, columns);
        byte[] image = Noise(shape, 1);
        Assert.Equal(image, Warp(image, shape, WarpMatrix.Identity, null, false));
        Assert.Equal(image, Apply(image, shape, 0, default, 1, 0, 0));
        // A shift by the warp is a shift by whole pixels, without interpolation.
        Augmentation tiny = new() { Shear = 1e-300 };
        for (int number = 0; number < 20; number++)
            Assert.Equal(Apply(image, shape, 2, default, 1, 0, number), Apply(image, shape, 2, tiny, 1, 0, number));
    }

    [Fact]
    public void AnImageDependsOnSeedEpochAndNumberOnly()
    {
        Shape shape = new(1, 28, 28);
        byte[] image = Noise(shape, 1);
        byte[] first = Apply(image, shape, 2, All, 1, 0, 5);
        Assert.Equal(first, Apply(image, shape, 2, All, 1, 0, 5));
        Assert.NotEqual(first, Apply(image, shape, 2, All, 2, 0, 5));
        Assert.NotEqual(first, Apply(image, shape, 2, All, 1, 1, 5));
        Assert.NotEqual(first, Apply(image, shape, 2, All, 1, 0, 6));
    }

    [Fact]
    public void AmountsAreUniformAroundNothing()
    {
        Shape shape = new(1, 101, 101);
        double[] angles = [.. Enumerable.Range(0, 20_000).Select(image =>
        {
            WarpMatrix m = WarpMatrix.Draw(new Augmentation { Rotate = 12 }, 0, shape, 1, 2, image);
            Assert.InRange(Math.Sqrt((double)m.M00 * m.M00 + (double)m.M10 * m.M10) / 65536, 0.9999, 1.0001);
            return Math.Atan2(m.M10, m.M00) * 180 / Math.PI;
        })];
        Assert.InRange(angles.Min(), -12.001, -11.9);
        Assert.InRange(angles.Max(), 11.9, 12.001);
        Assert.InRange(angles.Average(), -0.15, 0.15);
        Assert.InRange(angles.Select(a => a * a).Average(), 47, 49);
        double[] scales = [.. Enumerable.Range(0, 20_000).Select(image =>
            65536.0 / WarpMatrix.Draw(new Augmentation { Scale = 0.25 }, 0, shape, 1, 2, image).M00)];
        Assert.InRange(scales.Min(), 0.749, 0.755);
        Assert.InRange(scales.Max(), 1.245, 1.251);
        int mirrored = Enumerable.Range(0, 20_000).Count(image =>
            WarpMatrix.Draw(new Augmentation { Flip = true }, 0, shape, 1, 2, image).M00 < 0);
        Assert.InRange(mirrored, 9_700, 10_300);
    }

    [Fact]
    public void AMirroredImageIsItsMirrorImage()
    {
        Shape shape = new(2, 6, 9);
        byte[] image = Noise(shape, 3);
        byte[] mirror = [.. Enumerable.Range(0, shape.Size).Select(i => image[i / 9 * 9 + 8 - i % 9])];
        Augmentation flip = new() { Flip = true };
        byte[][] seen = [.. Enumerable.Range(0, 40).Select(number => Apply(image, shape, 0, flip, 1, 0, number))];
        Assert.All(seen, one => Assert.True(one.AsSpan().SequenceEqual(image) || one.AsSpan().SequenceEqual(mirror)));
        Assert.InRange(seen.Count(one => one.AsSpan().SequenceEqual(mirror)), 8, 32);
    }

    [Fact]
    public void RectanglesAreErasedAsOftenAndAsLargeAsPromised()
    {
        Shape shape = new(2, 30, 40);
        byte[] image = [.. Enumerable.Repeat((byte)9, shape.Size)];
        Augmentation erase = new() { Erase = 0.25 };
        int erased = 0;
        for (int number = 0; number < 4_000; number++)
        {
            byte[] result = Apply(image, shape, 0, erase, 1, 0, number);
            int[] zeros = [.. Enumerable.Range(0, shape.Plane).Where(i => result[i] == 0)];
            if (zeros.Length == 0) continue;
            erased++;
            int height = zeros.Max(i => i / 40) - zeros.Min(i => i / 40) + 1, width = zeros.Max(i => i % 40) - zeros.Min(i => i % 40) + 1;
            Assert.Equal(zeros.Length, height * width);
            Assert.InRange(zeros.Length, 0.015 * shape.Plane, 0.36 * shape.Plane);
            Assert.Equal(zeros, Enumerable.Range(0, shape.Plane).Where(i => result[shape.Plane + i] == 0));
        }
        Assert.InRange(erased, 880, 1_120);
    }

    /// <summary>Fields against a direct convolution with a Gaussian in float64.</summary>
    [Theory]
    [InlineData(28, 28, 4.0)]
    [InlineData(5, 33, 1.5)]
    [InlineData(40, 7, 20.0)]
    public void DisplacementsAreASmoothedRandomField(int rows, int columns, double sigma)
    {
        Shape shape = new(1, rows, columns);
        int taps = ElasticField.Taps(sigma), stride = ElasticField.Stride(columns, taps), margin = ElasticField.Margin(taps);
        float[] scratch = new float[ElasticField.ScratchFloats(shape, sigma)], raw = new float[rows * stride], weights = new float[taps];
        byte[] numbers = new byte[shape.Plane + 32];
        Array.Fill(scratch, float.NaN);
        int[] scalar = new int[2 * shape.Plane], vector = new int[2 * shape.Plane];
        fixed (float* s = scratch)
        fixed (float* f = raw)
        fixed (float* w = weights)
        fixed (int* a = scalar)
        fixed (int* b = vector)
        fixed (byte* n = numbers)
        {
            ElasticField.Weigh(sigma, w);
            ElasticFieldLanes<ScalarLanes, ScalarVector>.Make(a, shape, w, taps, 30, 1, 2, 3, s);
            if (System.Runtime.Intrinsics.X86.Avx2.IsSupported)
            {
                ElasticFieldLanes<Avx2Lanes, System.Runtime.Intrinsics.Vector256<float>>.Make(b, shape, w, taps, 30, 1, 2, 3, s);
                Assert.Equal(scalar, vector);
            }
            Assert.Equal(1, weights[0] + 2 * weights.Skip(1).Sum(), 1e-5);
            for (int which = 0; which < 2; which++)
            {
                ElasticField.Draw(n, shape, 1, 2, 3, which);
                ElasticFieldLanes<ScalarLanes, ScalarVector>.Spread(n, f, shape, stride, margin);
                Assert.Equal(numbers[7] / 127.5 - 1, raw[7 / columns * stride + margin + 7 % columns], 1e-6);
                for (int y = 0; y < rows; y++)
                    for (int x = 0; x < columns; x++)
                    {
                        double sum = 0;
                        for (int j = Math.Max(0, y - taps + 1); j < Math.Min(rows, y + taps); j++)
                            for (int i = Math.Max(0, x - taps + 1); i < Math.Min(columns, x + taps); i++)
                                sum += weights[Math.Abs(j - y)] * weights[Math.Abs(i - x)] * raw[j * stride + margin + i];
                        Assert.Equal(sum * 30 * 65536, scalar[which * shape.Plane + y * columns + x], 30.0);
                    }
            }
            Assert.NotEqual(scalar[..shape.Plane], scalar[shape.Plane..]);
        }
    }
}
