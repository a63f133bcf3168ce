using System;
using NoDeps.Primitives;

namespace NoDeps.Cli;

/// <summary>
/// Numbers to text and back; bits are written in hexadecimal. Forms: machine words, and the exact or simple reference.
/// </summary>
internal static class NumberLab
{
    /// <summary>Maximum number of digits for <c>format-fixed</c> and similar primitives.</summary>
    public const int MaxDigits = 1100;

    public static int Run(LabPrimitive primitive, int form, scoped ref LabLine line)
    {
        bool plain = form == 1;
        switch (primitive)
        {
            case LabPrimitive.ParseInteger:
                line.Wanted = "expected an integer of 64 bits"u8;
                bool parsed = plain ? IntegerParseScalar.Signed(line.Text, out long integer, out int consumed)
                    : IntegerParse.Signed(line.Text, out integer, out consumed);
                return parsed && consumed == line.Text.Length ? line.Hex((ulong)integer, 16) : LabLine.Wrong;
            case LabPrimitive.ParseDouble:
                if (!line.TryDouble(plain, out double number)) return LabLine.Wrong;
                return line.Hex(BitConverter.DoubleToUInt64Bits(number), 16);
            case LabPrimitive.ParseFloat:
                if (!line.TryFloat(plain, out float single)) return LabLine.Wrong;
                return line.Hex(BitConverter.SingleToUInt32Bits(single), 8);
            default:
                if (!line.TryBits(primitive == LabPrimitive.FormatFloat ? 8 : 16, out ulong bits)) return LabLine.Wrong;
                return Format(primitive, plain, line.Result, bits, (int)line.Argument);
        }
    }

    private static int Format(LabPrimitive primitive, bool plain, Span<byte> to, ulong bits, int digits)
    {
        double value = BitConverter.UInt64BitsToDouble(bits);
        switch (primitive)
        {
            case LabPrimitive.FormatInteger:
                return plain ? IntegerFormatScalar.Signed(to, (long)bits) : IntegerFormat.Signed(to, (long)bits);
            case LabPrimitive.FormatDouble:
                return plain ? FloatFormatScalar.Shortest(to, value) : FloatFormat.Shortest(to, value);
            case LabPrimitive.FormatFloat:
                float single = BitConverter.UInt32BitsToSingle((uint)bits);
                return plain ? FloatFormatScalar.Shortest(to, single) : FloatFormat.Shortest(to, single);
            case LabPrimitive.FormatFixed:
                return plain ? FloatFormatScalar.Fixed(to, value, digits) : FloatFormat.Fixed(to, value, digits);
            case LabPrimitive.FormatScientific:
                return plain ? FloatFormatScalar.Scientific(to, value, digits) : FloatFormat.Scientific(to, value, digits);
            default:
                return plain ? FloatFormatScalar.General(to, value, digits) : FloatFormat.General(to, value, digits);
        }
    }
}
