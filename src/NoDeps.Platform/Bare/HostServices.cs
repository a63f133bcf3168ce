using System;
using System.Runtime;
using System.Runtime.InteropServices;
using NoDeps.Primitives;

namespace NoDeps.Platform;

/// <summary>The functions that the core library needs from its host, exported under the names by which the linker resolves them.</summary>
internal static unsafe class HostServices
{
    /// <summary>The exit code that a shell reports for a process that called abort: 128 + SIGABRT.</summary>
    private const int AbortExitCode = 134;

    [DllImport("*", EntryPoint = "nd_image_base"), SuppressGCTransition]
    private static extern nint ImageBase();

    [RuntimeExport("nd_host_pages")]
    private static void* Pages(nuint bytes)
    {
        Fault fault = PageMemory.Take((long)bytes, out byte* memory);
        if (fault.IsNone) return memory;
        Unusable("out of memory\n"u8);
        return null;
    }

    /// <summary>Ends the process because the system lacks something that it needs.</summary>
    internal static void Unusable(ReadOnlySpan<byte> reason)
    {
        WriteToError("nodeps: "u8);
        WriteToError(reason);
        Kernel.Exit((int)FaultKind.System);
    }

    [RuntimeExport("nd_host_fail")]
    private static void Fail(byte* message, nint codeAddress) =>
        Fail(new ReadOnlySpan<byte>(message, (int)StringLength.Of(message)), codeAddress);

    /// <summary>Called by start.S after a fatal signal.</summary>
    [RuntimeExport("nd_host_signal")]
    private static void Signal(int number, nint codeAddress)
    {
        const int BusError = 7;
        const int ArithmeticError = 8;
        const int SegmentationFault = 11;
        if (number == BusError)
        {
            WriteToError("nodeps: an input file was truncated while it was being read\n"u8);
            Kernel.Exit((int)FaultKind.InputOutput);
        }
        Fail(number == ArithmeticError ? "division by zero"u8
            : number == SegmentationFault ? "invalid memory access"u8 : "illegal instruction"u8, codeAddress);
    }

    private static void Fail(ReadOnlySpan<byte> message, nint codeAddress)
    {
        byte* buffer = stackalloc byte[256];
        Utf8Writer writer = new(new Span<byte>(buffer, 256));
        writer.Text("nodeps: internal error: "u8);
        writer.Text(message);
        writer.Text(" at code offset 0x"u8);
        writer.Hex((ulong)(codeAddress - ImageBase()), 6);
        writer.Text("; \"addr2line -fe out/nodeps.debug OFFSET\" shows the source line. This is a bug; please report it\n"u8);
        WriteToError(writer.Written);
        Kernel.Exit(AbortExitCode);
    }

    private static void WriteToError(ReadOnlySpan<byte> text)
    {
        fixed (byte* start = text) Kernel.WriteFully(2, start, text.Length);
    }
}
