using System;
using NoDeps.Primitives;

namespace NoDeps.Cli;

/// <summary>The operands of a command that takes any number of them.</summary>
internal unsafe struct Operands
{
    private readonly byte** _values;
    private readonly int[] _indexes;

    /// <param name="values">The words of the command line, NUL-terminated.</param>
    /// <param name="indexes">Room for the position of every operand.</param>
    public Operands(byte** values, int[] indexes)
    {
        _values = values;
        _indexes = indexes;
    }

    /// <summary>How many there are.</summary>
    public int Count { get; private set; }

    /// <summary>The operand with a number from 0.</summary>
    public readonly ReadOnlySpan<byte> At(int number)
    {
        byte* value = _values[_indexes[number]];
        return new ReadOnlySpan<byte>(value, (int)StringLengthSwar.Of(value));
    }

    /// <summary>Appends the word at a position of the command line.</summary>
    public void Add(int index) => _indexes[Count++] = index;
}
