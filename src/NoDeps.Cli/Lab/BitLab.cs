using NoDeps.Primitives;

namespace NoDeps.Cli;

/// <summary>ctz, clz, popcount and log2 of 32 or 64 bits. Forms: the instruction, arithmetic with a de Bruijn table.</summary>
internal static class BitLab
{
    public static int Run(LabPrimitive primitive, int form, scoped ref LabLine line)
    {
        if (!line.TryUnsigned(out ulong value)) return LabLine.Wrong;
        if (line.Argument == 64) return line.Integer(form == 0 ? Hardware(primitive, value) : Arithmetic(primitive, value));
        line.Wanted = "expected an integer from 0 to 2^32 - 1"u8;
        if (value > uint.MaxValue) return LabLine.Wrong;
        return line.Integer(form == 0 ? Hardware(primitive, (uint)value) : Arithmetic(primitive, (uint)value));
    }

    private static int Hardware(LabPrimitive primitive, ulong value) => primitive switch
    {
        LabPrimitive.TrailingZeros => TrailingZerosHardware.Count(value),
        LabPrimitive.LeadingZeros => LeadingZerosHardware.Count(value),
        LabPrimitive.BitCount => BitCountHardware.Of(value),
        _ => Log2Hardware.Floor(value),
    };

    private static int Arithmetic(LabPrimitive primitive, ulong value) => primitive switch
    {
        LabPrimitive.TrailingZeros => TrailingZeros.Count(value),
        LabPrimitive.LeadingZeros => LeadingZeros.Count(value),
        LabPrimitive.BitCount => BitCount.Of(value),
        _ => Log2.Floor(value),
    };

    private static int Hardware(LabPrimitive primitive, uint value) => primitive switch
    {
        LabPrimitive.TrailingZeros => TrailingZerosHardware.Count(value),
        LabPrimitive.LeadingZeros => LeadingZerosHardware.Count(value),
        LabPrimitive.BitCount => BitCountHardware.Of(value),
        _ => Log2Hardware.Floor(value),
    };

    private static int Arithmetic(LabPrimitive primitive, uint value) => primitive switch
    {
        LabPrimitive.TrailingZeros => TrailingZeros.Count(value),
        LabPrimitive.LeadingZeros => LeadingZeros.Count(value),
        LabPrimitive.BitCount => BitCount.Of(value),
        _ => Log2.Floor(value),
    };
}
