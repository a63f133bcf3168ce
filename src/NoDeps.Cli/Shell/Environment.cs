using System;
using NoDeps.Primitives;

namespace NoDeps.Cli;

/// <summary>The environment variables, where the kernel put them.</summary>
internal readonly unsafe struct Environment
{
    private readonly byte** _values;

    /// <param name="values">NUL-terminated NAME=VALUE strings, then a null.</param>
    public Environment(byte** values) => _values = values;

    /// <summary>True if the variable has this value, which is not empty.</summary>
    public bool Is(ReadOnlySpan<byte> name, ReadOnlySpan<byte> value) => Get(name).SequenceEqual(value);

    /// <summary>True if the variable is set and not empty, which is how NO_COLOR and similar ones are defined.</summary>
    public bool IsSet(ReadOnlySpan<byte> name) => !Get(name).IsEmpty;

    /// <summary>The variable's value; empty if it is not set.</summary>
    public ReadOnlySpan<byte> Get(ReadOnlySpan<byte> name)
    {
        for (byte** entry = _values; *entry != null; entry++)
        {
            ReadOnlySpan<byte> text = new(*entry, (int)StringLengthSwar.Of(*entry));
            if (text.Length > name.Length + 1 && text[name.Length] == '=' && text.Slice(0, name.Length).SequenceEqual(name))
                return text.Slice(name.Length + 1);
        }
        return default;
    }
}
