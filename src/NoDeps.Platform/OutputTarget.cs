using System;
using NoDeps.Primitives;

namespace NoDeps.Platform;

/// <summary>The destination of an output, with links resolved: an open folder, a name in it, and the existing file's status.</summary>
internal unsafe struct OutputTarget
{
    /// <summary>Size of the buffer for a target's paths.</summary>
    public const int BufferBytes = 2 * PathText.MaxBytes;

    /// <summary>The descriptor of standard output.</summary>
    public const int StandardOutput = 1;

    private const int MaxLinks = 40;
    private const int ErrorNoEntry = -2;
    private const int ErrorLoop = -40;
    private const int StandardError = 2;

    /// <summary>The descriptor of the folder.</summary>
    public int Folder;
    /// <summary>The name in the folder, NUL-terminated.</summary>
    public byte* Name;
    /// <summary>How the file is written.</summary>
    public OutputMethod Method;
    /// <summary>True if the file exists.</summary>
    public bool Exists;
    /// <summary>The status of the existing file.</summary>
    public FileStatus Status;

    /// <summary>The name as a span.</summary>
    public readonly ReadOnlySpan<byte> NameText => new(Name, (int)StringLength.Of(Name));

    /// <summary>
    /// Resolves a path. Fails if it cannot be written: for a directory, a terminal, or a name that ends in a slash.
    /// </summary>
    /// <param name="path">The path.</param>
    /// <param name="buffer">At least <see cref="BufferBytes"/>, in use as long as the target.</param>
    /// <param name="target">The target, which must be closed even after a fault.</param>
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
            return SystemError.ToFault(FaultKind.CannotCreate, result).WithHint("the directory must exist; create it with mkdir -p"u8);
        return result < 0 ? SystemError.ToFault(FaultKind.CannotCreate, result) : Fault.None;
    }

    /// <summary>Closes the folder.</summary>
    public readonly void Close()
    {
        if (Folder >= 0) Kernel.Close(Folder);
    }

    /// <summary>Returns true if the file is the terminal of this process.</summary>
    private readonly bool IsTerminal()
    {
        for (int file = 0; file <= StandardError; file++)
            if (Kernel.Status(file, out FileStatus open) == 0 && open.IsSame(in Status) && Terminal.IsTerminal(file)) return true;
        return false;
    }

    /// <summary>
    /// Returns true if the file is this process's standard output. It is then written to without reopening it, because a reopened file
    /// would be written from its start. A device is opened like any other.
    /// </summary>
    private readonly bool IsStandardOutput() => !Status.IsCharacterDevice &&
        Kernel.Status(StandardOutput, out FileStatus open) == 0 && open.IsSame(in Status);

    /// <summary>Follows links in the last component of a path, which need not lead to an existing file.</summary>
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

    /// <summary>Splits a path at its last slash: opens the part before it as the folder; the part after it becomes the name.</summary>
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
