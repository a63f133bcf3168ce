using System.Runtime.InteropServices;
using NoDeps.Primitives;

namespace NoDeps.Platform;

/// <summary>A thread created by <c>clone</c>, with its own stack that ends in a guard page.</summary>
internal static unsafe class NativeThread
{
    private const long StackBytes = 1 << 18;

    [DllImport("*", EntryPoint = "nd_spawn"), SuppressGCTransition]
    private static extern nint Spawn(void* stackTop, delegate* unmanaged<void*, void> start, void* argument);

    private struct StartRecord
    {
        public delegate*<void*, void> Body;
        public void* Argument;
    }

    /// <summary>Runs <paramref name="body"/>(<paramref name="argument"/>) on a new thread.</summary>
    public static Fault Start(delegate*<void*, void> body, void* argument)
    {
        Fault fault = PageMemory.Take(StackBytes, out byte* stack);
        if (!fault.IsNone) return fault;
        Kernel.Forbid(stack, PageMemory.PageBytes);
        StartRecord* record = (StartRecord*)(stack + StackBytes) - 1;
        record->Body = body;
        record->Argument = argument;
        nint result = Spawn(record, &Begin, record);
        return result < 0 ? SystemError.ToFault(FaultKind.System, result) : Fault.None;
    }

    [UnmanagedCallersOnly]
    private static void Begin(void* record) => ((StartRecord*)record)->Body(((StartRecord*)record)->Argument);
}
