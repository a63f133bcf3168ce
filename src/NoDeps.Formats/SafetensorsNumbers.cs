using System;
using System.Runtime.CompilerServices;
using NoDeps.Primitives;

namespace NoDeps.Formats;

/// <summary>Converts tensors of a safetensors file from any common floating-point type to single precision.</summary>
public static unsafe class SafetensorsNumbers
{
    /// <summary>Returns true if <see cref="ToSingle"/> supports the type.</summary>
    public static bool IsReadable(SafetensorsType type) =>
        type is SafetensorsType.F16 or SafetensorsType.BF16 or SafetensorsType.F32 or SafetensorsType.F64;

    /// <summary>
    /// Converts all elements of a tensor: exactly from F16, BF16 and F32, rounded to nearest from F64. Any other type, or a
    /// finite F64 number beyond the range of single precision, is a fault without an offset.
    /// </summary>
    /// <param name="entry">A tensor of an open file.</param>
    /// <param name="to">Receives <see cref="SafetensorsEntry.Count"/> numbers.</param>
    public static Fault ToSingle(scoped in SafetensorsEntry entry, float* to)
    {
        byte* from = entry.Data;
        switch (entry.Type)
        {
            case SafetensorsType.F32:
                MemoryCopy.Copy((byte*)to, from, (nuint)entry.Length);
                return Fault.None;
            case SafetensorsType.F16:
                for (long i = 0; i < entry.Count; i++) to[i] = HalfPrecision.ToSingle(Unsafe.ReadUnaligned<ushort>(from + 2 * i));
                return Fault.None;
            case SafetensorsType.BF16:
                for (long i = 0; i < entry.Count; i++) to[i] = BrainFloat.ToSingle(Unsafe.ReadUnaligned<ushort>(from + 2 * i));
                return Fault.None;
            case SafetensorsType.F64:
                return FromDouble(entry, to);
            default:
                return Fault.Of(FaultKind.Data, "weights of this dtype cannot be read\n"u8 + "supported are F16, BF16, F32 and F64"u8)
                    .WithQuote(SafetensorsTypes.NameOf(entry.Type));
        }
    }

    private static Fault FromDouble(scoped in SafetensorsEntry entry, float* to)
    {
        const ulong Infinity = 0x7FF0_0000_0000_0000;
        for (long i = 0; i < entry.Count; i++)
        {
            ulong bits = Unsafe.ReadUnaligned<ulong>(entry.Data + 8 * i);
            float single = (float)BitConverter.UInt64BitsToDouble(bits);
            bool infinite = (BitConverter.SingleToUInt32Bits(single) & 0x7FFFFFFF) == 0x7F800000;
            if (infinite && (bits & ~(1UL << 63)) < Infinity)
                return ElementFault.At(-1, i, BitConverter.UInt64BitsToDouble(bits), "is beyond the range of single precision"u8);
            to[i] = single;
        }
        return Fault.None;
    }
}
