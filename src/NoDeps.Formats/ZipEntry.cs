using System;

namespace NoDeps.Formats;

/// <summary>One file of a <see cref="Zip"/> archive, as the archive's directory has it.</summary>
public unsafe struct ZipEntry
{
    internal byte* NameStart;
    internal int NameLength;
    internal int Flags;
    internal uint Crc;
    internal long HeaderOffset;
    internal long DirectoryOffset;

    /// <summary>Compression method: 0 stored, 8 deflated.</summary>
    public int Method;

    /// <summary>Bytes in the archive.</summary>
    public long CompressedSize;

    /// <summary>Bytes that <see cref="Zip.Extract"/> writes.</summary>
    public long Size;

    /// <summary>The name, as it stands in the archive.</summary>
    public readonly ReadOnlySpan<byte> Name => new(NameStart, NameLength);
}
