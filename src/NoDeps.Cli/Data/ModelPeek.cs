using System;
using NoDeps.Platform;

namespace NoDeps.Cli;

/// <summary>Recognizes models by their first bytes.</summary>
internal static unsafe class ModelPeek
{
    /// <summary>Returns true if a file begins with an 8-byte header length and JSON; a description has no zero bytes.</summary>
    public static bool IsModel(byte* data, long length) => length > 8 && data[7] == 0 && data[8] == '{';

    /// <summary>Returns true if a path names a regular file that begins like a model.</summary>
    public static bool IsModel(ReadOnlySpan<byte> path)
    {
        if (!InputFile.IsRegular(path) || !InputFile.Read(path, out byte* data, out long length).IsNone) return false;
        bool isModel = IsModel(data, length);
        InputFile.Release(data, length);
        return isModel;
    }
}
