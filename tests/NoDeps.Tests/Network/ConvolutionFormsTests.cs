using System.Runtime.InteropServices;
using NoDeps.Network;
using NoDeps.Tests.Oracle;
using Xunit;

namespace NoDeps.Tests.Network;

/// <summary>
/// The three forms of convolution that stay side by side, the scalar sum, im2col with a matrix product, and lanes,
/// agree on random shapes: rectangular kernels, strides and padding different by axis, any number of channels. A sum of
/// the forward pass has one order in all of them, so that outputs agree to the bit; gradients are summed in another order.
/// </summary>
public unsafe class ConvolutionFormsTests
{
    private const int Trials = 200;
    private const double Rounding = 1e-5;

    public static IEnumerable<object[]> Sets => EngineTests.Sets;

    private static double[] Doubles(float[] numbers) => Array.ConvertAll(numbers, x => (double)x);

    [Fact]
    public void ThePatchesOfASmallImageAreTheColumns()
    {
        float[] image = [1, 2, 3, 4, 5, 6, 7, 8, 9];
        var g = new Geometry { KernelRows = 2, KernelColumns = 1, StrideRows = 1, StrideColumns = 2, PadRows = 1, PadColumns = 0 };
        Shape input = new(1, 3, 3), output = new(1, g.OutputRows(3), g.OutputColumns(3));
        var columns = ConvolutionTrial.Void((int)ConvolutionIm2Col.ColumnsCount(input, output, g));
        fixed (float* x = image, to = columns)
        {
            Matrix patches = ConvolutionIm2Col.Im2Col(x, input, output, g, 1, to);
            Assert.Equal((2, 8), (patches.Rows, patches.Columns));
            Assert.True(patches.At(1, 3) == to + 11);
        }
        Assert.Equal([0, 0, 1, 3, 4, 6, 7, 9, /**/ 1, 3, 4, 6, 7, 9, 0, 0], columns);
    }

    [Fact]
    public void AKernelIsARowOfTheWeights()
    {
        var g = new Geometry { KernelRows = 2, KernelColumns = 3, StrideRows = 1, StrideColumns = 1 };
        float[] weight = [.. Enumerable.Range(0, 5 * 4 * 2 * 3).Select(i => (float)i)];
        fixed (float* w = weight)
        {
            Matrix rows = ConvolutionIm2Col.ConvWeight2Rows(w, 5, 4, g);
            Assert.Equal((5, 24), (rows.Rows, rows.Columns));
            Assert.Equal(((3 * 4 + 2) * 2 + 1) * 3 + 2, *rows.At(3, 2 * 6 + 1 * 3 + 2));
            Assert.Equal(*rows.At(3, 17), *rows.Transposed().At(17, 3));
        }
    }

    [Fact]
    public void AProductOfMatricesIsItsDefinition()
    {
        for (int seed = 0; seed < Trials; seed++)
        {
            var random = new Random(seed);
            int m = random.Next(1, 9), n = random.Next(1, 9), p = random.Next(1, 9);
            var trial = new ConvolutionTrial(seed, fewBits: true);
            float[] a = trial.Numbers(m * n), b = trial.Numbers(n * p), start = trial.Numbers(m * p);
            var product = from i in Enumerable.Range(0, m)
                          from j in Enumerable.Range(0, p)
                          select Enumerable.Range(0, n).Sum(k => (double)a[i * n + k] * b[k * p + j]);
            float[] added = trial.Lane(start), set = trial.Room(m * p), setTransposed = ConvolutionTrial.Void(m * p);
            fixed (float* pa = a, pb = b, pAdded = added, pSet = set, pTransposed = setTransposed)
            {
                Matrix left = new(pa, m, n, 1), right = new(pb, n, p, 1);
                MatrixProductScalar.Add(left, right, new Matrix(pAdded + trial.First, m, p, trial.Step));
                MatrixProductScalar.Set(left, right, new Matrix(pSet + trial.First, m, p, trial.Step));
                // (AB)ᵀ = BᵀAᵀ
                MatrixProductScalar.Set(right.Transposed(), left.Transposed(), new Matrix(pTransposed, m, p, 1).Transposed());
            }
            Assert.Equal(product, trial.Sample(set));
            Assert.Equal(product, Doubles(setTransposed));
            Assert.Equal(product.Zip(start, (x, y) => x + y), trial.Sample(added));
        }
    }

