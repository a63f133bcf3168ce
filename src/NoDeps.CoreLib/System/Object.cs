using Internal.Runtime;

namespace System;

/// <summary>The root of all classes: one pointer to the method table that ilc emits.</summary>
public unsafe class Object
{
    internal MethodTable* _methodTable;

    public Object()
    {
    }

    /// <summary>
    /// Lets ilc recognize finalizers. A class with one fails to link, since no finalizer would ever run.
    /// </summary>
    ~Object()
    {
    }
}

public abstract class ValueType
{
}

public abstract class Enum : ValueType
{
}

public struct Nullable<T> where T : struct
{
}

/// <summary>For literals only: the program works with UTF-8 spans.</summary>
public sealed class String
{
    private readonly int _stringLength;
    private char _firstChar;

    internal String()
    {
    }

    public int Length => _stringLength;
}

public abstract class Array
{
    private int _numComponents;

    internal Array()
    {
    }

    public int Length => _numComponents;
}

/// <summary>ilc looks this type up by name as the base of every T[].</summary>
internal class Array<T> : Array
{
}

public abstract class Delegate
{
    internal Delegate()
    {
    }
}

public abstract class MulticastDelegate : Delegate
{
    internal MulticastDelegate()
    {
    }
}

public class Exception
{
}

public abstract class Type
{
}

/// <summary>The JIT looks this type up by name; it is never instantiated.</summary>
internal sealed class RuntimeType : Type
{
}

public struct RuntimeTypeHandle
{
}

public struct RuntimeMethodHandle
{
}

public struct RuntimeFieldHandle
{
}
