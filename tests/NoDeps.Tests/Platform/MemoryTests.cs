using NoDeps.Platform;
using NoDeps.Primitives;
using Xunit;

namespace NoDeps.Tests.Platform;

/// <summary>Pages and arenas.</summary>
public sealed unsafe class MemoryTests
{
    [Fact]
    public void AnArenaHandsOutZeroedPiecesOnLineBoundariesUntilItIsUsedUp()
    {
        Assert.True(Arena.Create(10_000, out Arena arena).IsNone);
        Random random = new(7);
        byte* end = null;
        while (true)
        {
            int bytes = random.Next(1, 700);
            byte* piece = arena.Allocate(bytes);
            if (piece == null) break;
            Assert.Equal(0, (long)piece % 64);
            Assert.True(piece >= end);
            foreach (byte value in new ReadOnlySpan<byte>(piece, bytes)) Assert.Equal(0, value);
            new Span<byte>(piece, bytes).Fill(0xFF);
            end = piece + bytes;
        }
        Assert.InRange(arena.Used, 10_000 - 764, 10_000);
        Assert.True(arena.Allocate(-1) == null);
        Assert.True(arena.Allocate(long.MaxValue) == null);
    }

    [Fact]
    public void MoreMemoryThanThereIsIsAFault()
    {
        Fault fault = PageMemory.Take(1L << 60, out byte* memory);
        Assert.Equal(FaultKind.System, fault.Kind);
        Assert.True(memory == null);
    }

    [Fact]
    public void TheClockMovesForward()
    {
        long before = Clock.Nanoseconds();
        Thread.Sleep(5);
        Assert.InRange(Clock.Nanoseconds() - before, 4_000_000, 60_000_000_000);
        Assert.True(NoDeps.Platform.Process.PeakResidentBytes() > 1 << 20);
    }
}
