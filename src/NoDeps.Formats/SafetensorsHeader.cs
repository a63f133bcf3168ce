using System;
using NoDeps.Primitives;

namespace NoDeps.Formats;

/// <summary>
/// Writes the header of a safetensors file into the caller's buffer. Add all metadata pairs, then all tensors in the order
/// in which their data will follow, then call <see cref="Finish"/>. The caller must not repeat a name. The finished header
/// is a multiple of 8 bytes long.
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

    /// <summary>Starts a header in the given buffer.</summary>
    public SafetensorsHeader(Span<byte> buffer)
    {
        this = default;
        _buffer = buffer;
        _text = new Utf8Writer(buffer.Length < 8 ? default : buffer.Slice(8));
        _text.Byte((byte)'{');
    }

    /// <summary>The total length of the data of the tensors added so far, in bytes.</summary>
    public readonly long DataLength => _dataLength;

    /// <summary>Adds a metadata pair in UTF-8. Must precede the first tensor.</summary>
    public void Metadata(scoped ReadOnlySpan<byte> key, scoped ReadOnlySpan<byte> value)
    {
        if (_stage == Stage.Tensors) _misused = true;
        _text.Text(_stage == Stage.Start ? "\"__metadata__\":{"u8 : ","u8);
        _stage = Stage.Metadata;
        JsonText.Write(ref _text, key);
        _text.Byte((byte)':');
        JsonText.Write(ref _text, value);
    }

    /// <summary>Adds a tensor and returns the offset of its data, from the end of the header.</summary>
    /// <param name="name">UTF-8.</param>
    /// <param name="type">Element type.</param>
    /// <param name="shape">At most <see cref="SafetensorsFile.MaxRank"/> sizes; empty for a scalar.</param>
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
    /// Completes the header. <paramref name="length"/> includes the 8 bytes before it and is where the data begins. Fails if
    /// the buffer is too small, calls came in the wrong order, or a shape or type is invalid.
    /// </summary>
    public Fault Finish(out int length)
    {
        length = 0;
        if (_misused) return Fault.Of(FaultKind.Software, "invalid use of the safetensors header writer"u8);
        _text.Text(_stage == Stage.Metadata ? "}}"u8 : "}"u8);
        while ((_text.Length & 7) != 0 && !_text.Overflowed) _text.Byte((byte)' ');
        if (_text.Overflowed || _buffer.Length < 8)
            return Fault.Of(FaultKind.Software, "the buffer is too small for the safetensors header"u8);
        int header = _text.Length;
        for (int i = 0; i < 8; i++) _buffer[i] = (byte)((ulong)header >> (8 * i));
        length = 8 + header;
        return Fault.None;
    }
}
