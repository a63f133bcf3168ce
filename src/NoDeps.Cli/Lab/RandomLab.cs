using NoDeps.Primitives;

namespace NoDeps.Cli;

/// <summary>
/// The stream of random numbers that a seed begins: for the number of a block, its four numbers of 32 bits in hexadecimal.
/// </summary>
internal static class RandomLab
{
    private const int Digits = 8;

    public static int Run(scoped ref LabLine line)
    {
        if (!line.TryUnsigned(out ulong block)) return LabLine.Wrong;
        Philox numbers = new((ulong)line.Argument, 0);
        numbers.Seek(block);
        Utf8Writer writer = new(line.Result);
        for (int i = 0; i < 4; i++)
        {
            if (i > 0) writer.Byte((byte)' ');
            writer.Hex(numbers.NextUInt32(), Digits);
        }
        return writer.Length;
    }
}
