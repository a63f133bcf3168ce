using System.Runtime;
using System.Threading;

namespace Internal.Runtime;

/// <summary>
/// Bump allocator: advances a pointer through zeroed pages and never frees. Objects are allocated only during setup, by
/// one thread.
/// </summary>
internal static unsafe class Allocator
{
    private const nuint ChunkBytes = 1 << 16;

    private static byte* s_next;
    private static byte* s_end;
    private static long s_allocatedBytes;

    public static long AllocatedBytes => s_allocatedBytes;

    private static byte* Take(nuint bytes)
    {
        bytes = (bytes + 7) & ~(nuint)7;
        if ((nuint)(s_end - s_next) < bytes)
        {
            nuint chunk = bytes > ChunkBytes ? bytes : ChunkBytes;
            s_next = (byte*)Host.Pages(chunk);
            s_end = s_next + chunk;
        }
        byte* taken = s_next;
        s_next += bytes;
        s_allocatedBytes += (long)bytes;
        return taken;
    }

    [RuntimeExport("RhpNewFast")]
    private static void* NewObject(MethodTable* type)
    {
        byte* made = Take(type->BaseSize);
        *(MethodTable**)made = type;
        return made;
    }

    [RuntimeExport("RhpNewArrayFast")]
    private static void* NewArray(MethodTable* type, nint length)
    {
        if ((nuint)length > int.MaxValue) CompilerHelpers.ThrowHelpers.ThrowOverflowException();
        byte* made = Take(type->BaseSize + type->ComponentSize * (nuint)length);
        *(MethodTable**)made = type;
        *(int*)(made + sizeof(nint)) = (int)length;
        return made;
    }

    [RuntimeExport("RhpNewPtrArrayFast")]
    private static void* NewReferenceArray(MethodTable* type, nint length) => NewArray(type, length);

    [RuntimeExport("RhpAssignRef")]
    private static void AssignReference(void** destination, void* value) => *destination = value;

    [RuntimeExport("RhpCheckedAssignRef")]
    private static void CheckedAssignReference(void** destination, void* value) => *destination = value;
}
