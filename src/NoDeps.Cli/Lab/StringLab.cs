using System;
using NoDeps.Primitives;

namespace NoDeps.Cli;

/// <summary>
/// The line's bytes: its length up to a NUL byte, searched, compared, copied and filled, and as UTF-8. Form 0 is the
/// one that the program itself uses; the others are in the order of <see cref="LabRow"/>. Inputs too short for an
/// AVX-512 form use AVX2's.
/// </summary>
internal static unsafe class StringLab
{
    public static int Run(LabPrimitive primitive, int form, scoped ref LabLine line)
    {
        int length = line.Text.Length, argument = (int)Math.Min(line.Argument, length);
        fixed (byte* text = line.Text)
        {
            switch (primitive)
            {
                case LabPrimitive.StringLength: return line.Integer(LengthOf(text, form));
                case LabPrimitive.IndexOf: return line.Integer(IndexOf(text, (byte)line.Argument, (nuint)length, form));
                case LabPrimitive.Compare:
                    return line.Integer((long)FirstDifference(text, text + length / 2, (nuint)length / 2, form));
                case LabPrimitive.Copy:
                    Copy(text + argument, text, (nuint)(length - argument), form);
                    break;
                case LabPrimitive.Fill:
                    Fill(text + argument, length > 0 ? *text : (byte)0, (nuint)(length - argument), form);
                    break;
                case LabPrimitive.Utf8:
                    return line.Integer(form == 0 ? Utf8ValidLength.Of(text, length)
                        : form == 1 ? Utf8ValidLengthScalar.Of(text, length) : Utf8ValidLengthAvx2.Of(text, length));
                case LabPrimitive.Utf8Decode:
                    CodePoints(ref line);
                    return 0;
                default:
                    if (!line.TryBits(8, out ulong codePoint)) return LabLine.Wrong;
                    length = Utf8Encode.Write(line.Result, (uint)codePoint);
                    return length > 0 ? length : LabLine.Wrong;
            }
        }
        line.Out.Write(line.Text);
        return 0;
    }

    private static nint LengthOf(byte* text, int form) => form switch
    {
        0 => StringLength.Of(text),
        1 => StringLengthScalar.Of(text),
        2 => StringLengthSwar.Of(text),
        3 => StringLengthAvx2.Of(text),
        _ => PrimitiveTable.Avx512.StringLength(text, text),
    };

    private static nint IndexOf(byte* text, byte value, nuint count, int form) => form switch
    {
        0 => MemorySearch.IndexOf(text, value, count),
        1 => MemorySearchScalar.IndexOf(text, value, count),
        3 when count > MemorySearchAvx512.MaxSmall => PrimitiveTable.Avx512.IndexOf(text, value, count),
        _ => MemorySearchAvx2.IndexOf(text, value, count),
    };

    private static nuint FirstDifference(byte* left, byte* right, nuint count, int form) => form switch
    {
        0 => MemoryCompare.FirstDifference(left, right, count),
        1 => MemoryCompareScalar.FirstDifference(left, right, count),
        3 when count > MemoryCompareAvx512.MaxSmall => PrimitiveTable.Avx512.FirstDifference(left, right, count),
        _ => MemoryCompareAvx2.FirstDifference(left, right, count),
    };

    private static void Copy(byte* to, byte* from, nuint count, int form)
    {
        if (form == 0) MemoryCopy.Copy(to, from, count);
        else if (form == 1) MemoryCopyScalar.Copy(to, from, count);
        else if (form == 3 && count > MemoryCopyAvx2.MaxSmall) PrimitiveTable.Avx512.Copy(to, from, count);
        else MemoryCopyAvx2.Copy(to, from, count);
    }

    private static void Fill(byte* to, byte value, nuint count, int form)
    {
        if (form == 0) MemoryFill.Fill(to, value, count);
        else if (form == 1) MemoryFillScalar.Fill(to, value, count);
        else if (form == 3 && count > MemoryFillAvx2.MaxSmall) PrimitiveTable.Avx512.Fill(to, value, count);
        else MemoryFillAvx2.Fill(to, value, count);
    }

    /// <summary>In hexadecimal, separated by blanks.</summary>
    private static void CodePoints(scoped ref LabLine line)
    {
        const int Digits = 6;
        ReadOnlySpan<byte> left = line.Text;
        while (!left.IsEmpty)
        {
            int taken = Utf8Decode.Next(left, out uint codePoint);
            left = left.Slice(taken < 0 ? -taken : taken);
            int length = line.Hex(codePoint, Digits);
            line.Result[length++] = (byte)' ';
            line.Out.Write(line.Result.Slice(0, left.IsEmpty ? Digits : length));
        }
    }
}
