namespace System.Runtime.CompilerServices;

public static class RuntimeHelpers
{
    /// <summary>Replaced by the compiler: a constant table becomes a pointer into .rodata.</summary>
    [Intrinsic]
    public static ReadOnlySpan<T> CreateSpan<T>(RuntimeFieldHandle fldHandle) => CreateSpan<T>(fldHandle);

    [Intrinsic]
    public static bool IsReferenceOrContainsReferences<T>() where T : allows ref struct =>
        IsReferenceOrContainsReferences<T>();
}
