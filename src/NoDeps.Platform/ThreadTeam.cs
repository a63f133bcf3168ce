using System.Runtime.Intrinsics.X86;
using System.Threading;
using NoDeps.Primitives;

namespace NoDeps.Platform;

/// <summary>
/// A team of threads that lives as long as the process. Each worker has a fixed share of the items, and steals from the
/// others when it is done; so an item usually runs on the core whose cache still contains its data from the previous run.
/// Every second run goes backwards, starting with the most recently used data. Between runs, the workers spin for some
/// microseconds and then sleep on a futex, so that short pauses need no system call and long ones use no processor time.
/// </summary>
public sealed unsafe class ThreadTeam : WorkTeam
{
    /// <summary>About 30 µs: longer than the serial parts of a training step, too short to be noticed.</summary>
    private const int SpinCount = 1000;

    /// <summary>The state shared by all workers. Fields written by different workers are in different cache lines.</summary>
    private struct Shared
    {
        public fixed byte Line0[64];
        public int Generation;
        public fixed byte Line1[60];
        public int Unfinished;
        public fixed byte Line2[60];
        public int Workers;
        public int Started;
        public fixed byte Line3[60];
        public int SleepersOnGeneration;
        public int CallerSleeps;
        public delegate*<void*, int, void> Body;
        public void* Context;
        public int Items;
        public fixed byte Line4[64];
        /// <summary>The first of the workers' shares.</summary>
        public Share Share;
    }

    /// <summary>The number of items taken from a worker's share.</summary>
    private struct Share
    {
        public int Taken;
        public fixed byte Line[60];
    }

    private readonly Shared* _shared;
    private readonly int _workers;

    private ThreadTeam(Shared* shared, int workers)
    {
        _shared = shared;
        _workers = workers;
    }

    /// <inheritdoc/>
    public override int Workers => _workers;

    /// <summary>A team of <paramref name="workers"/> including the caller; at least 1.</summary>
    public static Fault Create(int workers, out WorkTeam team)
    {
        team = new SerialTeam();
        if (workers <= 1) return Fault.None;
        Fault fault = PageMemory.Take(sizeof(Shared) + workers * sizeof(Share), out byte* memory);
        if (!fault.IsNone) return fault;
        Shared* shared = (Shared*)memory;
        shared->Workers = workers;
        for (int i = 1; i < workers; i++)
        {
            fault = NativeThread.Start(&Work, shared);
            if (!fault.IsNone) return fault;
        }
        team = new ThreadTeam(shared, workers);
        return Fault.None;
    }

    /// <inheritdoc/>
    public override void Run(delegate*<void*, int, void> body, void* context, int items)
    {
        if (items <= 1)
        {
            if (items == 1) body(context, 0);
            return;
        }
        Shared* shared = _shared;
        shared->Body = body;
        shared->Context = context;
        shared->Items = items;
        for (int i = 0; i < _workers; i++) Volatile.Write(ref (&shared->Share)[i].Taken, 0);
        Volatile.Write(ref shared->Unfinished, _workers - 1);
        Interlocked.Increment(ref shared->Generation);
        if (Volatile.Read(ref shared->SleepersOnGeneration) > 0) Kernel.FutexWakeAll(&shared->Generation);
        TakeItems(shared, 0);
        AwaitOthers(shared);
    }

    private static void TakeItems(Shared* shared, int worker)
    {
        delegate*<void*, int, void> body = shared->Body;
        void* context = shared->Context;
        long items = shared->Items, workers = shared->Workers;
        bool backwards = (shared->Generation & 1) == 0;
        for (long left = workers; left > 0; left--)
        {
            int first = (int)(items * worker / workers), end = (int)(items * (worker + 1) / workers);
            int taken;
            while ((taken = Interlocked.Increment(ref (&shared->Share)[worker].Taken) - 1) < end - first)
                body(context, backwards ? end - 1 - taken : first + taken);
            if (++worker == workers) worker = 0;
        }
    }

    private static void AwaitOthers(Shared* shared)
    {
        for (int spin = 0; spin < SpinCount; spin++)
        {
            if (Volatile.Read(ref shared->Unfinished) == 0) return;
            if (X86Base.IsSupported) X86Base.Pause();
        }
        Interlocked.Exchange(ref shared->CallerSleeps, 1);
        int left;
        while ((left = Volatile.Read(ref shared->Unfinished)) != 0) Kernel.FutexWait(&shared->Unfinished, left);
        Interlocked.Exchange(ref shared->CallerSleeps, 0);
    }

    /// <summary>A worker's loop: wait for a new generation, take items, report that it is done.</summary>
    private static void Work(void* argument)
    {
        Shared* shared = (Shared*)argument;
        int seen = 0, worker = Interlocked.Increment(ref shared->Started);
        while (true)
        {
            AwaitGeneration(shared, seen);
            seen++;
            TakeItems(shared, worker);
            if (Interlocked.Decrement(ref shared->Unfinished) == 0 && Volatile.Read(ref shared->CallerSleeps) != 0)
                Kernel.FutexWakeAll(&shared->Unfinished);
        }
    }

    private static void AwaitGeneration(Shared* shared, int seen)
    {
        for (int spin = 0; spin < SpinCount; spin++)
        {
            if (Volatile.Read(ref shared->Generation) != seen) return;
            if (X86Base.IsSupported) X86Base.Pause();
        }
        Interlocked.Increment(ref shared->SleepersOnGeneration);
        while (Volatile.Read(ref shared->Generation) == seen) Kernel.FutexWait(&shared->Generation, seen);
        Interlocked.Decrement(ref shared->SleepersOnGeneration);
    }
}
