namespace NoDeps.Tests.Oracle;

/// <summary>
/// Kernel F, stride S and padding P along one axis, and the index arithmetic of scratch 3.3.1 and 3.3.3.
/// Indices count from 1 here, as in the paper; arrays count from 0, so callers subtract one.
/// </summary>
public readonly record struct OracleWindow(int Kernel, int Stride, int Padding)
{
    /// <summary>Scratch 3.3.1: ⌊(h + 2P − F)/S⌋ + 1; below 1 where the kernel does not fit.</summary>
    public int Outputs(int inputs)
    {
        int room = inputs + 2 * Padding - Kernel;
        return room < 0 ? 0 : room / Stride + 1;
    }

    /// <summary>The input position a, from 1, that tap u of output i reads: (i − 1)S + u − P. May be outside.</summary>
    public int Input(int output, int tap) => (output - 1) * Stride + tap - Padding;

    /// <summary>The tap u by which output i reads input a: a + P − (i − 1)S (scratch 3.3.3).</summary>
    public int Tap(int input, int output) => input + Padding - (output - 1) * Stride;

    /// <summary>
    /// The first output that reads input a: max(1, ⌈(a + P − F)/S⌉ + 1). The paper (3.3.3, 3.4.2) prints the two
    /// bounds exchanged: from 1 ≤ a + P − (i − 1)S follows an upper bound of i, not a lower one.
    /// </summary>
    public int FirstOutput(int input) =>
        Math.Max(1, (int)Math.Ceiling((input + Padding - Kernel) / (double)Stride) + 1);

    /// <summary>The last output that reads input a: min(h, ⌊(a + P − 1)/S⌋ + 1).</summary>
    public int LastOutput(int input, int outputs) =>
        Math.Min(outputs, (int)Math.Floor((input + Padding - 1) / (double)Stride) + 1);
}