    /// <summary>Blocks of sums and single sums: the same order, and so the same bits, with any shapes and steps.</summary>
    [Fact]
    public void AProductInBlocksIsTheProductToTheBit()
    {
        for (int seed = 0; seed < Trials; seed++)
        {
            var random = new Random(seed);
            int m = random.Next(1, 14), n = random.Next(1, 30), p = random.Next(1, 14);
            var trial = new ConvolutionTrial(seed, fewBits: false);
            float[] a = trial.Numbers(m * n), b = trial.Numbers(n * p), start = trial.Numbers(m * p);
            bool turned = seed % 2 == 0;
            foreach (bool add in new[] { false, true })
            {
                float[] whole = trial.Lane(start), blocks = trial.Lane(start);
                fixed (float* pa = a, pb = b, pWhole = whole, pBlocks = blocks)
                {
                    Matrix left = turned ? new Matrix(pa, n, m, 1).Transposed() : new Matrix(pa, m, n, 1);
                    Matrix right = turned ? new Matrix(pb, p, n, 1).Transposed() : new Matrix(pb, n, p, 1);
                    Matrix one = new(pWhole + trial.First, m, p, trial.Step), other = new(pBlocks + trial.First, m, p, trial.Step);
                    if (add) MatrixProductScalar.Add(left, right, one);
                    else MatrixProductScalar.Set(left, right, one);
                    if (add) MatrixProductBlocks.Add(left, right, other);
                    else MatrixProductBlocks.Set(left, right, other);
                }
                Assert.Equal(whole, blocks);
            }
        }
    }

    /// <summary>What <c>nodeps bench conv</c> measures: one layer by itself, in each form.</summary>
    [Theory, MemberData(nameof(Sets))]
    public void ALayerRunByItselfAgreesInAllForms(Isa isa)
    {
        Assert.True(BuiltInNetworks.TryFind("vardhan"u8, out var text));
        Assert.True(NetworkDescription.Parse(text, out var network).IsNone);
        foreach (int layer in new[] { 0, 3 })
        {
            var scalar = ByItself(network, layer, isa, KernelForm.Scalar);
            Assert.All(scalar, numbers => Assert.Contains(numbers, x => Math.Abs(x) > 0.1));
            foreach (var form in new[] { KernelForm.Lanes, KernelForm.Im2Col })
            {
                var other = ByItself(network, layer, isa, form);
                Assert.Equal(scalar[0], other[0]);
                for (int pass = 1; pass < 3; pass++)
                    Agreement.Check($"layer {layer}, {form}, pass {pass}", scalar[pass], other[pass], Rounding);
            }
        }
    }

    private static double[][] ByItself(NetworkDescription network, int layer, Isa isa, KernelForm form)
    {
        const int batch = 37;
        long bytes = ConvolutionHarness.BytesNeeded(network, batch, form);
        byte* memory = (byte*)NativeMemory.AlignedAlloc((nuint)bytes, 64);
        NativeMemory.Clear(memory, (nuint)bytes);
        var run = new ConvolutionHarness(network, layer, batch, isa, form, 5, memory);
        // Twice: what one repetition leaves behind must not matter to the next.
        for (int i = 0; i < 2; i++)
        {
            run.Forward();
            run.InputGradient();
            run.WeightGradient();
        }
        double[][] results =
        [
            Doubles(new Span<float>(run.Output, (int)run.OutputCount).ToArray()),
            Doubles(new Span<float>(run.InputDerivative, (int)run.InputCount).ToArray()),
            Doubles(new Span<float>(run.WeightDerivative, (int)run.ParameterCount).ToArray()),
        ];
        NativeMemory.AlignedFree(memory);
        return results;
    }

