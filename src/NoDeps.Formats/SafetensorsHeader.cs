using System;
using NoDeps.Primitives;

namespace NoDeps.Formats;

/// <summary>
/// Writes the start of a safetensors file into a buffer of the caller's: first all metadata pairs, then all tensors, in
/// the order in which their data will follow; then <see cref="Finish"/>. The caller sees to it that no name is given
/// twice. What <see cref="Finish"/> leaves is a multiple of 8 bytes long.
/// </summary>
public ref struct SafetensorsHeader
{
    private readonly Span<byte> _buffer;
    private Utf8Writer _text;
    private Stage _stage;
    private bool _misused;
    private long _dataLength;

    private enum Stage : byte
    {
        Start,
        Metadata,
        Tensors,
    }

    /// <summary>Starts a header in that buffer.</summary>
    public SafetensorsHeader(Span<byte> buffer)
    {
        this = default;
        _buffer = buffer;
        _text = new Utf8Writer(buffer.Length < 8 ? default : buffer.Slice(8));
        _text.Byte((byte)'{');
    }

    /// <summary>Bytes of data that the tensors so far take.</summary>
    public readonly long DataLength => _dataLength;

    /// <summary>Adds a metadata pair, both UTF-8; before the first tensor only.</summary>
    public void Metadata(scoped ReadOnlySpan<byte> key, scoped ReadOnlySpan<byte> value)
    {
        if (_stage == Stage.Tensors) _misused = true;
        _text.Text(_stage == Stage.Start ? "\"__metadata__\":{"u8 : ","u8);
        _stage = Stage.Metadata;
        JsonText.Write(ref _text, key);
        _text.Byte((byte)':');
        JsonText.Write(ref _text, value);
    }

    /// <summary>Adds a tensor. Where its data begins, counted from the end of the header.</summary>
    /// <param name="name">UTF-8.</param>
    /// <param name="type">Element type.</param>
    /// <param name="shape">At most <see cref="SafetensorsFile.MaxRank"/> sizes; none for a single number.</param>
    public long Tensor(scoped ReadOnlySpan<byte> name, SafetensorsType type, scoped ReadOnlySpan<int> shape)
    {
        if (_stage == Stage.Metadata) _text.Text("},"u8);
        else if (_stage == Stage.Tensors) _text.Byte((byte)',');
        _stage = Stage.Tensors;
        int size = SafetensorsTypes.SizeOf(type);
        if (size == 0 || shape.Length > SafetensorsFile.MaxRank) _misused = true;
        JsonText.Write(ref _text, name);
        _text.Text(":{\"dtype\":\""u8);
        _text.Text(SafetensorsTypes.NameOf(type));
        _text.Text("\",\"shape\":["u8);
        long length = size;
        for (int i = 0; i < shape.Length; i++)
        {
            if (shape[i] < 0) _misused = true;
            if (i > 0) _text.Byte((byte)',');
            _text.Integer(shape[i]);
            length *= shape[i];
        }
        _text.Text("],\"data_offsets\":["u8);
        _text.Integer(_dataLength);
        _text.Byte((byte)',');
        long begin = _dataLength;
        _dataLength += length;
        _text.Integer(_dataLength);
        _text.Text("]}"u8);
        return begin;
    }

    /// <summary>
    /// Ends the header. Its length with the 8 bytes before it: the data follows there. Fails when the buffer is too
    /// small, or calls came in the wrong order, or a shape or type is none.
    /// </summary>
    public Fault Finish(out int length)
    {
        length = 0;
        if (_misused) return Fault.Of(FaultKind.Software, "a safetensors header was put together wrongly"u8);
        _text.Text(_stage == Stage.Metadata ? "}}"u8 : "}"u8);
        while ((_text.Length & 7) != 0 && !_text.Overflowed) _text.Byte((byte)' ');
        if (_text.Overflowed || _buffer.Length < 8)
            return Fault.Of(FaultKind.Software, "no room for the safetensors header"u8);
        int header = _text.Length;
        for (int i = 0; i < 8; i++) _buffer[i] = (byte)((ulong)header >> (8 * i));
        length = 8 + header;
        return Fault.None;
    }
}
