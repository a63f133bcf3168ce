using System;
using System.Runtime.CompilerServices;
using NoDeps.Primitives;

namespace NoDeps.Platform;

/// <summary>Reads files into memory: maps them if possible, otherwise (pipes, devices) reads them.</summary>
public static unsafe class InputFile
{
    private const long FirstBuffer = 1 << 16;
    /// <summary>The most that is read from a pipe or a device, which may be endless.</summary>
    private const long MaxStream = 1L << 30;

    /// <summary>
    /// The whole content of <paramref name="path"/>. An empty file gives a length of 0. Faults: NoInput if it cannot be
    /// opened, InputOutput if reading fails, Data for more than 1 GiB that cannot be mapped.
    /// </summary>
    public static Fault Read(ReadOnlySpan<byte> path, out byte* data, out long length)
    {
        data = null;
        length = 0;
        if (!TryOpen(path, out nint file)) return Fault.Of(FaultKind.NoInput, "not a usable path"u8);
        if (file < 0) return SystemError.ToFault(FaultKind.NoInput, file);
        Fault fault = ReadOpen((int)file, out data, out length);
        Kernel.Close((int)file);
        return fault;
    }

    /// <summary>Opens a file: gives its descriptor or −errno. Returns false if the path is invalid.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static bool TryOpen(ReadOnlySpan<byte> path, out nint file)
    {
        byte* terminated = stackalloc byte[PathText.MaxBytes];
        bool usable = PathText.TryTerminate(path, terminated);
        file = usable ? Kernel.Open(terminated, Kernel.ReadOnly, 0) : 0;
        return usable;
    }

    /// <summary>Returns true if <paramref name="path"/> exists.</summary>
    public static bool Exists(ReadOnlySpan<byte> path)
    {
        byte* terminated = stackalloc byte[PathText.MaxBytes];
        nint status = -1;
        if (PathText.TryTerminate(path, terminated)) status = Kernel.PathStatus(terminated, out _, out _);
        return status == 0;
    }

    /// <summary>Returns true if <paramref name="path"/> names a regular file, which can be read more than once.</summary>
    public static bool IsRegular(ReadOnlySpan<byte> path)
    {
        byte* terminated = stackalloc byte[PathText.MaxBytes];
        return PathText.TryTerminate(path, terminated) && Kernel.PathStatus(terminated, out int type, out _) == 0
            && type == Kernel.ModeRegular;
    }

    /// <summary>Returns true if both paths lead to the same existing file, following links.</summary>
    public static bool IsSame(ReadOnlySpan<byte> path, ReadOnlySpan<byte> other) =>
        TryStatus(path, out FileStatus one) && TryStatus(other, out FileStatus two) && one.IsSame(in two);

    private static bool TryStatus(ReadOnlySpan<byte> path, out FileStatus status)
    {
        byte* terminated = stackalloc byte[PathText.MaxBytes];
        status = default;
        return PathText.TryTerminate(path, terminated) && FolderCalls.Status(FolderCalls.WorkingFolder, terminated, out status) == 0;
    }

    /// <summary>Reads the beginning of a file, as much as fits, and returns its length; 0 if the file cannot be read.</summary>
    public static int ReadStart(ReadOnlySpan<byte> path, Span<byte> start)
    {
        if (!TryOpen(path, out nint file) || file < 0) return 0;
        nint got;
        fixed (byte* to = start) got = Kernel.ReadFully((int)file, to, start.Length);
        Kernel.Close((int)file);
        return got < 0 ? 0 : (int)got;
    }

    /// <summary>Frees the memory of <see cref="Read"/>, to which nothing may refer afterwards.</summary>
    public static void Release(byte* data, long length)
    {
        if (data != null) PageMemory.Return(data, length);
    }

    private static Fault ReadOpen(int file, out byte* data, out long length)
    {
        data = null;
        length = 0;
        nint result = Kernel.Status(file, out int type, out long size);
        if (result < 0) return SystemError.ToFault(FaultKind.NoInput, result);
        if (type == Kernel.ModeDirectory) return Fault.Of(FaultKind.NoInput, "is a directory"u8);
        if (type != Kernel.ModeRegular || size == 0) return ReadToEnd(file, out data, out length);
        result = Kernel.MapFile(file, (nint)size);
        // Files of some file systems, such as sysfs, cannot be mapped.
        if (result < 0 && result != SystemError.OutOfMemory) return ReadToEnd(file, out data, out length);
        if (result < 0) return SystemError.ToFault(FaultKind.NoInput, result);
        data = (byte*)result;
        length = size;
        return Fault.None;
    }

    /// <summary>Reads a file of unknown size, at most <see cref="MaxStream"/>, into a buffer that doubles.</summary>
    internal static Fault ReadToEnd(int file, out byte* data, out long length)
    {
        length = 0;
        long capacity = FirstBuffer;
        Fault fault = PageMemory.Take(capacity, out data);
        if (!fault.IsNone) return fault;
        while (true)
        {
            nint got = Kernel.ReadFully(file, data + length, (nint)(capacity - length));
            if (got < 0) return SystemError.ToFault(FaultKind.InputOutput, got);
            length += got;
            if (length < capacity) return Fault.None;
            if (capacity >= MaxStream)
            {
                PageMemory.Return(data, capacity);
                return Fault.Of(FaultKind.Data, "a pipe or device with 1 GiB of input or more\nsave it to a file and name that"u8);
            }
            nint moved = Kernel.Remap(data, (nint)capacity, (nint)(capacity * 2));
            if (moved < 0) return SystemError.ToFault(FaultKind.System, moved);
            data = (byte*)moved;
            capacity *= 2;
        }
    }
}
