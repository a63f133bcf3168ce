using System;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace NoDeps.Primitives;

/// <summary>
/// <see cref="Utf8ValidLength"/> with AVX2, 32 bytes a step, 128 of ASCII. Source: J. Keiser and D. Lemire, Validating
/// UTF-8 in less than one instruction per byte (2021), section 6: every error but a missing third or fourth byte shows in
/// two neighboring bytes, of which the first's two halves and the second's upper half each rule out some errors; three
/// look-ups of sixteen entries say which, and an error is one that none of them rules out.
/// </summary>
public static unsafe class Utf8ValidLengthAvx2
{
    private const int Page = 4096;
    private const int Width = 32;
    private const int Padded = 3 + Width + 3;

    /// <summary>A lead byte is not followed by a continuation.</summary>
    private const byte TooShort = 1;
    /// <summary>A continuation follows an ASCII byte.</summary>
    private const byte TooLong = 2;
    /// <summary>A sequence of three bytes for what needs two.</summary>
    private const byte Overlong3 = 4;
    /// <summary>Above U+10FFFF: F4 and a continuation from 90, or F5 to FF and one from 90.</summary>
    private const byte TooLarge = 8;
    /// <summary>A surrogate.</summary>
    private const byte Surrogate = 16;
    /// <summary>A sequence of two bytes for what needs one.</summary>
    private const byte Overlong2 = 32;
    /// <summary>A sequence of four bytes for what needs three, or F5 to FF followed by 80 to 8F.</summary>
    private const byte Overlong4 = 64;
    /// <summary>Two continuations in turn: an error unless a lead byte two or three places before wants the second.</summary>
    private const byte TwoContinuations = 128;

    /// <summary>These do not depend on the lower half of the first byte.</summary>
    private const byte Any = TooShort | TooLong | TwoContinuations;

    private const byte Above = Any | TooLarge | Overlong4;
    private const byte Second = TooLong | Overlong2 | TwoContinuations;

    /// <summary>By the upper half of the first byte, the lower half of it, and the upper half of the second.</summary>
    private static ReadOnlySpan<byte> Tables =>
    [
        TooLong, TooLong, TooLong, TooLong, TooLong, TooLong, TooLong, TooLong,
        TwoContinuations, TwoContinuations, TwoContinuations, TwoContinuations,
        TooShort | Overlong2, TooShort, TooShort | Overlong3 | Surrogate, TooShort | TooLarge | Overlong4,

        Any | Overlong2 | Overlong3 | Overlong4, Any | Overlong2, Any, Any,
        Any | TooLarge, Above, Above, Above,
        Above, Above, Above, Above,
        Above, Above | Surrogate, Above, Above,

        TooShort, TooShort, TooShort, TooShort, TooShort, TooShort, TooShort, TooShort,
        Second | Overlong3 | Overlong4, Second | Overlong3 | TooLarge, Second | Surrogate | TooLarge, Second | Surrogate | TooLarge,
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
            // Near the end of a page the 32 bytes that end with the text are those that lie in pages of the text.
            uint high = ((nuint)text & (Page - 1)) <= Page - Width
                ? (uint)Avx2.MoveMask(Avx.LoadVector256(text)) << -(int)length
                : (uint)Avx2.MoveMask(Avx.LoadVector256(text + last)) >> (int)-last;
            return high == 0 ? length : Short(text, length);
        }
        while (length - at >= 4 * Width && IsAscii(text + at)) at += 4 * Width;
        while (at < last && IsAscii(Avx.LoadVector256(text + at))) at += Width;
        if (at >= last && IsAscii(Avx.LoadVector256(text + last))) return length;
        if (length < Width + 3) return Short(text, length);
        // A step looks at the three bytes before it.
        while (at < 3)
        {
            int taken = Utf8Decode.Next(new ReadOnlySpan<byte>(text + at, Utf8Encode.MaxLength), out _);
            if (taken < 0) return at;
            at += taken;
        }
        at = Steps(text, at, length);
        at -= Open(text + at);
        return at == length ? at : at + Utf8ValidLengthScalar.Of(text + at, length - at);
    }

    /// <summary>Less than a step and the three bytes before it: the same between zeros.</summary>
    private static nint Short(byte* text, nint length)
    {
        byte* padded = stackalloc byte[Padded];
        MemoryFill.Fill(padded, 0, Padded);
        MemoryCopy.Copy(padded + 3, text, (nuint)length);
        return Steps(padded, 3, Padded) == Padded ? length : Utf8ValidLengthScalar.Of(text, length);
    }

    /// <summary>How far there is no error but perhaps a sequence that is cut off there.</summary>
    private static nint Steps(byte* text, nint at, nint length)
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
                // The high bit where the byte must be the third or the fourth of a sequence: there two continuations are
                // no error, and anything else is one.
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

    /// <summary>How many bytes before <paramref name="end"/>, up to 3, begin a sequence that goes on there.</summary>
    private static int Open(byte* end)
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
