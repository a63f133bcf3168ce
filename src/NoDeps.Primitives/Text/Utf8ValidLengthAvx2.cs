using System;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace NoDeps.Primitives;

/// <summary>
/// <see cref="Utf8ValidLength"/> with AVX2, 32 bytes per step, or 128 bytes of ASCII. Source: J. Keiser and D. Lemire,
/// "Validating UTF-8 in less than one instruction per byte" (2021), section 6.
/// </summary>
/// <remarks>
/// Every error except a missing third or fourth byte shows in two adjacent bytes. Three lookups in tables of 16 entries, by
/// the high and the low half of the first byte and the high half of the second, each give the errors that this half allows,
/// one bit per error. An error that all three allow has occurred.
/// </remarks>
public static unsafe class Utf8ValidLengthAvx2
{
    private const int Page = 4096;
    private const int Width = 32;
    private const int Padded = 3 + Width + 3;

    /// <summary>A lead byte that is not followed by a continuation byte.</summary>
    private const byte TooShort = 1;
    /// <summary>A continuation byte after an ASCII byte.</summary>
    private const byte TooLong = 2;
    /// <summary>A three-byte sequence for a code point that needs two.</summary>
    private const byte Overlong3 = 4;
    /// <summary>A code point above U+10FFFF: F4 to FF, followed by a continuation byte from 90 up.</summary>
    private const byte TooLarge = 8;
    /// <summary>A surrogate.</summary>
    private const byte Surrogate = 16;
    /// <summary>A two-byte sequence for a code point that needs one.</summary>
    private const byte Overlong2 = 32;
    /// <summary>A four-byte sequence for a code point that needs three, or F5 to FF followed by 80 to 8F.</summary>
    private const byte Overlong4 = 64;
    /// <summary>
    /// Two continuation bytes in a row: an error unless a lead byte two or three bytes before requires the second.
    /// </summary>
    private const byte TwoContinuations = 128;

    /// <summary>The errors that do not depend on the low half of the first byte.</summary>
    private const byte AnyLowHalf = TooShort | TooLong | TwoContinuations;

    /// <summary>The errors that a low half from 5 up allows.</summary>
    private const byte LowHalfFrom5 = AnyLowHalf | TooLarge | Overlong4;
    /// <summary>The errors that every continuation byte allows as the second byte.</summary>
    private const byte Continuation = TooLong | Overlong2 | TwoContinuations;

    /// <summary>
    /// The errors by the high half of the first byte, by its low half, and by the high half of the second byte.
    /// </summary>
    private static ReadOnlySpan<byte> Tables =>
    [
        TooLong, TooLong, TooLong, TooLong, TooLong, TooLong, TooLong, TooLong,
        TwoContinuations, TwoContinuations, TwoContinuations, TwoContinuations,
        TooShort | Overlong2, TooShort, TooShort | Overlong3 | Surrogate, TooShort | TooLarge | Overlong4,

        AnyLowHalf | Overlong2 | Overlong3 | Overlong4, AnyLowHalf | Overlong2, AnyLowHalf, AnyLowHalf,
        AnyLowHalf | TooLarge, LowHalfFrom5, LowHalfFrom5, LowHalfFrom5,
        LowHalfFrom5, LowHalfFrom5, LowHalfFrom5, LowHalfFrom5,
        LowHalfFrom5, LowHalfFrom5 | Surrogate, LowHalfFrom5, LowHalfFrom5,

        TooShort, TooShort, TooShort, TooShort, TooShort, TooShort, TooShort, TooShort,
        Continuation | Overlong3 | Overlong4, Continuation | Overlong3 | TooLarge,
        Continuation | Surrogate | TooLarge, Continuation | Surrogate | TooLarge,
        TooShort, TooShort, TooShort, TooShort,
    ];

    /// <inheritdoc cref="Utf8ValidLength.Of(byte*, nint)"/>
    public static nint Of(byte* text, nint length)
    {
        nint last = length - Width;
        nint at = 0;
        if (last <= 0)
        {
            if (length == 0) return 0;
            // If 32 bytes from the start would cross a page boundary, load the 32 bytes that end with the text instead.
            uint high = ((nuint)text & (Page - 1)) <= Page - Width
                ? (uint)Avx2.MoveMask(Avx.LoadVector256(text)) << -(int)length
                : (uint)Avx2.MoveMask(Avx.LoadVector256(text + last)) >> (int)-last;
            return high == 0 ? length : CheckShort(text, length);
        }
        while (length - at >= 4 * Width && IsAscii(text + at)) at += 4 * Width;
        while (at < last && IsAscii(Avx.LoadVector256(text + at))) at += Width;
        if (at >= last && IsAscii(Avx.LoadVector256(text + last))) return length;
        if (length < Width + 3) return CheckShort(text, length);
        // A step also loads the three bytes before it.
        while (at < 3)
        {
            int taken = Utf8Decode.Next(new ReadOnlySpan<byte>(text + at, Utf8Encode.MaxLength), out _);
            if (taken < 0) return at;
            at += taken;
        }
        at = CheckSteps(text, at, length);
        at -= IncompleteBytes(text + at);
        return at == length ? at : at + Utf8ValidLengthScalar.Of(text + at, length - at);
    }

