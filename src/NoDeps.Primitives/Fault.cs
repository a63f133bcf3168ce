using System;
using System.Runtime.CompilerServices;

namespace NoDeps.Primitives;

/// <summary>The class of a <see cref="Fault"/>; its number is the exit code that sysexits.h gives it.</summary>
public enum FaultKind : byte
{
    /// <summary>No fault.</summary>
    None = 0,
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
/// The bare world has no exceptions; a caller looks at <see cref="IsNone"/> and hands the rest on. Texts are UTF-8
/// literals, so that a fault costs nothing until somebody prints it. The factories are never inlined: they are the
/// cold half of every check, and would be a tenth of the program. The command line turns it into one sentence:
/// <c>nodeps: FILE: WHAT at byte OFFSET: expected EXPECTED, found FOUND; HINT</c>.
/// </summary>
public readonly ref struct Fault
{
    /// <summary>Which exit code; <see cref="FaultKind.None"/> means success.</summary>
    public readonly FaultKind Kind;
    /// <summary>What is wrong, in a few words without a full stop: "wrong magic number".</summary>
    public readonly ReadOnlySpan<byte> What;
    /// <summary>Byte offset in the input (line number where <see cref="IsLine"/>); −1 where there is none.</summary>
    public readonly long Offset;
    /// <summary>The number expected; only where <see cref="HasNumbers"/>.</summary>
    public readonly long Expected;
    /// <summary>The number found; only where <see cref="HasNumbers"/>.</summary>
    public readonly long Found;
    /// <summary>True when <see cref="Expected"/> and <see cref="Found"/> say something.</summary>
    public readonly bool HasNumbers;
    /// <summary>True when the two numbers read best in hexadecimal (a magic number, a checksum).</summary>
    public readonly bool InHex;
    /// <summary>True when <see cref="Offset"/> counts lines from 1, not bytes from 0.</summary>
    public readonly bool IsLine;
    /// <summary>A piece of the input itself that the sentence quotes, such as an unknown word; may be empty.</summary>
    public readonly ReadOnlySpan<byte> Quote;
    /// <summary>What to do about it: "is this an IDX file?"; may be empty.</summary>
    public readonly ReadOnlySpan<byte> Hint;

    private Fault(FaultKind kind, ReadOnlySpan<byte> what, long offset, long expected, long found, bool hasNumbers,
        bool inHex, bool isLine, ReadOnlySpan<byte> quote, ReadOnlySpan<byte> hint)
    {
        Kind = kind;
        What = what;
        Offset = offset;
        Expected = expected;
        Found = found;
        HasNumbers = hasNumbers;
        InHex = inHex;
        IsLine = isLine;
        Quote = quote;
        Hint = hint;
    }

    /// <summary>Success.</summary>
    public static Fault None => default;

    /// <summary>True on success.</summary>
    public bool IsNone => Kind == FaultKind.None;

    /// <summary>A fault without a place: a missing file, a full disk.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static Fault Of(FaultKind kind, ReadOnlySpan<byte> what) =>
        new(kind, what, -1, 0, 0, false, false, false, default, default);

    /// <summary>Wrong content at a byte offset.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static Fault At(long offset, ReadOnlySpan<byte> what) =>
        new(FaultKind.Data, what, offset, 0, 0, false, false, false, default, default);

    /// <summary>Wrong content at a byte offset: a number that is not the one expected.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static Fault At(long offset, ReadOnlySpan<byte> what, long expected, long found) =>
        new(FaultKind.Data, what, offset, expected, found, true, false, false, default, default);

    /// <summary>As <see cref="At(long, ReadOnlySpan{byte}, long, long)"/>, the numbers shown in hexadecimal.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static Fault AtHex(long offset, ReadOnlySpan<byte> what, long expected, long found) =>
        new(FaultKind.Data, what, offset, expected, found, true, true, false, default, default);

    /// <summary>A fault without a place: a number that is not the one expected.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static Fault Numbers(FaultKind kind, ReadOnlySpan<byte> what, long expected, long found) =>
        new(kind, what, -1, expected, found, true, false, false, default, default);

    /// <summary>Wrong content on a line, counted from 1.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static Fault AtLine(int line, ReadOnlySpan<byte> what) =>
        new(FaultKind.Data, what, line, 0, 0, false, false, true, default, default);

    /// <summary>The same fault with advice.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public Fault WithHint(ReadOnlySpan<byte> hint) =>
        new(Kind, What, Offset, Expected, Found, HasNumbers, InHex, IsLine, Quote, hint);

    /// <summary>The same fault quoting a piece of the input.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public Fault WithQuote(ReadOnlySpan<byte> quote) =>
        new(Kind, What, Offset, Expected, Found, HasNumbers, InHex, IsLine, quote, Hint);

    /// <summary>
    /// The same fault with the offset moved, for a part that does not know where in the file it lies.
    /// </summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public Fault Shifted(long by) =>
        new(Kind, What, Offset < 0 ? Offset : Offset + by, Expected, Found, HasNumbers, InHex, IsLine, Quote, Hint);
}
