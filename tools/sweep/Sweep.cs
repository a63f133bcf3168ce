using System.Diagnostics;
using System.Globalization;
using NoDeps.Primitives;

// sweep [STRIDE]: every STRIDEth of all 2^32 floats (default 1), and a sixteenth as many random doubles, against the class library.
// That is asked about numbers without a sign only; what is the same but for the sign (texts, tanh) is held to be just that.
long stride = args.Length > 0 ? long.Parse(args[0], CultureInfo.InvariantCulture) : 1;
Check[] checks =
[
    new("float to text: \"R\", byte for byte"), new("float from text: float.Parse"),
    new("double to text: \"R\", byte for byte"), new("double from text: double.Parse"),
    new("exp: ulp from System.Math"), new("log: ulp from System.Math"), new("sigmoid: ulp from System.Math"),
    new("tanh: ulp from System.Math"),
];
const int Block = 1 << 12, Steps = 64;
long blocks = Math.Max((1L << 32) / Block / stride, 1);
var clock = Stopwatch.StartNew();
for (int step = 0; step < Steps; step++)
{
    Parallel.For(blocks * step / Steps, blocks * (step + 1) / Steps, OfBlock);
    if (step % 4 == 3) Console.Error.WriteLine($"{(step + 1) * 100 / Steps} % after {clock.Elapsed.TotalSeconds:F0} s");
}
Console.WriteLine($"{"check",-40} {"numbers",14} {"wrong",10} {"largest ulp",12}");
foreach (Check check in checks) Console.WriteLine(check);
Console.WriteLine($"{clock.Elapsed.TotalSeconds:F0} s");
return checks.All(check => check.Wrong == 0) ? 0 : 1;

void OfBlock(long block)
{
    float[] numbers = new float[Block], results = new float[Block];
    byte[] text = new byte[64], other = new byte[64];
    for (int i = 0; i < Block; i++) numbers[i] = BitConverter.UInt32BitsToSingle((uint)((block * Block + i) * stride));
    foreach (float x in numbers)
    {
        int length = FloatFormat.Shortest(text, x), signs = float.IsNegative(x) && !float.IsNaN(x) ? 1 : 0;
        bool right;
        if (signs == 0)
        {
            x.TryFormat(other, out int written, "R", CultureInfo.InvariantCulture);
            right = text.AsSpan(0, length).SequenceEqual(other.AsSpan(0, written));
        }
        else
        {
            right = text[0] == '-' && text.AsSpan(1, length - 1).SequenceEqual(other.AsSpan(0, FloatFormat.Shortest(other, -x)));
        }
        if (!right) checks[0].Fail(BitConverter.SingleToUInt32Bits(x));
        FloatParse.Single(text.AsSpan(0, length), out float back, out _);
        float expected = signs == 0 ? float.Parse(text.AsSpan(0, length), NumberStyles.Float, CultureInfo.InvariantCulture) : x;
        if (!back.Equals(expected)) checks[1].Fail(BitConverter.SingleToUInt32Bits(x));
    }
    var random = new Philox((ulong)stride, (ulong)block);
    for (int i = 0; i < Block / 16; i++)
    {
        double x = BitConverter.UInt64BitsToDouble(random.NextUInt64());
        int length = FloatFormat.Shortest(text, x);
        x.TryFormat(other, out int written, "R", CultureInfo.InvariantCulture);
        if (!text.AsSpan(0, length).SequenceEqual(other.AsSpan(0, written))) checks[2].Fail(BitConverter.DoubleToUInt64Bits(x));
        FloatParse.Double(text.AsSpan(0, length), out double back, out _);
        if (!back.Equals(double.Parse(text.AsSpan(0, length), NumberStyles.Float, CultureInfo.InvariantCulture)))
            checks[3].Fail(BitConverter.DoubleToUInt64Bits(x));
    }
    for (int i = 0; i < 8; i++) checks[i].Count(i is 2 or 3 ? Block / 16 : Block);
    Elementary.Exp(numbers, results);
    checks[4].Ulps(numbers, results, 1.0, Math.Exp);
    Elementary.Log(numbers, results);
    checks[5].Ulps(numbers, results, 1.0, Math.Log);
    Elementary.Sigmoid(numbers, results);
    checks[6].Ulps(numbers, results, 2.0, x => 1 / (1 + Math.Exp(-x)));
    Elementary.Tanh(numbers, results);
    checks[7].Ulps(numbers, results, 2.0, Math.Tanh);
}

internal sealed class Check(string name)
{
    private long _count, _wrong;
    private ulong _example;
    private double _worst;

    public long Wrong => _wrong;

    public void Count(int count) => Interlocked.Add(ref _count, count);

    public void Fail(ulong bits)
    {
        Interlocked.Increment(ref _wrong);
        Volatile.Write(ref _example, bits);
    }

    /// <summary>Units in the last place of the float nearest to the truth; what is not finite or zero must be the same.</summary>
    public void Ulps(float[] numbers, float[] results, double most, Func<double, double> function)
    {
        // What is the nearest float is not measured: half a unit at the most.
        double worst = 0.5;
        for (int i = 0; i < numbers.Length; i++)
        {
            double truth = function(numbers[i]);
            float nearest = (float)truth;
            if (nearest == results[i]) continue;
            if (!float.IsFinite(nearest) || !float.IsFinite(results[i]))
            {
                // At the edge of the range a result just beyond it may round to either side.
                if (!nearest.Equals(results[i]) && !(Math.Abs(truth) > 3.4028233e38 && Math.Abs(truth) < 3.4028237e38))
                    Fail(BitConverter.SingleToUInt32Bits(numbers[i]));
                continue;
            }
            float size = Math.Abs(nearest);
            double ulp = size < float.MaxValue ? MathF.BitIncrement(size) - (double)size : size - (double)MathF.BitDecrement(size);
            double error = Math.Abs(results[i] - truth) / ulp;
            if (error > most) Fail(BitConverter.SingleToUInt32Bits(numbers[i]));
            if (error > worst) worst = error;
        }
        lock (this) _worst = Math.Max(_worst, worst);
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture,
        $"{name,-40} {_count,14:N0} {_wrong,10:N0} {(_worst > 0 ? _worst.ToString("F4", CultureInfo.InvariantCulture) : ""),12}") +
        (_wrong > 0 ? $"  such as {_example:x}" : "");
}
