using NoDeps.Network;
using NoDeps.Platform;
using NoDeps.Primitives;

namespace NoDeps.Cli;

/// <summary><c>nodeps bench peak</c>: independent chains of multiply-adds, the peak of a core.</summary>
internal static unsafe class PeakBenchmark
{
    private const double DefaultSeconds = 0.2;

    /// <summary>Multiply-adds in registers.</summary>
    private sealed class Chains : Work
    {
        public const int Times = 20_000;
        private readonly PeakKernels _machine;
        private readonly float[] _numbers = new float[PeakKernels.Numbers];

        public Chains(InstructionSet isa)
        {
            _machine = new PeakKernels(IsaOption.Kernels(isa));
            for (int i = 0; i < PeakKernels.Numbers; i++) _numbers[i] = i;
            Once();
        }

        public uint Hash
        {
            get
            {
                fixed (float* x = _numbers) return Crc32.Update(0, new System.ReadOnlySpan<byte>(x, PeakKernels.Numbers * sizeof(float)));
            }
        }

        public override void Once()
        {
            fixed (float* x = _numbers) _machine.Multiply(x, Times);
        }
    }

    /// <summary>Operations per second on one core; a multiply-add counts as two.</summary>
    public static double Measure(InstructionSet isa, double seconds, out uint hash)
    {
        Chains chains = new(isa);
        hash = chains.Hash;
        return 2.0 * PeakKernels.Numbers * Chains.Times / Measurement.Median(chains, seconds);
    }

    /// <summary>One row for the requested instruction set, or for each.</summary>
    public static Fault Run(Console console, in BenchOptions options)
    {
        Report report = new(console, options.Json, "peak,gflops,hash"u8, [Report.Words + 8, 9, 10]);
        for (InstructionSet isa = options.HasIsa ? options.Isa : InstructionSet.Avx2; isa <= options.Isa; isa++)
        {
            double speed = Measure(isa, options.SecondsOr(DefaultSeconds), out uint hash);
            report.Text(IsaOption.Name(isa));
            report.Number(speed / 1e9, 1);
            report.Hash(hash);
            report.End();
        }
        return Fault.None;
    }
}
