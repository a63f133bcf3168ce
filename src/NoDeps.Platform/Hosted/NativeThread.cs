using System.Threading;
using NoDeps.Primitives;

namespace NoDeps.Platform;

/// <summary>A .NET thread, because .NET must know every thread that runs managed code.</summary>
internal static unsafe class NativeThread
{
    /// <summary>Runs <paramref name="body"/>(<paramref name="argument"/>) on a new thread.</summary>
    public static Fault Start(delegate*<void*, void> body, void* argument)
    {
        nint bodyAddress = (nint)body;
        nint argumentAddress = (nint)argument;
        Thread thread = new(() => ((delegate*<void*, void>)bodyAddress)((void*)argumentAddress)) { IsBackground = true };
        thread.Start();
        return Fault.None;
    }
}