    /// <summary>
    /// Checks a text that is shorter than a step and the three bytes before it, in a copy padded with zeros.
    /// </summary>
    private static nint CheckShort(byte* text, nint length)
    {
        byte* padded = stackalloc byte[Padded];
        MemoryFill.Fill(padded, 0, Padded);
        MemoryCopy.Copy(padded + 3, text, (nuint)length);
        return CheckSteps(padded, 3, Padded) == Padded ? length : Utf8ValidLengthScalar.Of(text, length);
    }

    /// <summary>
    /// Checks whole steps. Returns a position up to which there is no error, except perhaps an incomplete sequence at
    /// its end.
    /// </summary>
    private static nint CheckSteps(byte* text, nint at, nint length)
    {
        fixed (byte* tables = Tables)
        {
            Vector256<byte> firstHigh = Avx2.BroadcastVector128ToVector256(tables);
            Vector256<byte> firstLow = Avx2.BroadcastVector128ToVector256(tables + 16);
            Vector256<byte> secondHigh = Avx2.BroadcastVector128ToVector256(tables + 32);
            Vector256<byte> lowHalf = Vector256.Create((byte)0x0F);
            Vector256<byte> threeBytes = Vector256.Create((byte)(0xE0 - 0x80));
            Vector256<byte> fourBytes = Vector256.Create((byte)(0xF0 - 0x80));
            Vector256<byte> high = Vector256.Create((byte)0x80);
            while (at < length)
            {
                // The last step overlaps the one before it.
                if (at > length - Width) at = length - Width;
                Vector256<byte> second = Avx.LoadVector256(text + at);
                Vector256<byte> third = Avx.LoadVector256(text + at - 3);
                if (IsAscii(Avx2.Or(second, third)))
                {
                    at += Width;
                    while (length - at >= 4 * Width && IsAscii(text + at)) at += 4 * Width;
                    continue;
                }
                Vector256<byte> first = Avx.LoadVector256(text + at - 1);
                Vector256<byte> errors = Avx2.And(Avx2.And(
                    Avx2.Shuffle(firstHigh, HighHalf(first, lowHalf)),
                    Avx2.Shuffle(firstLow, Avx2.And(first, lowHalf))),
                    Avx2.Shuffle(secondHigh, HighHalf(second, lowHalf)));
                // Set the high bit where the byte must be the third or fourth of a sequence. There, two continuation
                // bytes are correct and anything else is an error.
                Vector256<byte> wanted = Avx2.Or(
                    Avx2.SubtractSaturate(Avx.LoadVector256(text + at - 2), threeBytes),
                    Avx2.SubtractSaturate(third, fourBytes));
                errors = Avx2.Xor(errors, Avx2.And(wanted, high));
                if (Avx2.MoveMask(Avx2.CompareEqual(errors, Vector256<byte>.Zero)) != -1) break;
                at += Width;
            }
            return at;
        }
    }

    /// <summary>
    /// The number of bytes before <paramref name="end"/>, up to 3, that start a sequence that continues there.
    /// </summary>
    private static int IncompleteBytes(byte* end)
    {
        for (int back = 1; back <= 3; back++)
        {
            if (end[-back] >= 0xC0) return Utf8Decode.LengthOf(end[-back]) > back ? back : 0;
        }
        return 0;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<byte> HighHalf(Vector256<byte> bytes, Vector256<byte> lowHalf) =>
        Avx2.And(Avx2.ShiftRightLogical(bytes.AsInt32(), 4).AsByte(), lowHalf);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool IsAscii(Vector256<byte> bytes) => Avx2.MoveMask(bytes) == 0;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool IsAscii(byte* at) => IsAscii(Avx2.Or(
        Avx2.Or(Avx.LoadVector256(at), Avx.LoadVector256(at + Width)),
        Avx2.Or(Avx.LoadVector256(at + 2 * Width), Avx.LoadVector256(at + 3 * Width))));
}
