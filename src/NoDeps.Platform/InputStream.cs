using System;
using NoDeps.Primitives;

namespace NoDeps.Platform;

/// <summary>Reads standard input line by line, through a buffer that grows with the longest line.</summary>
public sealed unsafe class InputStream
{
    private const nint FirstBuffer = 1 << 16;
    private const nint MaxLine = 1 << 30;

    private readonly int _file;
    private byte* _buffer;
    private nint _capacity;
    private nint _start;
    private nint _end;
    /// <summary>Bytes from the start that are known to have no line feed, so that a long line is searched only once.</summary>
    private nint _searched;

    private InputStream(int file, byte* buffer)
    {
        _file = file;
        _buffer = buffer;
        _capacity = FirstBuffer;
    }

    /// <summary>True if the input has ended.</summary>
    public bool HasEnded { get; private set; }

    /// <summary>The stream of standard input; a fault if memory cannot be allocated.</summary>
    public static Fault Standard(out InputStream stream) => Of(0, out stream);

    /// <summary>The stream of a descriptor.</summary>
    internal static Fault Of(int file, out InputStream stream)
    {
        Fault fault = PageMemory.Take(FirstBuffer, out byte* buffer);
        stream = new(file, buffer);
        return fault;
    }

    /// <summary>Reads all of standard input at once.</summary>
    public static Fault ReadAll(out byte* data, out long length) => InputFile.ReadToEnd(0, out data, out length);

    /// <summary>
    /// The next complete line in the buffer, without its line feed, which the last line may lack. It is followed by a NUL byte
    /// and valid until <see cref="Fill"/>.
    /// </summary>
    public bool TryLine(out ReadOnlySpan<byte> line)
    {
        line = new(_buffer + _start, (int)(_end - _start));
        int found = line.Slice((int)_searched).IndexOf((byte)'\n');
        int length = found < 0 ? line.Length : (int)_searched + found;
        if (found < 0 && (!HasEnded || length == 0))
        {
            _searched = length;
            return false;
        }
        _searched = 0;
        line = line.Slice(0, length);
        _buffer[_start + length] = 0;
        _start = length == _end - _start ? _end : _start + length + 1;
        return true;
    }

    /// <summary>Waits for more input or its end.</summary>
    public Fault Fill()
    {
        nint left = _end - _start;
        if (_start > 0) MemoryCopy.Copy(_buffer, _buffer + _start, (nuint)left);
        _start = 0;
        _end = left;
        // One byte is reserved for the NUL after the last line.
        if (left == _capacity - 1)
        {
            if (_capacity >= MaxLine) return Fault.Of(FaultKind.Data, "a line is longer than 1 GiB"u8);
            nint moved = Kernel.Remap(_buffer, _capacity, 2 * _capacity);
            if (moved < 0) return SystemError.ToFault(FaultKind.System, moved);
            _buffer = (byte*)moved;
            _capacity *= 2;
        }
        nint got = Kernel.Read(_file, _buffer + left, _capacity - 1 - left);
        if (got < 0) return SystemError.ToFault(FaultKind.InputOutput, got);
        HasEnded = got == 0;
        _end += got;
        return Fault.None;
    }
}
