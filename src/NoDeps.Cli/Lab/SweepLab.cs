using System;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Threading;
using NoDeps.Platform;
using NoDeps.Primitives;

namespace NoDeps.Cli;

/// <summary>
/// <c>nodeps lab sweep N</c>: every Nth of all 2^32 floats, and an eighth as many random doubles, through printing and
/// reading back, and the floats through every form of exp, log, tanh and sigmoid. These are the checks that need no
/// other library; tools/sweep compares the same primitives with .NET's class library.
/// </summary>
internal static unsafe class SweepLab
{
    /// <summary>With it, one block remains.</summary>
    public const int MaxStride = 1 << 20;

    private const int Block = 4096;
    private const ulong AllBlocks = (1UL << 32) / Block;
    private const int DoublesABlock = Block / 8;
    private const int Functions = 4;
    private const int Steps = 64;

    /// <summary>The exact forms are slow, so they run on a sample of the numbers.</summary>
    private const int ExactEvery = 512;

    /// <summary>The scalar forms of functions run on a sample of the blocks, the vector forms on all.</summary>
    private const int ScalarEvery = 4;

    private static ReadOnlySpan<byte> Checks =>
        "float round trip,float exact form,double round trip,double exact form,exp forms,log forms,sigmoid forms,tanh forms"u8;

    private const int CheckCount = 8;
    private const int FirstFunction = 4;

    /// <summary>The state that the workers share.</summary>
    private struct Sweep
    {
        public ulong Stride;
        public long First;
        public fixed long Failures[CheckCount];
        public fixed long Cases[CheckCount];
        /// <summary>The bits of a number that failed, plus 1.</summary>
        public fixed long Failed[CheckCount];
    }

    public static Fault Run(Console console, long stride, int threads)
    {
        Fault fault = ThreadTeam.Create(threads, out WorkTeam team);
        if (!fault.IsNone) return fault;
        Sweep sweep = default;
        sweep.Stride = (ulong)stride;
        long blocks = Math.Max((long)(AllBlocks / (ulong)stride), 1), start = Clock.Nanoseconds();
        for (int step = 0; step < Steps; step++)
        {
            sweep.First = blocks * step / Steps;
            team.Run(&OfBlock, &sweep, (int)(blocks * (step + 1) / Steps - sweep.First));
            if (!console.Error.IsTerminal && (step & 7) != 7) continue;
            Template line = console.PrintError("$ % after $ s\n"u8);
            line.Integer((step + 1) * 100 / Steps);
            line.Integer((Clock.Nanoseconds() - start) / 1_000_000_000);
            line.End();
            console.Error.Flush();
        }
        long failures = 0;
        for (int i = 0; i < CheckCount; i++)
        {
            failures += sweep.Failures[i];
            Template line = console.Print("$: $ numbers, $ wrong"u8);
            line.Text(WordList.At(Checks, i, (byte)','));
            line.Grouped(sweep.Cases[i]);
            line.Grouped(sweep.Failures[i]);
            line.End();
            if (sweep.Failures[i] > 0)
            {
                line = console.Print(", such as $$"u8);
                line.Hex((uint)((sweep.Failed[i] - 1) >> 32));
                line.Hex((uint)(sweep.Failed[i] - 1));
                line.End();
            }
            console.Out.Write("\n"u8);
        }
        return failures == 0 ? Fault.None : Fault.Of(FaultKind.Different, "primitives disagree with themselves"u8);
    }

