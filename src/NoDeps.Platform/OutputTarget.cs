using System;
using NoDeps.Primitives;

namespace NoDeps.Platform;

/// <summary>Where an output goes, links followed: an open folder, the name in it, and what is there.</summary>
internal unsafe struct OutputTarget
{
    /// <summary>Bytes that a target's texts need.</summary>
    public const int BufferBytes = 2 * PathText.MaxBytes;

    /// <summary>The descriptor of standard output.</summary>
    public const int StandardOutput = 1;

    private const int MaxLinks = 40;
    private const int ErrorNoEntry = -2;
    private const int ErrorLoop = -40;
    private const int StandardError = 2;

    /// <summary>The folder's descriptor.</summary>
    public int Folder;
    /// <summary>The name in it.</summary>
    public byte* Name;
    /// <summary>How it is written.</summary>
    public OutputMethod Method;
    /// <summary>Whether there is something, and not only a name for it.</summary>
    public bool Exists;
    /// <summary>What there is.</summary>
    public FileStatus Status;

    /// <summary>The name's bytes.</summary>
    public readonly ReadOnlySpan<byte> NameText => new(Name, (int)StringLength.Of(Name));

    /// <summary>
    /// Follows a path. What cannot be written at all is a fault: a directory, a terminal, a name that only a directory may have.
    /// </summary>
    /// <param name="path">The path.</param>
    /// <param name="buffer">At least <see cref="BufferBytes"/>, which stay in use.</param>
    /// <param name="target">To be closed, also after a fault.</param>
    public static Fault Open(ReadOnlySpan<byte> path, byte* buffer, out OutputTarget target)
    {
        target = new OutputTarget { Folder = FolderCalls.WorkingFolder, Name = buffer };
        if (!PathText.TryTerminate(path, buffer)) return CannotCreate("not a usable path"u8);
        nint result = FolderCalls.Status(target.Folder, buffer, out target.Status);
        target.Exists = result == 0;
        if (target.Status.IsFolder) return CannotCreate("is a directory\n"u8 + "name a file in it"u8);
        if (path[path.Length - 1] == '/') return CannotCreate("only a directory's name ends in a slash\n"u8 + "name a file"u8);
        if (result < 0 && result != ErrorNoEntry) return SystemError.ToFault(FaultKind.CannotCreate, result);
        if (target.Exists && target.IsTerminal())
            return CannotCreate("is a terminal, which cannot show binary data\n"u8 + "name a file"u8);
        if (target.Exists && target.IsStandardOutput())
        {
            target.Method = OutputMethod.StandardOutput;
            return Fault.None;
        }
        if (target.Exists && !target.Status.IsRegular)
        {
            target.Method = OutputMethod.Stream;
            return Fault.None;
        }
        result = target.Follow(buffer);
        if (result == ErrorNoEntry)
            return SystemError.ToFault(FaultKind.CannotCreate, result).WithHint("the directory must exist: mkdir -p makes it"u8);
        return result < 0 ? SystemError.ToFault(FaultKind.CannotCreate, result) : Fault.None;
    }

    /// <summary>Closes the folder.</summary>
    public readonly void Close()
    {
        if (Folder >= 0) Kernel.Close(Folder);
    }

    /// <summary>Whether the file is the terminal of this process, which is of no use here.</summary>
    private readonly bool IsTerminal()
    {
        for (int file = 0; file <= StandardError; file++)
            if (Kernel.Status(file, out FileStatus open) == 0 && open.IsSame(in Status) && Terminal.IsTerminal(file)) return true;
        return false;
    }

    /// <summary>
    /// Whether the file is this process's standard output, which then is written to as it is: opened anew, a file would be written
    /// from its start. A device is opened as any other.
    /// </summary>
    private readonly bool IsStandardOutput() => !Status.IsCharacterDevice &&
        Kernel.Status(StandardOutput, out FileStatus open) == 0 && open.IsSame(in Status);

    /// <summary>Follows the links at the end of the path in <paramref name="text"/>, which need not lead to a file.</summary>
    private nint Follow(byte* text)
    {
        byte* other = text + PathText.MaxBytes;
        for (int links = 0; links <= MaxLinks; links++)
        {
            nint result = EnterFolder(text);
            if (result < 0) return result;
            result = FolderCalls.OwnStatus(Folder, Name, out FileStatus status);
            if (result < 0 && result != ErrorNoEntry) return result;
            if (!status.IsLink) return 0;
            if (FolderCalls.FileSystem(Folder) == FolderCalls.ProcessFileSystem)
            {
                Method = OutputMethod.InPlace;
                return 0;
            }
            nint length = FolderCalls.ReadLink(Folder, Name, other, PathText.MaxBytes - 1);
            if (length < 0) return length;
            other[length] = 0;
            byte* swapped = text;
            text = other;
            other = swapped;
        }
        return ErrorLoop;
    }

    /// <summary>Cuts a path at its last slash and opens what is before it; what is behind it becomes the name.</summary>
    private nint EnterFolder(byte* text)
    {
        byte* root = stackalloc byte[4];
        root[0] = (byte)'.';
        root[1] = root[3] = 0;
        root[2] = (byte)'/';
        int slash = (int)StringLength.Of(text) - 1;
        while (slash >= 0 && text[slash] != '/') slash--;
        if (slash > 0) text[slash] = 0;
        nint opened = FolderCalls.OpenFolder(Folder, slash > 0 ? text : slash == 0 ? root + 2 : root);
        if (opened < 0) return opened;
        Close();
        Folder = (int)opened;
        Name = text + slash + 1;
        return 0;
    }

    internal static Fault CannotCreate(ReadOnlySpan<byte> why) => Fault.Of(FaultKind.CannotCreate, why);
}
