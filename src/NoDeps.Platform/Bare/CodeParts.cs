using System;
using System.Runtime;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using NoDeps.Primitives;

namespace NoDeps.Platform;

/// <summary>
/// The parts of the program that the file carries deflated: the network's kernels for two instruction sets, the commands
/// that are seldom used, primitives that only these need, and the pages of help. Together they are more than half of it and
/// deflate to half their size. A part that is asked for is decompressed to where it was linked; its memory is writable until
/// then and executable from then on, never both.
/// </summary>
internal static unsafe class CodeParts
{
    /// <summary>Rows of the table; the first two are the kernels for AVX2 and for AVX-512.</summary>
    private const int Commands = 2, Primitives = 3, Texts = 4;

    /// <summary>Of a member without name and comment, RFC 1952 section 2.3.</summary>
    private const int HeaderLength = 10;
    private const int TrailerLength = 8;

    /// <summary>A row of the table in packed.S: distances from it.</summary>
    private struct CodePart
    {
        /// <summary>Where the part's memory begins and ends. The same: there is no such part.</summary>
        public int Start, End;
        /// <summary>Where its gzip member begins and ends. The same: it need not be unpacked.</summary>
        public int Packed, PackedEnd;
    }

    [DllImport("*", EntryPoint = "nd_code_parts"), SuppressGCTransition]
    private static extern CodePart* Table();

    /// <summary>A bit for each part that is ready.</summary>
    private static uint s_ready;

    /// <summary>Makes the code of the commands that are seldom used ready to be called.</summary>
    public static void LoadSeldom()
    {
        Load(Commands);
        Load(Primitives);
    }

    /// <summary>Makes the pages of help ready to be read.</summary>
    public static void LoadTexts() => Load(Texts);

    /// <summary>
    /// Makes a part ready to be called; the second time, nothing. For one thread at a time. When the file is damaged or
    /// the system refuses, the process ends here.
    /// </summary>
    [RuntimeExport("nd_host_code")]
    private static void Load(int index)
    {
        byte* table = (byte*)Table();
        CodePart part = ((CodePart*)table)[index];
        if ((s_ready >> index & 1) != 0 || part.End == part.Start) return;
        s_ready |= 1u << index;
        Span<byte> memory = new(table + part.Start, part.End - part.Start);
        int packed = part.PackedEnd - part.Packed;
        if (packed != 0)
        {
            Unsafe.SkipInit(out InflateTables tables);
            Fault fault = Inflate.DecodeWithCrc(
                new ReadOnlySpan<byte>(table + part.Packed + HeaderLength, packed - HeaderLength - TrailerLength),
                memory, ref tables, out _, out int written, out uint crc);
            if (!fault.IsNone || written != memory.Length || crc != *(uint*)(table + part.PackedEnd - TrailerLength))
                HostServices.Unusable("the program file is damaged\n"u8);
        }
        if (Kernel.MakeExecutable(table + part.Start, memory.Length) < 0)
            HostServices.Unusable("the system does not let the program unpack its code\n"u8);
    }
}
