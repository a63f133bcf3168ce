using System.Globalization;
using FsCheck;
using FsCheck.Xunit;
using NoDeps.EndToEnd.Tests.Harness;
using Xunit;

namespace NoDeps.EndToEnd.Tests.Lab;

/// <summary>exp, log, tanh and sigmoid in the shipped binary, every form, against System.Math.</summary>
public sealed class LabMathTests
{
    private static readonly CultureInfo Invariant = CultureInfo.InvariantCulture;

    [Property(MaxTest = 5, StartSize = 500, EndSize = 2000)]
    public void AreNearTheTruth(DoNotSize<uint>[] random, int[] sixteenths)
    {
        float[] values =
        [
            0f, -0f, 1f, -1f, float.Epsilon, float.MaxValue, float.MinValue, float.PositiveInfinity, float.NegativeInfinity,
            88.7f, 88.8f, -87.4f, -103.9f, -104.1f, .. sixteenths.Select(x => x / 16f),
            .. random.Select(x => BitConverter.UInt32BitsToSingle(x.Item)).Where(x => !float.IsNaN(x)),
        ];
        string[] lines = [.. values.Select(x => x.ToString("R", Invariant))];
        Check("exp", 1, Math.Exp);
        Check("tanh", 2, Math.Tanh);
        Check("sigmoid", 2, x => 1 / (1 + Math.Exp(-x)));
        Check("log", 1, Math.Log);

        void Check(string subject, int most, Func<double, double> function)
        {
            string[]? first = null;
            foreach (string[] form in LabPipe.Forms(subject))
            {
                string[] found = LabPipe.Lines(lines, [subject, .. form]);
                // The forms give the same bits.
                Assert.Equal(first ??= found, found);
                for (int i = 0; i < lines.Length; i++)
                {
                    float truth = (float)function(values[i]), result = float.Parse(found[i], Invariant);
                    Assert.True(float.IsNaN(truth) ? float.IsNaN(result) : Math.Abs(Place(truth) - Place(result)) <= most,
                        $"{subject} {string.Join(' ', form)} of {lines[i]}: {found[i]}, not {truth.ToString("R", Invariant)}");
                }
            }
        }
    }

    /// <summary>Floats in order, numbered.</summary>
    private static long Place(float x)
    {
        int bits = BitConverter.SingleToInt32Bits(x);
        return bits < 0 ? -(bits & int.MaxValue) : bits;
    }
}
