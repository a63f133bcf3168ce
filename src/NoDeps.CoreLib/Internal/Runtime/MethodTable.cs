using System.Runtime.InteropServices;

namespace Internal.Runtime;

/// <summary>The head of the type description that ilc 10 writes into the object file for every constructed class.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct MethodTable
{
    /// <summary>Low 16 bits: the size of an array's element.</summary>
    private readonly uint _flags;
    private readonly uint _baseSize;
    /// <summary>The base class; the element's type for an array.</summary>
    private readonly MethodTable* _relatedType;

    public readonly uint ComponentSize => _flags & 0xFFFF;

    public readonly uint BaseSize => _baseSize;

    public readonly MethodTable* RelatedType => _relatedType;
}
