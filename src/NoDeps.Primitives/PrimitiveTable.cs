using System.Runtime.Intrinsics;

namespace NoDeps.Primitives;

/// <summary>
/// The forms of primitives that need more of the processor than the binary's program is compiled for: function pointers
/// into an object file that is compiled for x86-64-v4. A pointer is null where the processor or the system lacks what
/// its form needs, and always in the hosted build, where the JIT chooses for itself.
/// </summary>
/// <remarks>
/// A primitive with such a form asks in this order: <c>if (Form512.IsSupported) return Form512.Run(…);</c> a constant
/// of the compiler, true only hosted and in the object file for x86-64-v4; then
/// <c>if (PrimitiveTable.Avx512.Form != null) return PrimitiveTable.Avx512.Form(…);</c> then its narrower form. The
/// functions take pointers and numbers only, allocate nothing and use no static fields.
/// </remarks>
public unsafe struct PrimitiveTable
{
    /// <summary>Bit 10 of <c>extensions</c> in <see cref="FillAvx512"/>: VPCLMULQDQ.</summary>
    private const uint CarrylessMultiplication = 1 << 10;

    /// <summary>
    /// What this process may use. Filled once, at the start, before there is a second thread; empty until then.
    /// </summary>
    public static PrimitiveTable Avx512;

    /// <summary><see cref="Crc32Clmul512.Run"/>: (register, bytes, their number), the register afterwards.</summary>
    public delegate*<uint, byte*, nint, uint> Crc32;

    /// <summary><see cref="StringLengthAvx512.From"/>: (text, where to begin), the length.</summary>
    public delegate*<byte*, byte*, nint> StringLength;

    /// <summary><see cref="MemoryCopyAvx512.Large"/>: (destination, source, count).</summary>
    public delegate*<byte*, byte*, nuint, void> Copy;

    /// <summary><see cref="MemoryFillAvx512.Large"/>: (destination, value, count).</summary>
    public delegate*<byte*, byte, nuint, void> Fill;

    /// <summary><see cref="MemoryCompareAvx512.Large"/>: (left, right, count), the index.</summary>
    public delegate*<byte*, byte*, nuint, nuint> FirstDifference;

    /// <summary><see cref="MemorySearchAvx512.Large"/>: (start, value, count), the index or −1.</summary>
    public delegate*<byte*, byte, nuint, nint> IndexOf;

    /// <summary><see cref="ElementaryLanes{S,V}.Run"/>: (function, from, to, count, room for 16).</summary>
    public delegate*<ElementaryFunction, float*, float*, nint, float*, void> Elementary;

    /// <summary><see cref="PhiloxAvx512.Fill"/>: (to, blocks, seed, stream, first block), the blocks written.</summary>
    public delegate*<uint*, nint, ulong, ulong, ulong, nint> Philox;

    /// <summary>
    /// Fills the table on a processor of x86-64-v4. To be called in code that is compiled for it.
    /// </summary>
    /// <param name="table">Takes the pointers.</param>
    /// <param name="extensions">What CPUID leaf 7 returns in ECX: the extensions that no level includes.</param>
    public static void FillAvx512(PrimitiveTable* table, uint extensions)
    {
        if ((extensions & CarrylessMultiplication) != 0) table->Crc32 = &Crc32Clmul512.Run;
        table->StringLength = &StringLengthAvx512.From;
        table->Copy = &MemoryCopyAvx512.Large;
        table->Fill = &MemoryFillAvx512.Large;
        table->FirstDifference = &MemoryCompareAvx512.Large;
        table->IndexOf = &MemorySearchAvx512.Large;
        table->Elementary = &ElementaryLanes<Avx512Lanes, Vector512<float>>.Run;
        table->Philox = &PhiloxAvx512.Fill;
    }
}
