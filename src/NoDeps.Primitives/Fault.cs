using System;
using System.Runtime.CompilerServices;

namespace NoDeps.Primitives;

/// <summary>
/// The class of a <see cref="Fault"/>; its number is the exit code that sysexits.h gives it, or that of cmp and diff.
/// </summary>
public enum FaultKind : byte
{
    /// <summary>No fault.</summary>
    None = 0,
    /// <summary>What was to be checked has been checked, and is wrong.</summary>
    Different = 1,
    /// <summary>EX_USAGE: a wrong command line or option.</summary>
    Usage = 64,
    /// <summary>EX_DATAERR: the content of an input is wrong.</summary>
    Data = 65,
    /// <summary>EX_NOINPUT: an input cannot be opened or read at all.</summary>
    NoInput = 66,
    /// <summary>EX_SOFTWARE: a broken invariant of this program.</summary>
    Software = 70,
    /// <summary>EX_OSERR: the system refused memory, a thread, …</summary>
    System = 71,
    /// <summary>EX_CANTCREAT: an output cannot be created.</summary>
    CannotCreate = 73,
    /// <summary>EX_IOERR: reading or writing failed half-way.</summary>
    InputOutput = 74,
}

/// <summary>
/// What went wrong, where, and what was expected: the result of every function that can fail on its input.
/// The bare world has no exceptions; a caller looks at <see cref="IsNone"/> and hands the rest on. A fault is one pointer,
/// null on success, so that the check costs one instruction; the details lie in one of a few records that the thread uses
/// in turn, texts included, so a fault outlives what it is about, but not a dozen later faults. The command line turns it
/// into one sentence: <c>nodeps: FILE: WHAT at byte OFFSET: expected EXPECTED, found FOUND; HINT</c>. The text of what is
/// wrong may have its advice with it, after a line break.
/// </summary>
public readonly unsafe struct Fault
{
    private readonly FaultDetails* _details;

    private Fault(FaultDetails* details) => _details = details;

    /// <summary>Success.</summary>
    public static Fault None => default;

    /// <summary>True on success.</summary>
    public bool IsNone => _details == null;

    /// <summary>Which exit code; <see cref="FaultKind.None"/> means success.</summary>
    public FaultKind Kind => IsNone ? FaultKind.None : _details->Kind;

    /// <summary>What is wrong, in a few words without a full stop: "wrong magic number".</summary>
    public ReadOnlySpan<byte> What => IsNone ? default : new(_details->What, _details->WhatLength);

    /// <summary>A piece of the input itself that the sentence quotes, such as an unknown word; may be empty.</summary>
    public ReadOnlySpan<byte> Quote => IsNone ? default : new(_details->Quote, _details->QuoteLength);

    /// <summary>What to do about it: "is this an IDX file?"; may be empty.</summary>
    public ReadOnlySpan<byte> Hint => IsNone ? default : new(_details->Hint, _details->HintLength);

    /// <summary>Byte offset in the input (line number where <see cref="IsLine"/>); −1 where there is none.</summary>
    public long Offset => IsNone ? -1 : _details->Offset;

    /// <summary>The number expected; only where <see cref="HasNumbers"/>.</summary>
    public long Expected => IsNone ? 0 : _details->Expected;

    /// <summary>The number found; only where <see cref="HasNumbers"/>.</summary>
    public long Found => IsNone ? 0 : _details->Found;

    /// <summary>True when <see cref="Expected"/> and <see cref="Found"/> say something.</summary>
    public bool HasNumbers => !IsNone && _details->HasNumbers;

    /// <summary>True when the two numbers read best in hexadecimal (a magic number, a checksum).</summary>
    public bool InHex => !IsNone && _details->InHex;

    /// <summary>True when <see cref="Offset"/> counts lines from 1, not bytes from 0.</summary>
    public bool IsLine => !IsNone && _details->IsLine;

    /// <summary>A fault without a place: a missing file, a full disk.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static Fault Of(FaultKind kind, ReadOnlySpan<byte> what) => new(FaultDetails.Begin(kind, what, -1));

    /// <summary>Wrong content at a byte offset.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static Fault At(long offset, ReadOnlySpan<byte> what) =>
        new(FaultDetails.Begin(FaultKind.Data, what, offset));

    /// <summary>Wrong content at a byte offset: a number that is not the one expected.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static Fault At(long offset, ReadOnlySpan<byte> what, long expected, long found) =>
        At(offset, what).WithNumbers(expected, found);

    /// <summary>As <see cref="At(long, ReadOnlySpan{byte}, long, long)"/>, the numbers shown in hexadecimal.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static Fault AtHex(long offset, ReadOnlySpan<byte> what, long expected, long found)
    {
        Fault fault = At(offset, what, expected, found);
        fault._details->InHex = true;
        return fault;
    }

    /// <summary>A fault without a place: a number that is not the one expected.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static Fault Numbers(FaultKind kind, ReadOnlySpan<byte> what, long expected, long found) =>
        Of(kind, what).WithNumbers(expected, found);

    /// <summary>Wrong content on a line, counted from 1.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static Fault AtLine(int line, ReadOnlySpan<byte> what)
    {
        Fault fault = At(line, what);
        fault._details->IsLine = true;
        return fault;
    }

    /// <summary>This fault with advice; nothing on success, as all that follow.</summary>
    public Fault WithHint(ReadOnlySpan<byte> hint) => new(FaultDetails.AddHint(_details, hint));

    /// <summary>This fault quoting a piece of the input.</summary>
    public Fault WithQuote(ReadOnlySpan<byte> quote) => new(FaultDetails.AddQuote(_details, quote));

    /// <summary>This fault with the offset moved, for a part that does not know where in the file it lies.</summary>
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