    /// <summary>⟨im2col(x), y⟩ = ⟨x, col2im(y)⟩, with numbers of so few bits that both sides are exact.</summary>
    [Fact]
    public void Col2imIsTheAdjointOfIm2col()
    {
        for (int seed = 0; seed < Trials; seed++)
        {
            var trial = new ConvolutionTrial(seed, fewBits: true);
            float[] x = trial.Numbers(trial.In.Size), y = trial.Numbers(trial.ColumnsCount);
            float[] xLane = trial.Lane(x), columns = ConvolutionTrial.Void(y.Length), image = trial.Room(x.Length);
            fixed (float* px = xLane, pColumns = columns, py = y, pImage = image)
            {
                ConvolutionIm2Col.Im2Col(px + trial.First, trial.In, trial.Out, trial.Window, trial.Step, pColumns);
                ConvolutionIm2Col.Col2Im(py, pImage + trial.First, trial.In, trial.Out, trial.Window, trial.Step);
            }
            double there = columns.Zip(y, (a, b) => (double)a * b).Sum();
            double back = trial.Sample(image).Zip(x, (a, b) => a * b).Sum();
            Assert.True(there == back, $"seed {seed}, {trial}: {there} and {back}");
        }
    }

    [Theory, InlineData(true), InlineData(false)]
    public void ScalarSumAndIm2colAgree(bool fewBits)
    {
        for (int seed = 0; seed < Trials; seed++)
        {
            var trial = new ConvolutionTrial(seed, fewBits);
            string what = $"seed {seed}, {trial}";
            int weights = trial.Out.Channels * trial.In.Channels * trial.Window.KernelRows * trial.Window.KernelColumns;
            float[] weight = trial.Numbers(weights), bias = trial.Numbers(trial.Out.Channels);
            float[] input = trial.Lane(trial.Numbers(trial.In.Size)), delta = trial.Lane(trial.Numbers(trial.Out.Size));
            float[] startWeight = trial.Numbers(weights), startBias = trial.Numbers(trial.Out.Channels);
            var scalar = Run(trial, false, input, weight, bias, delta, startWeight, startBias);
            var im2Col = Run(trial, true, input, weight, bias, delta, startWeight, startBias);
            double tolerance = fewBits ? 0 : Rounding;
            Agreement.Check($"{what}: output", scalar.Output, im2Col.Output, 0);
            Agreement.Check($"{what}: grad.input", scalar.InputGradient, im2Col.InputGradient, tolerance);
            Agreement.Check($"{what}: grad.weight", scalar.WeightGradient, im2Col.WeightGradient, tolerance);
            Agreement.Check($"{what}: grad.bias", scalar.BiasGradient, im2Col.BiasGradient, tolerance);
        }
    }

    private sealed record Results(double[] Output, double[] InputGradient, double[] WeightGradient, double[] BiasGradient);

    private static Results Run(ConvolutionTrial t, bool im2Col, float[] input, float[] weight, float[] bias, float[] delta,
        float[] startWeight, float[] startBias)
    {
        float[] output = t.Room(t.Out.Size), inputGradient = t.Room(t.In.Size);
        float[] weightGradient = [.. startWeight], biasGradient = [.. startBias];
        fixed (float* x = &input[t.First], w = weight, b = bias, d = &delta[t.First], z = &output[t.First],
            dx = &inputGradient[t.First], dw = weightGradient, db = biasGradient)
        {
            if (im2Col)
            {
                fixed (float* room = ConvolutionTrial.Void(t.ColumnsCount))
                    ConvolutionIm2Col.Forward(x, t.In, w, b, z, t.Out, t.Window, t.Step, room);
                fixed (float* room = ConvolutionTrial.Void(t.ColumnsCount))
                    ConvolutionIm2Col.InputGradient(d, t.Out, w, dx, t.In, t.Window, t.Step, room);
                fixed (float* room = ConvolutionTrial.Void(t.ColumnsCount))
                    ConvolutionIm2Col.AddWeightGradient(d, t.Out, x, t.In, dw, db, t.Window, t.Step, room);
            }
            else
            {
                ConvolutionScalar.Forward(x, t.In, w, b, z, t.Out, t.Window, t.Step);
                ConvolutionScalar.InputGradient(d, t.Out, w, dx, t.In, t.Window, t.Step);
                ConvolutionScalar.AddWeightGradient(d, t.Out, x, t.In, dw, db, t.Window, t.Step);
            }
        }
        return new Results(t.Sample(output), t.Sample(inputGradient), Doubles(weightGradient), Doubles(biasGradient));
    }

