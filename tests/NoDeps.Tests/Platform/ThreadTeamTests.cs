using NoDeps.Primitives;
using Xunit;
using ThreadTeam = NoDeps.Platform.ThreadTeam;

namespace NoDeps.Tests.Platform;

/// <summary>The team of real threads: every piece once, all of them before Run returns, whoever sleeps or spins.</summary>
public sealed unsafe class ThreadTeamTests
{
    private struct Counters
    {
        public int* Calls;
        public int SpinAPiece;
    }

    private static void CountCall(void* context, int item)
    {
        Counters* counters = (Counters*)context;
        if (counters->SpinAPiece > 0) Thread.SpinWait(counters->SpinAPiece * (1 + item % 3));
        Interlocked.Increment(ref counters->Calls[item]);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(5)]
    public void RunsEveryPieceOnce(int workers)
    {
        Assert.True(ThreadTeam.Create(workers, out WorkTeam team).IsNone);
        Assert.Equal(workers, team.Workers);
        int[] calls = new int[64];
        fixed (int* pinned = calls)
        {
            for (int run = 0; run < 2000; run++)
            {
                int items = run * 7 % 65;
                Array.Clear(calls);
                Counters counters = new() { Calls = pinned, SpinAPiece = run % 50 == 0 ? 2000 : 0 };
                team.Run(&CountCall, &counters, items);
                for (int i = 0; i < calls.Length; i++) Assert.Equal(i < items ? 1 : 0, Volatile.Read(ref calls[i]));
                if (run % 500 == 0) Thread.Sleep(20); // long enough for the workers to fall asleep
            }
        }
    }

    [Fact]
    public void WritesOfThePiecesAreSeenAfterRun()
    {
        Assert.True(ThreadTeam.Create(2, out WorkTeam team).IsNone);
        int[] values = new int[8];
        fixed (int* pinned = values)
        {
            for (int run = 1; run < 20000; run++)
            {
                team.Run(&AddOne, pinned, values.Length);
                foreach (int value in values) Assert.Equal(run, value);
            }
        }
    }

    private static void AddOne(void* context, int item) => ((int*)context)[item]++;
}
