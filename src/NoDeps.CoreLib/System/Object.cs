using Internal.Runtime;

namespace System;

/// <summary>The root of all classes: one pointer to the method table that ilc wrote.</summary>
public unsafe class Object
{
    internal MethodTable* _methodTable;

    public Object()
    {
    }

    /// <summary>With this, ilc knows a finalizer when it meets one, and the link fails: none would run.</summary>
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

/// <summary>Literals only: the code above works on UTF-8 spans.</summary>
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

/// <summary>The JIT asks for it by name; none is ever made.</summary>
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
