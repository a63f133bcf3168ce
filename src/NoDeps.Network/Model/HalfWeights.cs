using System.Runtime.CompilerServices;
using NoDeps.Primitives;

namespace NoDeps.Network;

/// <summary>Conversion of weights to half precision.</summary>
internal static unsafe class HalfWeights
{
    private const ushort Infinity = 0x7C00;

    /// <summary>Rounds to nearest; a finite weight that would become infinite is a fault.</summary>
    internal static Fault Write(float* from, int count, byte* to)
    {
        for (int i = 0; i < count; i++)
        {
            ushort half = HalfPrecision.FromSingle(from[i]);
            if ((half & 0x7FFF) == Infinity && float.IsFinite(from[i]))
                return Fault.Of(FaultKind.Data, "a weight is outside the range of half precision\n"u8 + "save the model without --half"u8);
            Unsafe.WriteUnaligned(to + 2L * i, half);
        }
        return Fault.None;
    }
}
