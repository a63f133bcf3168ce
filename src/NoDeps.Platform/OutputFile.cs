using System;
using NoDeps.Primitives;

namespace NoDeps.Platform;

/// <summary>Writes a file so that it appears whole or not at all.</summary>
public static unsafe class OutputFile
{
    private const nint IsDirect = -1;
    private const int Permissions = 0x1B6; // 0666, less the umask

    /// <summary>
    /// Puts <paramref name="length"/> bytes under <paramref name="path"/>: into a new file beside it, which takes its
    /// name once it is complete and on the disk. On a fault an older file of that name is as it was. A device or a
    /// pipe is written directly. Faults: CannotCreate, InputOutput.
    /// </summary>
    public static Fault Replace(ReadOnlySpan<byte> path, byte* data, long length)
    {
        byte* target = stackalloc byte[PathText.MaxBytes];
        byte* temporary = stackalloc byte[PathText.MaxBytes];
        Fault fault = Prepare(path, target, temporary, out nint file);
        if (!fault.IsNone) return fault;
        bool direct = file == IsDirect;
        if (direct) file = Kernel.Open(target, Kernel.WriteOnly, 0);
        if (file < 0) return SystemError.ToFault(FaultKind.CannotCreate, file);
        nint result = Write((int)file, data, (nint)length, !direct);
        if (result >= 0 && !direct) result = Kernel.Rename(temporary, target);
        if (result >= 0) return Fault.None;
        if (!direct) Kernel.Unlink(temporary);
        return SystemError.ToFault(FaultKind.InputOutput, result);
    }

    /// <summary>Takes a file away that this program has written.</summary>
    public static void Remove(ReadOnlySpan<byte> path)
    {
        byte* target = stackalloc byte[PathText.MaxBytes];
        if (PathText.TryTerminate(path, target)) Kernel.Unlink(target);
    }

    private static nint Write(int file, byte* data, nint length, bool synchronize)
    {
        nint result = Kernel.WriteFully(file, data, length);
        if (result >= 0 && synchronize) result = Kernel.Synchronize(file);
        nint closed = Kernel.Close(file);
        return result >= 0 ? closed : result;
    }

    /// <summary>
    /// Whether <see cref="Replace"/> could work: makes the temporary file and takes it away again, so that long work
    /// is not begun whose result could not be kept.
    /// </summary>
    public static Fault Check(ReadOnlySpan<byte> path)
    {
        byte* target = stackalloc byte[PathText.MaxBytes];
        byte* temporary = stackalloc byte[PathText.MaxBytes];
        Fault fault = Prepare(path, target, temporary, out nint file);
        if (!fault.IsNone || file == IsDirect) return fault;
        Kernel.Close((int)file);
        Kernel.Unlink(temporary);
        return fault;
    }

    /// <summary>Makes the temporary file, or says that the target is a device or a pipe, which needs none.</summary>
    private static Fault Prepare(ReadOnlySpan<byte> path, byte* target, byte* temporary, out nint file)
    {
        file = IsDirect;
        if (!PathText.TryTerminate(path, target)) return CannotCreate("not a usable path"u8);
        nint status = Kernel.PathStatus(target, out int type, out _);
        if (status == 0 && type == Kernel.ModeDirectory) return CannotCreate("is a directory"u8);
        if (status == 0 && type != Kernel.ModeRegular) return Fault.None;
        if (!TryNameTemporary(path, temporary)) return CannotCreate("file name too long"u8);
        file = Kernel.Open(temporary, Kernel.WriteOnly | Kernel.Create | Kernel.Exclusive, Permissions);
        return file < 0 ? SystemError.ToFault(FaultKind.CannotCreate, file) : Fault.None;
    }

    private static Fault CannotCreate(ReadOnlySpan<byte> why) => Fault.Of(FaultKind.CannotCreate, why);

    /// <summary>The path, ".tmp-" and the process number: two processes never share one.</summary>
    private static bool TryNameTemporary(ReadOnlySpan<byte> path, byte* name)
    {
        ReadOnlySpan<byte> suffix = ".tmp-"u8;
        const int MostDigits = 20;
        if (path.Length + suffix.Length + MostDigits >= PathText.MaxBytes) return false;
        Utf8Writer writer = new(new Span<byte>(name, PathText.MaxBytes - 1));
        writer.Text(path);
        writer.Text(suffix);
        writer.Integer(Kernel.ProcessId());
        name[writer.Length] = 0;
        return true;
    }
}
