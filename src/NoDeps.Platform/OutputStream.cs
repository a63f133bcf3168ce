using System;
using System.Runtime.CompilerServices;
using NoDeps.Primitives;

namespace NoDeps.Platform;

/// <summary>Buffered standard output or standard error.</summary>
public sealed unsafe class OutputStream
{
    private const int BufferBytes = 1 << 13;
    private const int ErrorBrokenPipe = -32;

    private readonly int _file;
    private readonly OutputStream _error;
    private readonly byte[] _buffer;
    private int _used;
    private nint _failure;

    /// <summary>The stream of a descriptor.</summary>
    internal OutputStream(int file, OutputStream error = null)
    {
        _file = file;
        _error = error;
        _buffer = new byte[BufferBytes];
    }

    /// <summary>
    /// Standard output, for results. When its reader exits, as head does, the process ends silently, unless
    /// <see cref="OutlivesReader"/> is set.
    /// </summary>
    /// <param name="error">Flushed before that; if null, the process continues in any case.</param>
    public static OutputStream Standard(OutputStream error = null) => new(1, error);

    /// <summary>Standard error, for progress and errors.</summary>
    public static OutputStream Error() => new(2, null);

    /// <summary>True if the process has work to do besides writing here, so that it must not end with its reader.</summary>
    public bool OutlivesReader { get; set; }

    /// <summary>True if the reader has exited.</summary>
    public bool IsBroken => _failure == ErrorBrokenPipe;

    /// <summary>True if the stream is a terminal.</summary>
    public bool IsTerminal => Terminal.IsTerminal(_file);

    /// <summary>The width of the terminal; 80 if there is none.</summary>
    public int Columns => Terminal.Columns(_file);

    /// <summary>Writes bytes to the buffer, flushing it whenever it is full.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public void Write(ReadOnlySpan<byte> bytes)
    {
        while (bytes.Length > 0)
        {
            int part = Math.Min(bytes.Length, BufferBytes - _used);
            bytes.Slice(0, part).CopyTo(new Span<byte>(_buffer, _used, part));
            _used += part;
            bytes = bytes.Slice(part);
            if (_used == BufferBytes) Flush();
        }
    }

    /// <summary>Flushes the buffer. The first failure is kept, and all later output is dropped.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public Fault Flush()
    {
        if (_used > 0 && _failure == 0)
        {
            fixed (byte* start = _buffer) _failure = Kernel.WriteFully(_file, start, _used);
        }
        _used = 0;
        if (IsBroken && _error != null && !OutlivesReader)
        {
            _error.Flush();
            Process.Exit((int)FaultKind.InputOutput);
        }
        return _failure == 0 ? Fault.None : SystemError.ToFault(FaultKind.InputOutput, _failure);
    }
}