    private static void OfBlock(void* context, int item)
    {
        Sweep* sweep = (Sweep*)context;
        ulong first = (ulong)(sweep->First + item) * Block;
        float* numbers = stackalloc float[Block];
        for (int i = 0; i < Block; i++)
        {
            uint bits = (uint)((first + (ulong)i) * sweep->Stride);
            numbers[i] = BitConverter.UInt32BitsToSingle(bits);
            OfFloat(sweep, bits, (i & (ExactEvery - 1)) == 0);
        }
        Philox random = new(sweep->Stride, first);
        for (int i = 0; i < DoublesABlock; i++) OfDouble(sweep, random.NextUInt64(), i == 0);
        Interlocked.Add(ref sweep->Cases[0], Block);
        Interlocked.Add(ref sweep->Cases[1], Block / ExactEvery);
        Interlocked.Add(ref sweep->Cases[2], DoublesABlock);
        Interlocked.Increment(ref sweep->Cases[3]);
        for (int function = 0; function < Functions; function++)
            OfFunction(sweep, (ElementaryFunction)function, numbers, item % ScalarEvery == 0);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Fail(Sweep* sweep, int check, ulong bits)
    {
        Interlocked.Increment(ref sweep->Failures[check]);
        Interlocked.Exchange(ref sweep->Failed[check], (long)bits + 1);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void OfFloat(Sweep* sweep, uint bits, bool exactToo)
    {
        Span<byte> text = stackalloc byte[FloatFormat.FastPathLength], other = stackalloc byte[FloatFormat.FastPathLength];
        float value = BitConverter.UInt32BitsToSingle(bits);
        text = text.Slice(0, FloatFormat.Shortest(text, value));
        bool right = FloatParse.Single(text, out float back, out int consumed) && consumed == text.Length;
        if (!right || (BitConverter.SingleToUInt32Bits(back) != bits && !float.IsNaN(value))) Fail(sweep, 0, bits);
        if (!exactToo) return;
        other = other.Slice(0, FloatFormatScalar.Shortest(other, value));
        right = MemoryExtensions.SequenceEqual((ReadOnlySpan<byte>)text, other)
            && FloatParseScalar.Single(text, out float exact, out _)
            && BitConverter.SingleToUInt32Bits(exact) == BitConverter.SingleToUInt32Bits(back);
        if (!right) Fail(sweep, 1, bits);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void OfDouble(Sweep* sweep, ulong bits, bool exactToo)
    {
        Span<byte> text = stackalloc byte[FloatFormat.FastPathLength], other = stackalloc byte[FloatFormat.FastPathLength];
        double value = BitConverter.UInt64BitsToDouble(bits);
        text = text.Slice(0, FloatFormat.Shortest(text, value));
        bool right = FloatParse.Double(text, out double back, out int consumed) && consumed == text.Length;
        if (!right || (BitConverter.DoubleToUInt64Bits(back) != bits && !double.IsNaN(value))) Fail(sweep, 2, bits);
        if (!exactToo) return;
        other = other.Slice(0, FloatFormatScalar.Shortest(other, value));
        right = MemoryExtensions.SequenceEqual((ReadOnlySpan<byte>)text, other)
            && FloatParseScalar.Double(text, out double exact, out _)
            && BitConverter.DoubleToUInt64Bits(exact) == BitConverter.DoubleToUInt64Bits(back);
        if (!right) Fail(sweep, 3, bits);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void OfFunction(Sweep* sweep, ElementaryFunction function, float* numbers, bool scalarToo)
    {
        float* results = stackalloc float[3 * Block];
        float* spare = stackalloc float[Lanes.Count];
        Elementary.Apply(function, new ReadOnlySpan<float>(numbers, Block), new Span<float>(results, Block));
        uint* scalar = (uint*)results + (scalarToo ? Block : 0);
        if (scalarToo) ElementaryScalar.Run(function, numbers, (float*)scalar, Block);
        ElementaryLanes<Avx2Lanes, Vector256<float>>.Run(function, numbers, results + 2 * Block, Block, spare);
        uint* bits = (uint*)results;
        int check = FirstFunction + (int)function;
        Interlocked.Add(ref sweep->Cases[check], Block);
        for (int i = 0; i < Block; i++)
        {
            if (bits[i] == scalar[i] && bits[i] == bits[2 * Block + i]) continue;
            bool nan = float.IsNaN(results[i]) && float.IsNaN(((float*)scalar)[i]) && float.IsNaN(results[2 * Block + i]);
            if (!nan) Fail(sweep, check, BitConverter.SingleToUInt32Bits(numbers[i]));
        }
    }
}
