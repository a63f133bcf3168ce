using System;
using System.Runtime.CompilerServices;
using NoDeps.Primitives;

namespace NoDeps.Platform;

/// <summary>Standard output or standard error, through a buffer.</summary>
public sealed unsafe class OutputStream
{
    private const int BufferBytes = 1 << 13;
    private const int ErrorBrokenPipe = -32;

    private readonly int _file;
    private readonly OutputStream _last;
    private readonly byte[] _buffer;
    private int _used;
    private nint _failure;

    /// <summary>The stream of a descriptor.</summary>
    internal OutputStream(int file, OutputStream last = null)
    {
        _file = file;
        _last = last;
        _buffer = new byte[BufferBytes];
    }

    /// <summary>
    /// Results. When their reader goes, as head does, there is nothing left to do: the process ends without a word, unless
    /// <see cref="OutlivesReader"/>.
    /// </summary>
    /// <param name="error">Sent before; without it, the process goes on in any case.</param>
    public static OutputStream Standard(OutputStream error = null) => new(1, error);

    /// <summary>Progress and errors.</summary>
    public static OutputStream Error() => new(2, null);

    /// <summary>True where the process has more to do than to write here.</summary>
    public bool OutlivesReader { get; set; }

    /// <summary>True when the reader has gone.</summary>
    public bool IsBroken => _failure == ErrorBrokenPipe;

    /// <summary>Whether it is a terminal, not a file or a pipe.</summary>
    public bool IsTerminal => Terminal.IsTerminal(_file);

    /// <summary>Columns of the terminal; 80 if there is none.</summary>
    public int Columns => Terminal.Columns(_file);

    /// <summary>Adds bytes; flushes first if they do not fit.</summary>
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
        if (IsBroken && _last != null && !OutlivesReader)
        {
            _last.Flush();
            Process.Exit((int)FaultKind.InputOutput);
        }
        return _failure == 0 ? Fault.None : SystemError.ToFault(FaultKind.InputOutput, _failure);
    }
}
