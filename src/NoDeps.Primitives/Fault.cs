using System;
using System.Runtime.CompilerServices;

namespace NoDeps.Primitives;

/// <summary>
/// The category of a <see cref="Fault"/>. Its value is the exit code: one of those of sysexits.h, or 1 as in cmp and
/// diff.
/// </summary>
public enum FaultKind : byte
{
    /// <summary>No fault.</summary>
    None = 0,
    /// <summary>A check ran and found a difference.</summary>
    Different = 1,
    /// <summary>EX_USAGE: an invalid command line or option.</summary>
    Usage = 64,
    /// <summary>EX_DATAERR: an input has invalid content.</summary>
    Data = 65,
    /// <summary>EX_NOINPUT: an input cannot be opened or read.</summary>
    NoInput = 66,
    /// <summary>EX_SOFTWARE: an internal invariant is broken.</summary>
    Software = 70,
    /// <summary>EX_OSERR: the system refused memory, a thread or another resource.</summary>
    System = 71,
    /// <summary>EX_CANTCREAT: an output cannot be created.</summary>
    CannotCreate = 73,
    /// <summary>EX_IOERR: a read or write failed midway.</summary>
    InputOutput = 74,
}

/// <summary>
/// What went wrong, where, and what was expected: the result of every function that can fail on its input.
/// <para>
/// The bare build has no exceptions. A caller checks <see cref="IsNone"/> and passes a fault on. A fault is one
/// pointer, null on success, so the check costs one instruction. Its details, including copies of all texts, are in a
/// small ring of records per thread: a fault outlives its input, but not the next 16 faults of its thread.
/// </para>
/// <para>
/// The command line formats a fault as one sentence: <c>nodeps: FILE: WHAT at byte OFFSET: expected EXPECTED, found
/// FOUND; HINT</c>. In the text that describes the fault, a line break separates an optional hint from the rest.
/// </para>
/// </summary>
public readonly unsafe struct Fault
{
    private readonly FaultDetails* _details;

    private Fault(FaultDetails* details) => _details = details;

    /// <summary>Success.</summary>
    public static Fault None => default;

    /// <summary>True on success.</summary>
    public bool IsNone => _details == null;

    /// <summary>The category, which determines the exit code; <see cref="FaultKind.None"/> on success.</summary>
    public FaultKind Kind => IsNone ? FaultKind.None : _details->Kind;

    /// <summary>What is wrong, in a few words without a period: "wrong magic number".</summary>
    public ReadOnlySpan<byte> What => IsNone ? default : new(_details->What, _details->WhatLength);

    /// <summary>A piece of the input that the message quotes, such as an unknown word; may be empty.</summary>
    public ReadOnlySpan<byte> Quote => IsNone ? default : new(_details->Quote, _details->QuoteLength);

    /// <summary>A suggestion to the user, such as "is this an IDX file?"; may be empty.</summary>
    public ReadOnlySpan<byte> Hint => IsNone ? default : new(_details->Hint, _details->HintLength);

    /// <summary>
    /// The byte offset in the input, or the line number if <see cref="IsLine"/>; −1 if there is none.
    /// </summary>
    public long Offset => IsNone ? -1 : _details->Offset;

    /// <summary>The expected number; meaningful only if <see cref="HasNumbers"/>.</summary>
    public long Expected => IsNone ? 0 : _details->Expected;

    /// <summary>The number found; meaningful only if <see cref="HasNumbers"/>.</summary>
    public long Found => IsNone ? 0 : _details->Found;

    /// <summary>True if <see cref="Expected"/> and <see cref="Found"/> are set.</summary>
    public bool HasNumbers => !IsNone && _details->HasNumbers;

    /// <summary>True if the two numbers are to be shown in hexadecimal, as for a magic number or a checksum.</summary>
    public bool InHex => !IsNone && _details->InHex;

    /// <summary>True if <see cref="Offset"/> is a line number, counted from 1, not a byte offset.</summary>
    public bool IsLine => !IsNone && _details->IsLine;

    /// <summary>A fault without an offset, such as a missing file or a full disk.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static Fault Of(FaultKind kind, ReadOnlySpan<byte> what) => new(FaultDetails.Begin(kind, what, -1));

    /// <summary>Invalid content at a byte offset.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static Fault At(long offset, ReadOnlySpan<byte> what) =>
        new(FaultDetails.Begin(FaultKind.Data, what, offset));

    /// <summary>Invalid content at a byte offset: a number other than the one expected.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static Fault At(long offset, ReadOnlySpan<byte> what, long expected, long found) =>
        At(offset, what).WithNumbers(expected, found);

    /// <summary>
    /// As <see cref="At(long, ReadOnlySpan{byte}, long, long)"/>, with the numbers shown in hexadecimal.
    /// </summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static Fault AtHex(long offset, ReadOnlySpan<byte> what, long expected, long found)
    {
        Fault fault = At(offset, what, expected, found);
        fault._details->InHex = true;
        return fault;
    }

    /// <summary>A fault without an offset: a number other than the one expected.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static Fault Numbers(FaultKind kind, ReadOnlySpan<byte> what, long expected, long found) =>
        Of(kind, what).WithNumbers(expected, found);

    /// <summary>Invalid content on a line, counted from 1.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static Fault AtLine(int line, ReadOnlySpan<byte> what)
    {
        Fault fault = At(line, what);
        fault._details->IsLine = true;
        return fault;
    }

    /// <summary>This fault with a hint. Like the methods below, does nothing on success.</summary>
    public Fault WithHint(ReadOnlySpan<byte> hint) => new(FaultDetails.AddHint(_details, hint));

    /// <summary>This fault, quoting a piece of the input.</summary>
    public Fault WithQuote(ReadOnlySpan<byte> quote) => new(FaultDetails.AddQuote(_details, quote));

    /// <summary>
    /// This fault with <paramref name="by"/> added to its offset, for a part that does not know its position in the
    /// file.
    /// </summary>
    public Fault Shifted(long by)
    {
        if (!IsNone && _details->Offset >= 0) _details->Offset += by;
        return this;
    }

    private Fault WithNumbers(long expected, long found)
    {
        _details->Expected = expected;
        _details->Found = found;
        _details->HasNumbers = true;
        return this;
    }
}
