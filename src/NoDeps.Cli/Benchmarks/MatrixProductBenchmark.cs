using System;
using NoDeps.Network;
using NoDeps.Platform;
using NoDeps.Primitives;

namespace NoDeps.Cli;

/// <summary>
/// <c>nodeps bench matmul</c>: products of two matrices on one thread, of sizes as networks have them, the right one by
/// rows and by columns. tools/peer_blas.c measures the same elsewhere.
/// </summary>
internal static unsafe class MatrixProductBenchmark
{
    private const double UsualSeconds = 0.1;
    private const int NumberWidth = 10;

    /// <summary>Rows and columns of the result, and terms of a sum, of each product.</summary>
    private static ReadOnlySpan<int> Sizes =>
    [
        512, 512, 512, 1024, 1024, 1024, 20, 36864, 25, 16, 4096, 150, 64, 500, 2880, 256, 120, 256,
    ];

    /// <summary>Runs all of it.</summary>
    public static Fault Run(Console console, in Options options)
    {
        Table table = new(console.Out);
        if (!options.Json)
        {
            for (int i = 0; i < 3; i++) table.Right("mnk"u8.Slice(i, 1), NumberWidth);
            table.Left("right matrix"u8, NumberWidth + 2);
            table.Right("us"u8, NumberWidth);
            table.Right("GFLOP/s"u8, NumberWidth);
            table.Right("hash"u8, NumberWidth);
            table.End();
        }
        for (int i = 0; i < Sizes.Length; i += 3)
        {
            for (int byColumns = 0; byColumns < 2; byColumns++)
            {
                Fault fault = Measure(console, table, Sizes.Slice(i, 3), byColumns != 0, in options);
                if (!fault.IsNone) return fault;
            }
        }
        return Fault.None;
    }

    private static Fault Measure(Console console, Table table, ReadOnlySpan<int> size, bool byColumns, in Options options)
    {
        int m = size[0], n = size[1], k = size[2];
        long left = (long)m * k, right = (long)k * n, result = (long)m * n, room = MatrixProductRun.BytesNeeded(k, 1);
        long bytes = room + (left + right + result) * sizeof(float);
        Fault fault = PageMemory.Take(bytes, out byte* memory);
        if (!fault.IsNone) return fault;
        float* a = (float*)(memory + room), b = a + left, c = b + right;
        for (long i = 0; i < left; i++) a[i] = (i % 17 - 8) * 0.1f;
        for (long i = 0; i < right; i++) b[i] = (i % 13 - 6) * 0.1f;
        MatrixProductRun run = new(k, new SerialTeam(), IsaOption.Kernels(options.Isa), memory);
        ProductWork work = new(run, new Matrix(a, m, k, 1),
            byColumns ? new Matrix(b, n, k, 1).Transposed() : new Matrix(b, k, n, 1), new Matrix(c, m, n, 1));
        double seconds = Measurement.Median(work, options.SecondsOr(UsualSeconds));
        double speed = 2e-9 * m * n * k / seconds;
        uint hash = Crc32.Update(0, new ReadOnlySpan<byte>(c, (int)result * sizeof(float)));
        ReadOnlySpan<byte> order = byColumns ? "by columns"u8 : "by rows"u8;
        if (options.Json)
        {
            Template json = console.Say("{\"m\":$,\"n\":$,\"k\":$,\"right\":$,\"microseconds\":$,\"gflops\":$,\"hash\":\"$\"}\n"u8);
            json.Integer(m);
            json.Integer(n);
            json.Integer(k);
            json.Quoted(order);
            json.Fixed(seconds * 1e6, 3);
            json.Fixed(speed, 3);
            json.Hex(hash);
            json.End();
        }
        else
        {
            for (int i = 0; i < 3; i++) table.Grouped(size[i], NumberWidth);
            table.Left(order, NumberWidth + 2);
            table.Fixed(seconds * 1e6, 1, NumberWidth);
            table.Fixed(speed, 1, NumberWidth);
            Span<byte> digits = stackalloc byte[8];
            IntegerFormat.Hex(digits, hash, 8);
            table.Right(digits, NumberWidth);
            table.End();
        }
        PageMemory.Return(memory, bytes);
        return fault;
    }

    /// <summary>A product.</summary>
    private sealed class ProductWork : Work
    {
        private readonly MatrixProductRun _run;
        private readonly Matrix _a, _b, _c;

        public ProductWork(MatrixProductRun run, Matrix a, Matrix b, Matrix c)
        {
            _run = run;
            _a = a;
            _b = b;
            _c = c;
        }

        public override void Once() => _run.Set(_a, _b, _c);
    }
}
