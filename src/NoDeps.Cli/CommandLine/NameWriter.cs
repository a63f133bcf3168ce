using System;
using NoDeps.Primitives;

namespace NoDeps.Cli;

/// <summary>Collects the names of a command's options, with dashes, or of its subjects.</summary>
internal sealed class NameWriter : OptionWriter
{
    private readonly byte[] _names = new byte[4096];
    private readonly bool _subjects;
    private int _length;

    /// <param name="subjects">True for the subjects, false for the options.</param>
    public NameWriter(bool subjects)
    {
        _subjects = subjects;
        if (!subjects) Add("--help"u8, default);
    }

    /// <summary>A <see cref="WordList"/>.</summary>
    public ReadOnlySpan<byte> Names => new(_names, 0, _length);

    public override void Write(scoped in OptionInfo info)
    {
        if (info.IsSubject != _subjects || info.IsOperand) return;
        Add(_subjects ? default : "--"u8, info.Name);
    }

    private void Add(ReadOnlySpan<byte> prefix, ReadOnlySpan<byte> name)
    {
        Utf8Writer writer = new(new Span<byte>(_names, _length, _names.Length - _length));
        if (_length > 0) writer.Byte((byte)' ');
        writer.Text(prefix);
        writer.Text(name);
        _length += writer.Length;
    }
}
