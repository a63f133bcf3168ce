using NoDeps.Network;

namespace NoDeps.Tests.Network;

/// <summary>
/// One sample's convolution of a random, awkward geometry: its numbers lie in one lane of <see cref="Step"/>, between
/// others that no kernel may touch.
/// </summary>
public sealed unsafe class ConvolutionTrial
{
    /// <summary>What lies in the other lanes.</summary>
    private const float Foreign = 12345;
    private readonly Random _random;
    private readonly bool _fewBits;

    /// <summary>Shape of the input.</summary>
    public Shape In { get; }
    /// <summary>Shape of the output.</summary>
    public Shape Out { get; }
    /// <summary>Kernel, stride and padding, each by axis.</summary>
    public Geometry Window { get; }
    /// <summary>Floats between two elements of a sample.</summary>
    public int Step { get; }
    /// <summary>Where the sample's first element lies in an array of <see cref="Lane"/>.</summary>
    public int First { get; }

    /// <summary>Taps of all channels × positions.</summary>
    public int ColumnsCount => (int)ConvolutionIm2Col.ColumnsCount(In, Out, Window);

    /// <summary>The trial of a seed; with few bits every sum of its numbers is exact in float32.</summary>
    public ConvolutionTrial(int seed, bool fewBits)
    {
        _random = new Random(seed);
        _fewBits = fewBits;
        Step = seed % 2 == 0 ? 1 : 16;
        First = _random.Next(Step);
        Geometry g = default;
        do
        {
            In = new Shape(_random.Next(1, 5), _random.Next(1, 11), _random.Next(1, 11));
            g.KernelRows = _random.Next(1, 6);
            g.KernelColumns = _random.Next(1, 6);
            g.StrideRows = _random.Next(1, 4);
            g.StrideColumns = _random.Next(1, 4);
            g.PadRows = _random.Next(0, g.KernelRows + 1);
            g.PadColumns = _random.Next(0, g.KernelColumns + 1);
            Out = new Shape(_random.Next(1, 8), g.OutputRows(In.Rows), g.OutputColumns(In.Columns));
        }
        while (Out.Plane == 0);
        Window = g;
    }

    /// <summary>The geometry in words, for failures.</summary>
    public override string ToString() =>
        $"{In.Channels}x{In.Rows}x{In.Columns} to {Out.Channels}x{Out.Rows}x{Out.Columns}, kernel "
        + $"{Window.KernelRows}x{Window.KernelColumns}, stride {Window.StrideRows}x{Window.StrideColumns}, pad "
        + $"{Window.PadRows}x{Window.PadColumns}, step {Step}";

    /// <summary>So many random numbers.</summary>
    public float[] Numbers(int count) => Enumerable.Range(0, count)
        .Select(_ => _fewBits ? _random.Next(-8, 9) / 4f : (float)(2 * _random.NextDouble() - 1)).ToArray();

    /// <summary>A sample in its lane, the other lanes filled with what no kernel may read or write.</summary>
    public float[] Lane(float[] sample)
    {
        var numbers = new float[sample.Length * Step];
        Array.Fill(numbers, Foreign);
        for (int i = 0; i < sample.Length; i++) numbers[i * Step + First] = sample[i];
        return numbers;
    }

    /// <summary>A sample's room before anything was written there: not a number.</summary>
    public float[] Room(int count) => Lane(Void(count));

    /// <summary>So many numbers that are none.</summary>
    public static float[] Void(int count)
    {
        var numbers = new float[count];
        Array.Fill(numbers, float.NaN);
        return numbers;
    }

    /// <summary>The sample out of its lane; fails when another lane was written to.</summary>
    public double[] Sample(float[] numbers)
    {
        for (int i = 0; i < numbers.Length; i++)
            if (i % Step != First && numbers[i] != Foreign)
                throw new InvalidOperationException($"{this}: wrote to lane {i % Step} instead of {First}");
        return Enumerable.Range(0, numbers.Length / Step).Select(i => (double)numbers[i * Step + First]).ToArray();
    }
}
