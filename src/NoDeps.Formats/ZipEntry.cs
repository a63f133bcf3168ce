using System;

namespace NoDeps.Formats;

/// <summary>A file of a <see cref="Zip"/> archive, as described by the archive's directory.</summary>
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

    /// <summary>The compressed size in bytes.</summary>
    public long CompressedSize;

    /// <summary>The uncompressed size in bytes, which <see cref="Zip.Extract"/> writes.</summary>
    public long Size;

    /// <summary>The name, as stored in the archive.</summary>
    public readonly ReadOnlySpan<byte> Name => new(NameStart, NameLength);
}
