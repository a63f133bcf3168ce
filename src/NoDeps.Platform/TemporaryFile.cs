using System;
using NoDeps.Primitives;

namespace NoDeps.Platform;

/// <summary>
/// A new file beside the one that it will replace: <c>.NAME.0123456789abcdef.nodeps-tmp</c>. The number is random because process IDs
/// are not unique across containers. The file is locked while its process lives, which distinguishes it from those left by killed
/// processes.
/// </summary>
internal unsafe struct TemporaryFile
{
    /// <summary>Buffer size for a name and its NUL: the file systems' maximum, plus 1.</summary>
    private const int NameBytes = 256;
    private const int Digits = 16;
    private const int MaxTries = 64;
    private const int EntriesBytes = 1 << 12;
    private const int ErrorExists = -17;
    private const int ErrorNameTooLong = -36;
    // In the kernel's struct linux_dirent64: the offsets of an entry's length and name.
    private const int LengthOffset = 16, NameOffset = 19;

    /// <summary>The descriptor.</summary>
    public int File;
    private fixed byte _name[NameBytes];

    private static ReadOnlySpan<byte> Suffix => ".nodeps-tmp"u8;

    /// <summary>Creates the file and locks it; returns 0 or −errno.</summary>
    /// <param name="folder">The open folder.</param>
    /// <param name="target">The name that it will replace.</param>
    /// <param name="mode">Permissions, before the umask.</param>
    /// <param name="temporary">The file.</param>
    public static nint Create(int folder, ReadOnlySpan<byte> target, int mode, out TemporaryFile temporary)
    {
        temporary = default;
        fixed (byte* name = temporary._name)
        {
            bool isShort = false;
            nint result = ErrorExists;
            for (int tries = 0; tries < MaxTries && result == ErrorExists; tries++)
            {
                WriteName(name, Stem(target, isShort));
                result = FolderCalls.Open(folder, name, Kernel.WriteOnly | Kernel.Create | Kernel.Exclusive | Kernel.NoFollow, mode);
                if (result == ErrorNameTooLong && !isShort)
                {
                    isShort = true;
                    result = ErrorExists;
                }
                else if (result >= 0 && !TryLock((int)result))
                {
                    Kernel.Close((int)result);
                    result = ErrorExists;
                }
            }
            temporary.File = (int)result;
            return result < 0 ? result : 0;
        }
    }

    /// <summary>Renames the file to its final name.</summary>
    public nint Rename(int folder, byte* to)
    {
        fixed (byte* name = _name) return FolderCalls.Rename(folder, name, to);
    }

    /// <summary>Gives the file another temporary name, to check that files in the folder can be renamed.</summary>
    public nint TryRenaming(int folder, ReadOnlySpan<byte> target)
    {
        byte* other = stackalloc byte[NameBytes];
        fixed (byte* name = _name)
        {
            int length = (int)StringLength.Of(name);
            WriteName(other, new ReadOnlySpan<byte>(name + 1, length - 2 - Digits - Suffix.Length));
            nint result = FolderCalls.Rename(folder, name, other);
            if (result >= 0) MemoryCopy.Copy(name, other, NameBytes);
            return result;
        }
    }

    /// <summary>Closes the file, which releases the lock.</summary>
    public readonly void Close() => Kernel.Close(File);

    /// <summary>Deletes and closes the file.</summary>
    public void Remove(int folder)
    {
        fixed (byte* name = _name) FolderCalls.Unlink(folder, name);
        Close();
    }

    /// <summary>Removes temporary files of the same target left by killed processes. An open folder can be searched only once.</summary>
    public static void RemoveStale(int folder, ReadOnlySpan<byte> target)
    {
        byte* entries = stackalloc byte[EntriesBytes];
        uint user = Kernel.EffectiveUser();
        nint got;
        while ((got = Kernel.FolderEntries(folder, entries, EntriesBytes)) > 0)
        {
            for (nint at = 0; at < got; at += *(ushort*)(entries + at + LengthOffset))
            {
                byte* name = entries + at + NameOffset;
                if (IsTemporaryOf(new ReadOnlySpan<byte>(name, (int)StringLength.Of(name)), target)) RemoveIfStale(folder, name, user);
            }
        }
    }

    private static void RemoveIfStale(int folder, byte* name, uint user)
    {
        nint file = FolderCalls.Open(folder, name, Kernel.WriteOnly | Kernel.NoFollow | Kernel.NonBlocking, 0);
        if (file < 0) return;
        bool isStale = Kernel.Status((int)file, out FileStatus status) == 0 && status.IsRegular && status.Owner == user
            && Kernel.Lock((int)file, waits: false) == 0;
        if (isStale) FolderCalls.Unlink(folder, name);
        Kernel.Close((int)file);
    }

    /// <summary>Locks a file that was just created. Returns false if another process removed it as stale before it was locked.</summary>
    private static bool TryLock(int file)
    {
        Kernel.Lock(file, waits: true);
        return Kernel.Status(file, out FileStatus status) < 0 || status.Links > 0;
    }

    /// <summary>Returns true if a name is one that <see cref="Create"/> would generate for the target.</summary>
    internal static bool IsTemporaryOf(ReadOnlySpan<byte> name, ReadOnlySpan<byte> target)
    {
        int dot = name.Length - Suffix.Length - Digits - 1;
        if (dot < 1 || name[0] != '.' || name[dot] != '.' || !name.Slice(dot + 1 + Digits).SequenceEqual(Suffix)) return false;
        for (int i = dot + 1; i <= dot + Digits; i++)
            if (name[i] is not (>= (byte)'0' and <= (byte)'9' or >= (byte)'a' and <= (byte)'f')) return false;
        ReadOnlySpan<byte> stem = name.Slice(1, dot - 1);
        return stem.SequenceEqual(Stem(target, false)) || stem.SequenceEqual(Stem(target, true));
    }

    /// <summary>The target's name, truncated so that the result has at most 255 bytes, or 143 if the file system encrypts names.</summary>
    private static ReadOnlySpan<byte> Stem(ReadOnlySpan<byte> target, bool isShort)
    {
        int max = (isShort ? 143 : NameBytes - 1) - 2 - Digits - Suffix.Length;
        if (target.Length <= max) return target;
        while ((target[max] & 0xC0) == 0x80 && max > 0) max--;
        return target.Slice(0, max);
    }

    private static void WriteName(byte* name, ReadOnlySpan<byte> stem)
    {
        Utf8Writer writer = new(new Span<byte>(name, NameBytes - 1));
        writer.Byte((byte)'.');
        writer.Text(stem);
        writer.Byte((byte)'.');
        writer.Hex(Kernel.Random(), Digits);
        writer.Text(Suffix);
        name[writer.Length] = 0;
    }
}
