using System;
using System.Runtime.CompilerServices;
#if !BARE
using System.Runtime.InteropServices;
#endif

namespace NoDeps.Primitives;

/// <summary>The details that a <see cref="Fault"/> points to, including copies of its texts.</summary>
internal unsafe struct FaultDetails
{
    public const int MaxWhat = 192;
    public const int MaxQuote = 128;
    public const int MaxHint = 320;
    /// <summary>The number of faults per thread that are valid at the same time.</summary>
    private const int Records = 16;

    public FaultKind Kind;
    public bool HasNumbers;
    public bool InHex;
    public bool IsLine;
    public int WhatLength;
    public int QuoteLength;
    public int HintLength;
    public long Offset;
    public long Expected;
    public long Found;
    public fixed byte What[MaxWhat];
    public fixed byte Quote[MaxQuote];
    public fixed byte Hint[MaxHint];

    private const int RecordBytes = 48 + MaxWhat + MaxQuote + MaxHint;

    private struct Ring
    {
        public int Next;
        public fixed byte Records[FaultDetails.Records * RecordBytes + 8];
    }

#if BARE
    // Only the main thread creates faults; the workers only compute.
    private static Ring s_ring;

    private static Ring* Current => (Ring*)Unsafe.AsPointer(ref s_ring);
#else
    [ThreadStatic]
    private static Ring* s_ring;

    private static Ring* Current
    {
        get
        {
            if (s_ring == null) s_ring = (Ring*)NativeMemory.AllocZeroed((nuint)sizeof(Ring));
            return s_ring;
        }
    }
#endif

    /// <summary>
    /// Initializes the least recently used record and returns it. A line break in <paramref name="what"/> separates an
    /// optional hint from the description.
    /// </summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static FaultDetails* Begin(FaultKind kind, ReadOnlySpan<byte> what, long offset)
    {
        Ring* ring = Current;
        FaultDetails* details = (FaultDetails*)(((nint)ring->Records + 7) & -8) + ring->Next;
        ring->Next = (ring->Next + 1) % Records;
        details->Kind = kind;
        details->HasNumbers = details->InHex = details->IsLine = false;
        details->QuoteLength = details->HintLength = 0;
        int end = what.IndexOf((byte)'\n');
        if (end >= 0)
        {
            AddHint(details, what.Slice(end + 1));
            what = what.Slice(0, end);
        }
        details->Offset = offset;
        details->Expected = details->Found = 0;
        details->WhatLength = Copy(what, details->What, MaxWhat);
        return details;
    }

    /// <summary>Sets the hint of a record, which may be null, and returns the record.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static FaultDetails* AddHint(FaultDetails* details, ReadOnlySpan<byte> hint)
    {
        if (details != null) details->HintLength = Copy(hint, details->Hint, MaxHint);
        return details;
    }

    /// <summary>Sets the quotation of a record, which may be null, and returns the record.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static FaultDetails* AddQuote(FaultDetails* details, ReadOnlySpan<byte> quote)
    {
        if (details != null) details->QuoteLength = Copy(quote, details->Quote, MaxQuote);
        return details;
    }

    /// <summary>
    /// Copies as much of a UTF-8 text as fits without splitting a character; returns the number of bytes copied.
    /// </summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static int Copy(ReadOnlySpan<byte> text, byte* to, int capacity)
    {
        int length = text.Length;
        if (length > capacity)
        {
            length = capacity;
            while (length > 0 && (text[length] & 0xC0) == 0x80) length--;
        }
        for (int i = 0; i < length; i++) to[i] = text[i];
        return length;
    }
}
