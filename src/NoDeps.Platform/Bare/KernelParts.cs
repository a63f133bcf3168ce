using System;
using System.Runtime;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using NoDeps.Primitives;

namespace NoDeps.Platform;

/// <summary>
/// The network's kernels, compiled for two instruction sets, are half of the code and deflate to half their size. So the file
/// carries each set as a gzip member, and the one that is asked for is decompressed to where it was linked. Its memory is
/// writable until then and executable from then on, never both.
/// </summary>
internal static unsafe class KernelParts
{
    /// <summary>Of a member without name and comment, RFC 1952 section 2.3.</summary>
    private const int HeaderLength = 10;
    private const int TrailerLength = 8;

    /// <summary>A set of kernels; filled by packed.S.</summary>
    private struct KernelPart
    {
        public byte* Memory, MemoryEnd, Packed, PackedEnd;
    }

    [DllImport("*", EntryPoint = "nd_kernel_part"), SuppressGCTransition]
    private static extern KernelPart* Part(int set);

    /// <summary>A bit for each set that is ready.</summary>
    private static uint s_ready;

    /// <summary>
    /// Makes a set of kernels ready to be called; the second time, nothing. For one thread at a time. When the file is
    /// damaged or the system refuses, the process ends here.
    /// </summary>
    [RuntimeExport("nd_host_kernels")]
    private static void Unpack(int set)
    {
        if ((s_ready >> set & 1) != 0) return;
        s_ready |= 1u << set;
        KernelPart* part = Part(set);
        nint length = (nint)(part->MemoryEnd - part->Memory);
        int packed = (int)(part->PackedEnd - part->Packed);
        // A build for debuggers has the kernels in their place already.
        if (packed != 0)
        {
            Unsafe.SkipInit(out InflateTables tables);
            Fault fault = Inflate.DecodeWithCrc(
                new ReadOnlySpan<byte>(part->Packed + HeaderLength, packed - HeaderLength - TrailerLength),
                new Span<byte>(part->Memory, (int)length), ref tables, out _, out int written, out uint crc);
            if (!fault.IsNone || written != length || crc != *(uint*)(part->PackedEnd - TrailerLength))
                HostServices.Unusable("the program file is damaged\n"u8);
        }
        if (Kernel.MakeExecutable(part->Memory, length) < 0)
            HostServices.Unusable("the system does not let the program's kernels be unpacked\n"u8);
    }
}
