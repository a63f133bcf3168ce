using System.Runtime.Intrinsics;

namespace NoDeps.Primitives;

/// <summary>
/// The forms of primitives that need more than x86-64-v3, which the main program is compiled for: function pointers
/// into an object file compiled for x86-64-v4. A pointer is null if the processor or the operating system lacks a
/// required feature, and always in the hosted build, where the JIT selects the form.
/// </summary>
/// <remarks>
/// A primitive that has such a form dispatches in this order. First <c>if (Form512.IsSupported) return
/// Form512.Run(…);</c>, a compile-time constant that is true only in the hosted build and in the x86-64-v4 object file.
/// Then <c>if (PrimitiveTable.Avx512.Form != null) return PrimitiveTable.Avx512.Form(…);</c>, then the narrower form.
/// The functions take only pointers and numbers, allocate nothing and use no static fields.
/// </remarks>
public unsafe struct PrimitiveTable
{
    /// <summary>Bit 10 of <c>extensions</c> in <see cref="FillAvx512"/>: VPCLMULQDQ.</summary>
    private const uint CarrylessMultiplication = 1 << 10;

    /// <summary>
    /// The forms that this process may use. Filled once at start-up, before any thread is started; empty until then.
    /// </summary>
    public static PrimitiveTable Avx512;

    /// <summary><see cref="Crc32Clmul512.Run"/>: (register, bytes, count), returns the new register.</summary>
    public delegate*<uint, byte*, nint, uint> Crc32;

    /// <summary><see cref="StringLengthAvx512.From"/>: (text, where to start), returns the length.</summary>
    public delegate*<byte*, byte*, nint> StringLength;

    /// <summary><see cref="MemoryCopyAvx512.Large"/>: (destination, source, count).</summary>
    public delegate*<byte*, byte*, nuint, void> Copy;

    /// <summary><see cref="MemoryFillAvx512.Large"/>: (destination, value, count).</summary>
    public delegate*<byte*, byte, nuint, void> Fill;

    /// <summary><see cref="MemoryCompareAvx512.Large"/>: (left, right, count), returns the index.</summary>
    public delegate*<byte*, byte*, nuint, nuint> FirstDifference;

    /// <summary><see cref="MemorySearchAvx512.Large"/>: (start, value, count), returns the index or −1.</summary>
    public delegate*<byte*, byte, nuint, nint> IndexOf;

    /// <summary><see cref="ElementaryLanes{S,V}.Run"/>: (function, from, to, count, scratch for 16 floats).</summary>
    public delegate*<ElementaryFunction, float*, float*, nint, float*, void> Elementary;

    /// <summary>
    /// <see cref="PhiloxAvx512.Fill"/>: (to, blocks, seed, stream, first block), returns the number of blocks written.
    /// </summary>
    public delegate*<uint*, nint, ulong, ulong, ulong, nint> Philox;

    /// <summary>
    /// Fills the table. Must be called from code compiled for x86-64-v4, on a processor that supports it.
    /// </summary>
    /// <param name="table">Receives the pointers.</param>
    /// <param name="extensions">ECX of CPUID leaf 7: the extensions that no x86-64 level includes.</param>
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
