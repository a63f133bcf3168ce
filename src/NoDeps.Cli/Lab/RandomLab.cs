using System;
using NoDeps.Primitives;

namespace NoDeps.Cli;

/// <summary>
/// The stream of random numbers of a seed: for a block number, the 64 32-bit numbers from there on, in hexadecimal.
/// Form 0 fills memory, form 1 draws one number at a time; the others are in the order of <see cref="LabRow"/>.
/// </summary>
internal static unsafe class RandomLab
{
    private const int Numbers = 64;
    private const int Digits = 8;

    public static int Run(int form, scoped ref LabLine line)
    {
        if (!line.TryUnsigned(out ulong block)) return LabLine.Wrong;
        Philox stream = new((ulong)line.Argument, 0);
        stream.Seek(block);
        uint* numbers = stackalloc uint[Numbers];
        if (form == 0) stream.Fill(new Span<uint>(numbers, Numbers));
        else if (form == 1) for (int i = 0; i < Numbers; i++) numbers[i] = stream.NextUInt32();
        else if (form == 2) PhiloxAvx2.Fill(numbers, Numbers / 4, (ulong)line.Argument, 0, block);
        else PrimitiveTable.Avx512.Philox(numbers, Numbers / 4, (ulong)line.Argument, 0, block);
        Utf8Writer writer = new(line.Result);
        for (int i = 0; i < Numbers; i++)
        {
            if (i > 0) writer.Byte((byte)' ');
            writer.Hex(numbers[i], Digits);
        }
        return writer.Length;
    }
}
