using System;
using NoDeps.Primitives;

namespace NoDeps.Cli;

/// <summary>The operands of a command that takes any number of them.</summary>
internal sealed unsafe class Operands
{
    private readonly byte** _values;
    private readonly int[] _indexes;

    /// <param name="values">The words of the command line, NUL-terminated.</param>
    /// <param name="count">The number of words.</param>
    public Operands(byte** values, int count)
    {
        _values = values;
        _indexes = new int[count];
    }

    /// <summary>The number of operands.</summary>
    public int Count { get; private set; }

    /// <summary>The operand with a number from 0.</summary>
    public ReadOnlySpan<byte> At(int number)
    {
        byte* value = _values[_indexes[number]];
        return new ReadOnlySpan<byte>(value, (int)StringLengthSwar.Of(value));
    }

    /// <summary>Appends the word at a position of the command line.</summary>
    public void Add(int index) => _indexes[Count++] = index;
}
