using NoDeps.Primitives;
using NoDeps.Tests.Primitives;
using Xunit;

namespace NoDeps.Tests.Formats;

/// <summary>Small files that end where memory ends: reading one byte too far ends the test process.</summary>
internal static unsafe class GuardedFile
{
    internal delegate Fault Reader(byte* file, long length);

    /// <summary>What a reader says of a file; the offset of a fault is within it.</summary>
    internal static FaultRecord Read(byte[] file, Reader reader)
    {
        using var memory = new GuardedMemory();
        return Read(memory, file, reader);
    }

    private static FaultRecord Read(GuardedMemory memory, byte[] file, Reader reader)
    {
        byte* start = memory.End - file.Length;
        file.CopyTo(new Span<byte>(start, file.Length));
        Fault fault = reader(start, file.Length);
        if (!fault.IsNone)
        {
            Assert.InRange(fault.What.Length, 1, 190);
            if (!fault.IsLine) Assert.InRange(fault.Offset, -1, file.Length);
        }
        return FaultRecord.Of(fault);
    }

    /// <summary>Every beginning of a file must be refused, with whatever a reader says.</summary>
    internal static void EveryTruncationIsRefused(byte[] file, Reader reader)
    {
        using var memory = new GuardedMemory();
        for (int length = 0; length < file.Length; length++)
            Assert.False(Read(memory, file[..length], reader).IsNone, $"{length} bytes");
    }

    /// <summary>Changed, removed and doubled bytes: whatever a reader says, it stays within its memory.</summary>
    internal static void MutationsAreSurvived(byte[] file, int seed, int count, Reader reader)
    {
        using var memory = new GuardedMemory();
        var random = new Random(seed);
        byte[] telling = [0, 1, 2, 7, 8, 0x7F, 0x80, 0xFE, 0xFF, (byte)'9', (byte)',', (byte)'\n', (byte)'"'];
        for (int i = 0; i < count; i++)
        {
            List<byte> bytes = [.. file];
            for (int change = random.Next(1, 5); change > 0 && bytes.Count > 0; change--)
            {
                int at = random.Next(bytes.Count);
                switch (random.Next(4))
                {
                    case 0: bytes[at] = (byte)random.Next(256); break;
                    case 1: bytes[at] = telling[random.Next(telling.Length)]; break;
                    case 2: bytes.RemoveAt(at); break;
                    default: bytes.Insert(at, bytes[random.Next(bytes.Count)]); break;
                }
            }
            Read(memory, [.. bytes], reader);
        }
    }
}
