using System;
using NoDeps.Network;
using NoDeps.Platform;
using NoDeps.Primitives;

namespace NoDeps.Cli;

/// <summary>
/// <c>nodeps bench matmul</c>: products of two matrices on one thread, in sizes typical of networks, with the right
/// matrix stored by rows and by columns. tools/peer_blas.c measures the same for BLAS.
/// </summary>
internal static unsafe class MatrixProductBenchmark
{
    private const double DefaultSeconds = 0.1;

    /// <summary>Rows and columns of the result, and terms of a sum, of each product.</summary>
    private static ReadOnlySpan<int> Sizes =>
    [
        512, 512, 512, 1024, 1024, 1024, 20, 36864, 25, 16, 4096, 150, 64, 500, 2880, 256, 120, 256,
    ];

    /// <summary>Runs the benchmark.</summary>
    public static Fault Run(Console console, in BenchOptions options)
    {
        Report report = new(console, options.Json, "m,n,k,right,microseconds,gflops,hash"u8, [7, 7, 7, Report.Words + 10, 12, 9, 10]);
        for (int i = 0; i < 2 * Sizes.Length; i += 3)
        {
            // Each size twice: by rows and by columns.
            Fault fault = Measure(ref report, Sizes.Slice(i / 6 * 3, 3), i % 6 != 0, in options);
            if (!fault.IsNone) return fault;
        }
        return Fault.None;
    }

    private static Fault Measure(ref Report report, ReadOnlySpan<int> size, bool byColumns, in BenchOptions options)
    {
        int m = size[0], n = size[1], k = size[2];
        long left = (long)m * k, right = (long)k * n, result = (long)m * n, room = MatrixProductHarness.BytesNeeded(k);
        long bytes = room + (left + right + result) * sizeof(float);
        Fault fault = PageMemory.Take(bytes, out byte* memory);
        if (!fault.IsNone) return fault;
        float* a = (float*)(memory + room), b = a + left, c = b + right;
        Fill(a, left, 17);
        Fill(b, right, 13);
        ProductWork work = new(new MatrixProductHarness(k, IsaOption.Kernels(options.Isa), memory), new Matrix(a, m, k, 1),
            byColumns ? new Matrix(b, n, k, 1).Transposed() : new Matrix(b, k, n, 1), new Matrix(c, m, n, 1));
        double seconds = Measurement.Median(work, options.SecondsOr(DefaultSeconds));
        for (int i = 0; i < 3; i++) report.Integer(size[i]);
        report.Text(byColumns ? "by columns"u8 : "by rows"u8);
        report.Number(seconds * 1e6, 1);
        report.Number(2e-9 * m * n * k / seconds, 1);
        report.Hash(Crc32.Update(0, new ReadOnlySpan<byte>(c, (int)result * sizeof(float))));
        report.End();
        PageMemory.Return(memory, bytes);
        return fault;
    }

    /// <summary>Multiples of 0.1 around 0, repeating.</summary>
    private static void Fill(float* to, long count, int period)
    {
        for (long i = 0; i < count; i++) to[i] = (i % period - period / 2) * 0.1f;
    }

    /// <summary>One product.</summary>
    private sealed class ProductWork : Work
    {
        private readonly MatrixProductHarness _run;
        private readonly Matrix _a, _b, _c;

        public ProductWork(MatrixProductHarness run, Matrix a, Matrix b, Matrix c)
        {
            _run = run;
            _a = a;
            _b = b;
            _c = c;
        }

        public override void Once() => _run.Set(_a, _b, _c);
    }
}
