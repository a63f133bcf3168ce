using System;
using NoDeps.Primitives;

namespace NoDeps.Cli;

/// <summary>CRC-32 and Adler-32 of the line's bytes, in hexadecimal, in every form.</summary>
internal static unsafe class ChecksumLab
{
    public static int Run(LabPrimitive primitive, int form, scoped ref LabLine line)
    {
        ReadOnlySpan<byte> data = line.Text;
        uint sum;
        if (primitive == LabPrimitive.Adler32)
        {
            sum = form == 0 ? Adler32.Update(Adler32.Start, data) : form == 1 ? Adler32.UpdateScalar(Adler32.Start, data)
                : Adler32Avx2.Update(Adler32.Start, data);
        }
        else
        {
            switch (form)
            {
                case 0: sum = Crc32.Update(0, data); break;
                case 1: sum = Crc32.UpdateScalar(0, data); break;
                case 2: sum = Crc32Slice8.Update(0, data); break;
                case 3: sum = Crc32Clmul.Update(0, data); break;
                default:
                    fixed (byte* start = data) sum = ~PrimitiveTable.Avx512.Crc32(uint.MaxValue, start, data.Length);
                    break;
            }
        }
        return line.Hex(sum, 8);
    }
}
