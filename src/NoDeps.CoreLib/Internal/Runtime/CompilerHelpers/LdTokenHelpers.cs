using System;
using System.Runtime.InteropServices;

namespace Internal.Runtime.CompilerHelpers;

/// <summary>
/// ilc looks these up by name for every read of a constant table and then removes the call. A remaining call would mean
/// reflection, which is not supported: it refers to an undefined symbol, so that linking fails.
/// </summary>
internal static unsafe class LdTokenHelpers
{
    [DllImport("*", EntryPoint = "nd_unsupported_reflection"), SuppressGCTransition]
    private static extern void Unsupported();

    private static RuntimeTypeHandle GetRuntimeTypeHandle(nint type)
    {
        Unsupported();
        return default;
    }

    private static RuntimeMethodHandle GetRuntimeMethodHandle(nint signature)
    {
        Unsupported();
        return default;
    }

    private static RuntimeFieldHandle GetRuntimeFieldHandle(nint signature)
    {
        Unsupported();
        return default;
    }

    private static Type GetRuntimeType(MethodTable* type)
    {
        Unsupported();
        return null;
    }
}
