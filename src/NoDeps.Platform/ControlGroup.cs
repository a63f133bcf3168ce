using System;
using NoDeps.Primitives;

namespace NoDeps.Platform;

/// <summary>The limits of this process's control group: the minimum of its own and those of all its ancestors.</summary>
internal static unsafe class ControlGroup
{
    /// <summary>Only this much of a file of /proc is read; control groups are mounted early.</summary>
    private const int MaxText = 1 << 16;
    private const int Bytes = 2 * MaxText + 2 * PathText.MaxBytes;

    /// <summary>The buffer size for the numbers in a file of a group.</summary>
    public const int MaxNumbers = 64;

    /// <summary>
    /// The minimum limit of the group and its mounted ancestors, in both versions' hierarchies; <see cref="long.MaxValue"/> if there is
    /// none.
    /// </summary>
    /// <param name="root">A prefix of all paths; empty except in tests.</param>
    /// <param name="controller">The controller in version 1.</param>
    /// <param name="limit1">Returns the limit set in a group's folder in version 1.</param>
    /// <param name="limit2">The same in version 2.</param>
    public static long Minimum(ReadOnlySpan<byte> root, ReadOnlySpan<byte> controller, delegate*<ReadOnlySpan<byte>, long> limit1,
        delegate*<ReadOnlySpan<byte>, long> limit2)
    {
        if (!PageMemory.Take(Bytes, out byte* memory).IsNone) return long.MaxValue;
        ReadOnlySpan<byte> groups = ReadLines(root, "/proc/self/cgroup"u8, new Span<byte>(memory, MaxText));
        ReadOnlySpan<byte> mounts = ReadLines(root, "/proc/self/mountinfo"u8, new Span<byte>(memory + MaxText, MaxText));
        byte* paths = memory + 2 * MaxText;
        long minimum = Math.Min(MinimumOf(root, groups, mounts, default, limit2, paths),
            MinimumOf(root, groups, mounts, controller, limit1, paths));
        PageMemory.Return(memory, Bytes);
        return minimum;
    }

    /// <summary>The minimum limit in one hierarchy.</summary>
    /// <param name="root">A prefix of all paths.</param>
    /// <param name="groups">The groups of this process.</param>
    /// <param name="mounts">What is mounted.</param>
    /// <param name="controller">The controller of a version 1 hierarchy; empty for version 2.</param>
    /// <param name="limit">Returns the limit set in a group's folder.</param>
    /// <param name="paths">Scratch for two paths.</param>
    private static long MinimumOf(ReadOnlySpan<byte> root, ReadOnlySpan<byte> groups, ReadOnlySpan<byte> mounts,
        ReadOnlySpan<byte> controller, delegate*<ReadOnlySpan<byte>, long> limit, byte* paths)
    {
        long minimum = long.MaxValue;
        if (!ControlGroupText.TryGroup(groups, controller, out ReadOnlySpan<byte> group)) return minimum;
        Utf8Writer shown = new(new Span<byte>(paths, PathText.MaxBytes));
        Utf8Writer folder = new(new Span<byte>(paths + PathText.MaxBytes, PathText.MaxBytes));
        while (ControlGroupText.TryLine(ref mounts, out ReadOnlySpan<byte> line))
        {
            if (!ControlGroupText.TryMount(line, controller, out ReadOnlySpan<byte> mounted, out ReadOnlySpan<byte> point)) continue;
            shown.Clear();
            ControlGroupText.Unescape(mounted, ref shown);
            if (shown.Overflowed || !ControlGroupText.TryBelow(group, shown.Written, out ReadOnlySpan<byte> below)) continue;
            folder.Clear();
            folder.Text(root);
            ControlGroupText.Unescape(point, ref folder);
            if (ControlGroupText.HasParent(folder.Written.Slice(root.Length))) continue;
            int top = folder.Length;
            folder.Text(below);
            if (!folder.Overflowed) minimum = Math.Min(minimum, MinimumUpTo(folder.Written, top, limit));
        }
        return minimum;
    }

    /// <summary>Reads the text of a group's file, which contains one or more numbers; empty if there is no such file.</summary>
    /// <param name="folder">The group.</param>
    /// <param name="name">The name of the file, with a leading slash.</param>
    /// <param name="text">Receives the beginning of the file.</param>
    public static ReadOnlySpan<byte> Read(ReadOnlySpan<byte> folder, ReadOnlySpan<byte> name, Span<byte> text)
    {
        Utf8Writer path = new(stackalloc byte[PathText.MaxBytes]);
        path.Text(folder);
        path.Text(name);
        return path.Overflowed ? default : text.Slice(0, InputFile.ReadStart(path.Written, text));
    }

    /// <summary>Reads the number at the start of a group's file; returns false if there is none, or if it is "max".</summary>
    public static bool TryNumber(ReadOnlySpan<byte> folder, ReadOnlySpan<byte> name, out long number) =>
        IntegerParse.Signed(Read(folder, name, stackalloc byte[MaxNumbers]), out number, out _);

    /// <summary>The minimum limit of a folder and its parents, down to a path of <paramref name="top"/> bytes.</summary>
    private static long MinimumUpTo(ReadOnlySpan<byte> folder, int top, delegate*<ReadOnlySpan<byte>, long> limit)
    {
        long minimum = limit(folder);
        while (folder.Length > top)
        {
            int slash = folder.Length - 1;
            while (slash > top && folder[slash] != '/') slash--;
            folder = folder.Slice(0, slash);
            minimum = Math.Min(minimum, limit(folder));
        }
        return minimum;
    }

    /// <summary>Reads as many complete lines of a file as fit.</summary>
    private static ReadOnlySpan<byte> ReadLines(ReadOnlySpan<byte> root, ReadOnlySpan<byte> path, Span<byte> to)
    {
        int length = Read(root, path, to).Length;
        // If the file is longer, its last line may be incomplete.
        if (length == to.Length) while (length > 0 && to[length - 1] != '\n') length--;
        return to.Slice(0, length);
    }
}
