using NoDeps.Network;
using NoDeps.Primitives;
using NoDeps.Tests.Oracle;
using NoDeps.Tests.Primitives;
using Xunit;

namespace NoDeps.Tests.Network;

/// <summary>Images that are moved on their way into the engine, against the oracle that does it pixel by pixel.</summary>
public unsafe class ImageShiftTests
{
    public static IEnumerable<object[]> Sets => EngineTests.Sets;

    /// <summary>
    /// Shapes of 1 to 3 channels, shifts smaller and larger than the image; the images end at a page that must not be
    /// touched, and the same batch without a shift comes in unmoved after it.
    /// </summary>
    [Theory, MemberData(nameof(Sets))]
    public void ImagesComeInAsTheOracleMovesThem(Isa isa)
    {
        for (int seed = 0; seed < 80; seed++)
        {
            var random = new Random(seed);
            var shape = new OracleShape(random.Next(1, 4), random.Next(1, 10), random.Next(1, 10));
            string text = $"input {shape.Channels}x{shape.Rows}x{shape.Columns}\nrelu\nflatten\ndense 2\n"
                + "loss softmax-cross-entropy\n";
            int size = shape.Channels * shape.Rows * shape.Columns, most = random.Next(1, 13), count = random.Next(1, 50);
            int images = 4096 / size;
            int[] order = Enumerable.Range(0, count).Select(_ => random.Next(images)).ToArray();
            ulong key = (ulong)random.NextInt64(), stream = (ulong)random.NextInt64();
            using var memory = new GuardedMemory();
            byte* pixels = memory.End - images * size;
            random.NextBytes(memory.Bytes);
            using var engine = new EngineUnderTest(text, OracleNetwork.Of(text), count, isa, Teams.Of(seed),
                EngineUnderTest.Everything);
            double[] Load(int shift)
            {
                fixed (int* which = order)
                {
                    engine.Engine.SetImages(pixels, which, count, new Normalization(0, 1));
                    if (shift > 0)
                        engine.Engine.ShiftImages(shift, key, stream);
                    engine.Engine.Forward(true);
                }
                return engine.Output(0);
            }
            var moved = order.SelectMany(image =>
            {
                (int down, int right) = OracleShift.Draw(key, stream, image, most);
                Assert.InRange(down, -most, most);
                Assert.InRange(right, -most, most);
                return OracleShift.Apply(new ReadOnlySpan<byte>(pixels + image * size, size), shape, down, right);
            });
            Agreement.Check($"seed {seed}, {most} pixels\n{text}", Scaled(moved), Load(most), 1e-6);
            var unmoved = order.SelectMany(image => new ReadOnlySpan<byte>(pixels + image * size, size).ToArray());
            Agreement.Check($"seed {seed}, unmoved\n{text}", Scaled(unmoved), Load(0), 1e-6);
            Assert.True(engine.GuardsAreWhole);
        }
    }

    private static double[] Scaled(IEnumerable<byte> pixels) => pixels.Select(pixel => pixel / 255.0).ToArray();

    /// <summary>Every one of the (2N + 1)² places is drawn about equally often, and another way in another stream.</summary>
    [Fact]
    public void ShiftsAreUniformAndDifferFromStreamToStream()
    {
        const int Most = 2, Places = 25, Count = 50_000;
        int[] counts = new int[Places];
        int same = 0;
        for (int image = 0; image < Count; image++)
        {
            int down, right, downAgain, rightAgain;
            ImageShift.Draw(7, 1UL << 41, image, Most, &down, &right);
            ImageShift.Draw(7, (1UL << 41) + 1, image, Most, &downAgain, &rightAgain);
            Assert.Equal((down, right), OracleShift.Draw(7, 1UL << 41, image, Most));
            counts[(down + Most) * (2 * Most + 1) + right + Most]++;
            same += (down, right) == (downAgain, rightAgain) ? 1 : 0;
        }
        double spread = 5 * Math.Sqrt((double)Count / Places);
        Assert.All(counts.Append(same), n => Assert.InRange(n, Count / Places - spread, Count / Places + spread));
    }

    /// <summary>An engine for evaluation moves nothing: it has no room for it.</summary>
    [Fact]
    public void AnEngineForEvaluationMovesNothing()
    {
        const string Text = "input 1x3x3\nflatten\ndense 2\nloss squared-error\n";
        byte* pixels = stackalloc byte[9];
        for (int i = 0; i < 9; i++)
            pixels[i] = (byte)(20 * i);
        var options = new EngineOptions { EvaluationOnly = true, KeepOutputs = true };
        using var engine = new EngineUnderTest(Text, OracleNetwork.Of(Text), 1, Isa.Avx2, new SerialTeam(), options);
        engine.Engine.SetImages(pixels, null, 1, new Normalization(0, 1));
        engine.Engine.ShiftImages(3, 1, 1);
        engine.Engine.Forward(false);
        Assert.True(engine.GuardsAreWhole);
    }
}