    /// <summary>
    /// Whole networks around a convolution, by an engine of each form. That each really runs another form shows in the
    /// last bits of some gradient.
    /// </summary>
    [Theory, MemberData(nameof(Sets))]
    public void TheThreeFormsAgreeInTheEngine(Isa isa)
    {
        var differing = new HashSet<string>();
        for (int seed = 0; seed < 30; seed++)
        {
            var trial = RandomTrial.Of(new Random(11_000 + seed), "conv", largestBatch: 40);
            string what = $"seed {seed}, batch {trial.Samples}\n{trial.Text}";
            using var lanes = Engine(trial, isa, KernelForm.Lanes, seed);
            using var scalar = Engine(trial, isa, KernelForm.Scalar, seed);
            using var im2Col = Engine(trial, isa, KernelForm.Im2Col, seed);
            lanes.Run(trial);
            scalar.Run(trial);
            im2Col.Run(trial);
            EngineComparison.RunOracle(lanes, trial);
            NoteDifference("lanes and scalar", lanes, scalar);
            NoteDifference("lanes and im2col", lanes, im2Col);
            NoteDifference("scalar and im2col", scalar, im2Col);
            foreach (var (form, engine) in new[] { ("scalar", scalar), ("im2col", im2Col) })
            {
                for (int i = 0; i < trial.Network.Layers.Count; i++)
                    Assert.True(lanes.Output(i).AsSpan().SequenceEqual(engine.Output(i)), $"{what}: {form}: output.{i}");
                Agreement.Check($"{what}: {form}: grad.input", engine.InputGradient(), lanes.InputGradient(), Rounding);
                foreach (var (key, layer, parameter) in trial.Network.Parameters.Where(p => p.Parameter.Trainable))
                    Agreement.Check($"{what}: {form}: grad.{key}", engine.Gradient(layer, parameter.Name),
                        lanes.Gradient(layer, parameter.Name), Rounding,
                        EngineComparison.Floor(trial.Network, layer, parameter));
            }
            Assert.True(im2Col.GuardsAreWhole, what);

            void NoteDifference(string pair, EngineUnderTest one, EngineUnderTest other)
            {
                foreach (int i in Enumerable.Range(0, trial.Network.Layers.Count).Where(i => IsConvolution(trial, i)))
                    if (!one.Gradient(i, "weight").SequenceEqual(other.Gradient(i, "weight")))
                        differing.Add(pair);
            }
        }
        Assert.Equal(3, differing.Count);
    }

    private static bool IsConvolution(RandomTrial trial, int layer) => trial.Network.Layers[layer] is OracleConvolution;

    /// <summary>The gradients by im2col against the float64 oracle, and an evaluation that has no memory for gradients.</summary>
    [Theory, MemberData(nameof(Sets))]
    public void Im2colAgreesWithTheOracle(Isa isa)
    {
        for (int seed = 0; seed < 20; seed++)
        {
            var trial = RandomTrial.Of(new Random(12_000 + seed), "conv", largestBatch: 40);
            string what = $"seed {seed}, batch {trial.Samples}\n{trial.Text}";
            using (var engine = Engine(trial, isa, KernelForm.Im2Col, seed))
                EngineComparison.Check(what, engine, trial);
            var options = new EngineOptions { Kernel = KernelForm.Im2Col, EvaluationOnly = true };
            using var evaluation = new EngineUnderTest(trial.Text, trial.Network, trial.Samples, isa, Teams.Of(seed), options);
            evaluation.Forward(trial.Input, trial.Samples, training: false);
            trial.Network.Forward(trial.Input, trial.Samples, training: false);
            Agreement.Check($"{what}: evaluation", trial.Network.Outputs[^1], evaluation.Output(trial.Network.Layers.Count - 1));
            Assert.True(evaluation.GuardsAreWhole, what);
        }
    }

    private static EngineUnderTest Engine(RandomTrial trial, Isa isa, KernelForm form, int seed)
    {
        var options = EngineUnderTest.Everything;
        options.Kernel = form;
        return new EngineUnderTest(trial.Text, trial.Network, trial.Samples, isa, Teams.Of(seed), options);
    }
}
