using System;

namespace Internal.Runtime.CompilerHelpers;

/// <summary>
/// Asked for by ilc's scanner wherever IL loads a field's token, as every constant table that is not of bytes does
/// (RuntimeHelpers.CreateSpan); never called, since the JIT turns the whole table into a pointer.
/// </summary>
internal static class LdTokenHelpers
{
    private static RuntimeFieldHandle GetRuntimeFieldHandle(nint handle) => default;
}
