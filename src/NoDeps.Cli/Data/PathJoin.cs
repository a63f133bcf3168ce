using System;
using NoDeps.Primitives;

namespace NoDeps.Cli;

/// <summary>Joins paths.</summary>
internal static class PathJoin
{
    /// <summary>The path of a name in a folder, in new memory.</summary>
    public static byte[] Of(ReadOnlySpan<byte> folder, ReadOnlySpan<byte> name)
    {
        while (folder.Length > 1 && folder[folder.Length - 1] == '/') folder = folder.Slice(0, folder.Length - 1);
        byte[] path = new byte[folder.Length + 1 + name.Length];
        Utf8Writer writer = new(path);
        writer.Text(folder);
        writer.Byte((byte)'/');
        writer.Text(name);
        return path;
    }
}
