using System.Runtime.InteropServices;
using NoDeps.Primitives;

/// <summary>The only way into the primitives of x86-64-v4.</summary>
internal static unsafe class PrimitiveEntry
{
    [UnmanagedCallersOnly(EntryPoint = "nd_primitives_v4")]
    private static void Fill(PrimitiveTable* table, uint extensions) => PrimitiveTable.FillAvx512(table, extensions);

    /// <summary>csc wants one in an executable; ilc roots it, the linker drops it.</summary>
    private static void Main()
    {
    }
}
