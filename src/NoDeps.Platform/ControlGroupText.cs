using System;
using NoDeps.Primitives;

namespace NoDeps.Platform;

/// <summary>
/// Parses Linux's descriptions of control groups: /proc/PID/cgroup (cgroups(7)), /proc/PID/mountinfo (proc_pid_mountinfo(5)) and the
/// files of a group's CPU quota. A controller belongs to a version 1 hierarchy; an empty one means version 2.
/// </summary>
internal static class ControlGroupText
{
    private const long DefaultPeriod = 100_000;

    /// <summary>Removes the first line and returns it without its line feed; returns false if the text is empty.</summary>
    public static bool TryLine(scoped ref ReadOnlySpan<byte> text, out ReadOnlySpan<byte> line) => TryCut(ref text, (byte)'\n', out line);

    /// <summary>The path of a process's group in a controller's hierarchy: of "4:cpu,cpuacct:/a/b" or, in version 2, "0::/a/b".</summary>
    /// <param name="text">/proc/PID/cgroup.</param>
    /// <param name="controller">Such as "cpu".</param>
    /// <param name="path">The path as seen in the process's namespace, with a leading "/.." if the group is outside its root.</param>
    public static bool TryGroup(ReadOnlySpan<byte> text, ReadOnlySpan<byte> controller, out ReadOnlySpan<byte> path)
    {
        while (TryLine(ref text, out path))
        {
            if (!TryCut(ref path, (byte)':', out ReadOnlySpan<byte> hierarchy)) continue;
            if (!TryCut(ref path, (byte)':', out ReadOnlySpan<byte> controllers)) continue;
            bool isUnified = controllers.IsEmpty && hierarchy.SequenceEqual("0"u8);
            if (controller.IsEmpty ? isUnified : Lists(controllers, controller)) return true;
        }
        return false;
    }

    /// <summary>Returns true if a line of mountinfo mounts the controller's hierarchy. Both paths are escaped.</summary>
    /// <param name="line">A line of /proc/PID/mountinfo.</param>
    /// <param name="controller">Such as "cpu".</param>
    /// <param name="root">The group at the root of the mount.</param>
    /// <param name="point">The mount point.</param>
    public static bool TryMount(ReadOnlySpan<byte> line, ReadOnlySpan<byte> controller, out ReadOnlySpan<byte> root,
        out ReadOnlySpan<byte> point)
    {
        root = point = default;
        for (int i = 0; i < 3; i++) if (!TryField(ref line, out _)) return false;
        if (!TryField(ref line, out root) || !TryField(ref line, out point)) return false;
        ReadOnlySpan<byte> field;
        do if (!TryField(ref line, out field)) return false;
        while (!field.SequenceEqual("-"u8));
        if (!TryField(ref line, out ReadOnlySpan<byte> type)) return false;
        if (controller.IsEmpty) return type.SequenceEqual("cgroup2"u8);
        return type.SequenceEqual("cgroup"u8) && TryField(ref line, out _) && TryField(ref line, out field) && Lists(field, controller);
    }

    /// <summary>Unescapes a path of mountinfo, in which "\040" is a space.</summary>
    public static void Unescape(scoped ReadOnlySpan<byte> text, scoped ref Utf8Writer to)
    {
        for (int i = 0; i < text.Length; i++)
        {
            if (text[i] == '\\' && i + 3 < text.Length && IsOctal(text[i + 1]) && IsOctal(text[i + 2]) && IsOctal(text[i + 3]))
            {
                to.Byte((byte)((text[i + 1] - '0') << 6 | (text[i + 2] - '0') << 3 | (text[i + 3] - '0')));
                i += 3;
            }
            else
            {
                to.Byte(text[i]);
            }
        }
    }

    /// <summary>
    /// The path of a group relative to the root of a mount: "" or "/a/b". Returns false if the group is not below it. If the root is an
    /// ancestor of the namespace's root ("/.."), the folders between are unknown, and only the mount's own limit is used ("").
    /// </summary>
    /// <param name="group">From <see cref="TryGroup"/>.</param>
    /// <param name="root">From <see cref="TryMount"/>, unescaped.</param>
    /// <param name="below">The relative path, a part of <paramref name="group"/>.</param>
    public static bool TryBelow(ReadOnlySpan<byte> group, ReadOnlySpan<byte> root, out ReadOnlySpan<byte> below)
    {
        below = default;
        if (group.IsEmpty || group[0] != '/' || root.IsEmpty || root[0] != '/') return false;
        int groupParents = CutParents(ref group), rootParents = CutParents(ref root);
        if (HasParent(group) || HasParent(root)) return false;
        if (rootParents != groupParents) return rootParents > groupParents && root.IsEmpty;
        if (group.Length < root.Length || !group.Slice(0, root.Length).SequenceEqual(root)) return false;
        below = group.Slice(root.Length);
        return below.IsEmpty || below[0] == '/';
    }

    /// <summary>Returns true if a component of a path is "..".</summary>
    public static bool HasParent(ReadOnlySpan<byte> path)
    {
        while (TryCut(ref path, (byte)'/', out ReadOnlySpan<byte> name)) if (name.SequenceEqual(".."u8)) return true;
        return false;
    }

    /// <summary>The processors of version 2's cpu.max: "200000 100000", quota and period in µs, is 2; "max 100000" has no limit.</summary>
    public static long Processors(ReadOnlySpan<byte> maximum)
    {
        if (!IntegerParse.Signed(maximum, out long quota, out int consumed)) return long.MaxValue;
        ReadOnlySpan<byte> rest = maximum.Slice(consumed);
        if (rest.IsEmpty || rest[0] != ' ') return Processors(quota, DefaultPeriod);
        return IntegerParse.Signed(rest.Slice(1), out long period, out _) ? Processors(quota, period) : long.MaxValue;
    }

    /// <summary>
    /// The processors of a quota, rounded up; <see cref="long.MaxValue"/>, no limit, if a number is below 1, as version 1's −1 is.
    /// </summary>
    public static long Processors(long quota, long period) => quota < 1 || period < 1 ? long.MaxValue : (quota - 1) / period + 1;

    /// <summary>Removes all leading "/..", then a final slash; returns the number of "/..".</summary>
    private static int CutParents(scoped ref ReadOnlySpan<byte> path)
    {
        int count = 0;
        while (path.Length >= 3 && path.Slice(0, 3).SequenceEqual("/.."u8) && (path.Length == 3 || path[3] == '/'))
        {
            path = path.Slice(3);
            count++;
        }
        if (path.Length > 0 && path[path.Length - 1] == '/') path = path.Slice(0, path.Length - 1);
        return count;
    }

    private static bool Lists(ReadOnlySpan<byte> list, ReadOnlySpan<byte> word)
    {
        while (TryCut(ref list, (byte)',', out ReadOnlySpan<byte> item)) if (item.SequenceEqual(word)) return true;
        return false;
    }

    private static bool TryField(scoped ref ReadOnlySpan<byte> line, out ReadOnlySpan<byte> field) =>
        TryCut(ref line, (byte)' ', out field);

    private static bool TryCut(scoped ref ReadOnlySpan<byte> text, byte at, out ReadOnlySpan<byte> before)
    {
        before = default;
        if (text.IsEmpty) return false;
        int end = text.IndexOf(at);
        before = end < 0 ? text : text.Slice(0, end);
        text = end < 0 ? default : text.Slice(end + 1);
        return true;
    }

    private static bool IsOctal(byte character) => character is >= (byte)'0' and <= (byte)'7';
}
