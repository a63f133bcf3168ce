using System;
using NoDeps.Platform;

namespace NoDeps.Cli;

/// <summary>Tells models by their first bytes.</summary>
internal static unsafe class ModelPeek
{
    /// <summary>A safetensors file begins with the header's length, 8 bytes, and JSON; no description has zero bytes.</summary>
    public static bool IsModel(byte* data, long length) => length > 8 && data[7] == 0 && data[8] == '{';

    /// <summary>Whether a path names a regular file that begins so.</summary>
    public static bool IsModel(ReadOnlySpan<byte> path)
    {
        if (!InputFile.IsRegular(path) || !InputFile.Read(path, out byte* data, out long length).IsNone) return false;
        bool isModel = IsModel(data, length);
        InputFile.Release(data, length);
        return isModel;
    }
}
