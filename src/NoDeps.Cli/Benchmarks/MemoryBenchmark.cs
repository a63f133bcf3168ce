using System;
using NoDeps.Network;
using NoDeps.Platform;
using NoDeps.Primitives;

namespace NoDeps.Cli;

/// <summary>
/// <c>nodeps bench memory</c>: how many bytes per second a core reads, writes and copies when the data fits the L1, L2
/// or L3 cache, or none.
/// </summary>
internal static unsafe class MemoryBenchmark
{
    private const double DefaultSeconds = 0.1;
    private const int SumBytes = 64;

    /// <summary>One way to process a block, or to copy its first half to its second.</summary>
    private sealed class Moving : Work
    {
        private readonly PeakKernels _machine;
        private readonly float* _block;
        private readonly int _floats;
        private readonly float* _sums;
        private readonly int _way;

        public Moving(PeakKernels machine, float* sums, float* block, int floats, int way)
        {
            _machine = machine;
            _sums = sums;
            _block = block;
            _floats = floats;
            _way = way;
        }

        public override void Once()
        {
            if (_way == 0) _machine.Read(_block, _floats, _sums);
            else if (_way == 1) _machine.Write(_sums, _block, _floats);
            else _machine.Copy(_block, _block + _floats / 2, _floats / 2);
        }
    }

    /// <summary>KiB of a block.</summary>
    private static ReadOnlySpan<int> Sizes => [16, 512, 16 << 10, 256 << 10];

    /// <summary>A row for each size.</summary>
    public static Fault Run(Console console, in BenchOptions options)
    {
        int largest = Sizes[Sizes.Length - 1] << 10;
        Fault fault = PageMemory.Take(largest + SumBytes, out byte* memory);
        if (!fault.IsNone) return fault;
        float* sums = (float*)(memory + largest);
        PeakKernels machine = new(IsaOption.Kernels(options.Isa));
        Report report = new(console, options.Json, "block_KiB,read_GB/s,write_GB/s,copy_GB/s,hash"u8, [10, 10, 10, 10, 10]);
        for (int i = 0; i < Sizes.Length; i++)
        {
            int size = Sizes[i];
            float* block = (float*)memory;
            int floats = (size << 10) / sizeof(float);
            // Small integers: their sums are exact in any order.
            for (int j = 0; j < floats; j++) block[j] = j & 3;
            machine.Read(block, floats, sums);
            uint hash = Crc32.Update(0, new ReadOnlySpan<byte>(sums, SumBytes));
            report.Integer(size);
            for (int way = 0; way < 3; way++)
            {
                double bytes = (double)floats * sizeof(float) / (way < 2 ? 1 : 2);
                double time = Measurement.Median(new Moving(machine, sums, block, floats, way), options.SecondsOr(DefaultSeconds));
                report.Number(bytes / time / 1e9, 1);
            }
            report.Hash(hash);
            report.End();
        }
        PageMemory.Return(memory, largest + SumBytes);
        return fault;
    }
}
