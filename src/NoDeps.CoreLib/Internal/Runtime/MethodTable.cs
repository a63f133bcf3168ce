using System.Runtime.InteropServices;

namespace Internal.Runtime;

/// <summary>
/// The header of the type description that ilc 10 writes into the object file for every constructed class.
/// </summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct MethodTable
{
    /// <summary>The low 16 bits are the element size of an array.</summary>
    private readonly uint _flags;
    private readonly uint _baseSize;
    /// <summary>The base class, or the element type of an array.</summary>
    private readonly MethodTable* _relatedType;

    public readonly uint ComponentSize => _flags & 0xFFFF;

    public readonly uint BaseSize => _baseSize;

    public readonly MethodTable* RelatedType => _relatedType;
}
