using NoDeps.Primitives;

namespace NoDeps.Cli;

/// <summary>ctz, clz, popcount and log2 of 32 or 64 bits. Forms: the instruction, arithmetic with de Bruijn's table.</summary>
internal static class BitLab
{
    public static int Run(LabSubject subject, int form, scoped ref LabLine line)
    {
        if (!line.TryUnsigned(out ulong value)) return LabLine.Wrong;
        if (line.Argument == 64) return line.Integer(form == 0 ? Hardware(subject, value) : Arithmetic(subject, value));
        line.Wanted = "expected a whole number from 0 to 2^32 - 1"u8;
        if (value > uint.MaxValue) return LabLine.Wrong;
        return line.Integer(form == 0 ? Hardware(subject, (uint)value) : Arithmetic(subject, (uint)value));
    }

    private static int Hardware(LabSubject subject, ulong value) => subject switch
    {
        LabSubject.TrailingZeros => TrailingZerosHardware.Count(value),
        LabSubject.LeadingZeros => LeadingZerosHardware.Count(value),
        LabSubject.BitCount => BitCountHardware.Of(value),
        _ => Log2Hardware.Floor(value),
    };

    private static int Arithmetic(LabSubject subject, ulong value) => subject switch
    {
        LabSubject.TrailingZeros => TrailingZeros.Count(value),
        LabSubject.LeadingZeros => LeadingZeros.Count(value),
        LabSubject.BitCount => BitCount.Of(value),
        _ => Log2.Floor(value),
    };

    private static int Hardware(LabSubject subject, uint value) => subject switch
    {
        LabSubject.TrailingZeros => TrailingZerosHardware.Count(value),
        LabSubject.LeadingZeros => LeadingZerosHardware.Count(value),
        LabSubject.BitCount => BitCountHardware.Of(value),
        _ => Log2Hardware.Floor(value),
    };

    private static int Arithmetic(LabSubject subject, uint value) => subject switch
    {
        LabSubject.TrailingZeros => TrailingZeros.Count(value),
        LabSubject.LeadingZeros => LeadingZeros.Count(value),
        LabSubject.BitCount => BitCount.Of(value),
        _ => Log2.Floor(value),
    };
}
