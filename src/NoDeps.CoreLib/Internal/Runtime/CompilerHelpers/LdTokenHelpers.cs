using System;
using System.Runtime.InteropServices;

namespace Internal.Runtime.CompilerHelpers;

/// <summary>
/// ilc asks for these by name wherever a constant table is read, and drops the call again. One that stayed would mean
/// reflection, which is not here: it calls a symbol that exists nowhere, so that the link fails.
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
