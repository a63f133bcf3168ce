using System.Runtime.CompilerServices;

namespace NoDeps.Network;

/// <summary>A compile-time constant for a kernel: C# has no constant generic parameters.</summary>
internal interface ICount
{
    static abstract int Value { get; }
}

internal struct Zero : ICount
{
    public static int Value { [MethodImpl(MethodImplOptions.AggressiveInlining)] get => 0; }
}

internal struct One : ICount
{
    public static int Value { [MethodImpl(MethodImplOptions.AggressiveInlining)] get => 1; }
}

internal struct Two : ICount
{
    public static int Value { [MethodImpl(MethodImplOptions.AggressiveInlining)] get => 2; }
}

internal struct Three : ICount
{
    public static int Value { [MethodImpl(MethodImplOptions.AggressiveInlining)] get => 3; }
}

internal struct Four : ICount
{
    public static int Value { [MethodImpl(MethodImplOptions.AggressiveInlining)] get => 4; }
}

internal struct Five : ICount
{
    public static int Value { [MethodImpl(MethodImplOptions.AggressiveInlining)] get => 5; }
}

internal struct Six : ICount
{
    public static int Value { [MethodImpl(MethodImplOptions.AggressiveInlining)] get => 6; }
}
