using System.Runtime.CompilerServices;
using Internal.Runtime;
using Internal.Runtime.CompilerHelpers;

namespace System.Runtime;

/// <summary>
/// The casts that ilc calls. Class casts walk the chain of base types. Interface casts are not supported: they call an
/// undefined symbol, so that linking fails instead of returning a wrong answer.
/// </summary>
internal static unsafe class TypeCast
{
    public static object IsInstanceOfClass(MethodTable* type, object value)
    {
        if (value == null) return null;
        for (MethodTable* t = value._methodTable; t != null; t = t->RelatedType)
        {
            if (t == type) return value;
        }
        return null;
    }

    public static object CheckCastClass(MethodTable* type, object value)
    {
        if (value != null && IsInstanceOfClass(type, value) == null) ThrowHelpers.ThrowInvalidCastException();
        return value;
    }

    public static object CheckCastClassSpecial(MethodTable* type, object value) => CheckCastClass(type, value);

    /// <summary>Stores into an array of references, after checking the index and the type of the value.</summary>
    public static void StelemRef(object[] array, nint index, object value)
    {
        if ((nuint)index >= (nuint)array.Length) ThrowHelpers.ThrowIndexOutOfRangeException();
        CheckCastClass(array._methodTable->RelatedType, value);
        Unsafe.Add(ref Unsafe.As<byte, object>(ref Unsafe.As<RawArray>(array).Data), index) = value;
    }

    public static ref object LdelemaRef(object[] array, nint index, MethodTable* type)
    {
        if ((nuint)index >= (nuint)array.Length) ThrowHelpers.ThrowIndexOutOfRangeException();
        if (array._methodTable->RelatedType != type) ThrowHelpers.ThrowInvalidCastException();
        return ref Unsafe.Add(ref Unsafe.As<byte, object>(ref Unsafe.As<RawArray>(array).Data), index);
    }

    public static object CheckCastAny(MethodTable* type, object value) => Unsupported();

    public static object CheckCastInterface(MethodTable* type, object value) => Unsupported();

    public static object IsInstanceOfAny(MethodTable* type, object value) => Unsupported();

    public static object IsInstanceOfInterface(MethodTable* type, object value) => Unsupported();

    public static object IsInstanceOfException(MethodTable* type, object value) => Unsupported();

    private static object Unsupported()
    {
        UnsupportedCast();
        return null;
    }

    [InteropServices.DllImport("*", EntryPoint = "nd_unsupported_cast_to_interface_or_array"), InteropServices.SuppressGCTransition]
    private static extern void UnsupportedCast();

    private sealed class RawArray
    {
#pragma warning disable CS0649 // never constructed: a view of array objects
        public uint Length;
        public uint Padding;
        public byte Data;
#pragma warning restore CS0649
    }
}
