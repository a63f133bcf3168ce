using System;
using System.Runtime.CompilerServices;
using NoDeps.Primitives;

namespace NoDeps.Formats;

/// <summary>
/// ZIP archives in memory (PKWARE's APPNOTE.TXT 6.3), including ZIP64, which NumPy writes. The central directory at the end
/// of the file is authoritative; local headers must agree with it. Does not allocate. After <see cref="Open"/>,
/// <see cref="TryNext"/> enumerates the entries, and <see cref="Extract"/> decompresses one.
/// </summary>
public unsafe struct Zip
{
    private const uint EndSignature = 0x06054B50, End64Signature = 0x06064B50, Locator64Signature = 0x07064B50;
    private const uint EntrySignature = 0x02014B50, LocalSignature = 0x04034B50;
    private const int EndLength = 22, Locator64Length = 20, End64Length = 56, EntryLength = 46, LocalLength = 30;
    private const int Stored = 0, Deflated = 8;
    private const int Encrypted = 1, DataDescriptor = 8;
    private const uint In64Bits = uint.MaxValue;

    private byte* _file;
    private long _directory, _directoryEnd, _at;
    private long _remaining;

    /// <summary>The number of entries.</summary>
    public long Count;

    /// <summary>Returns true if the file begins like a ZIP archive, which may be empty.</summary>
    public static bool IsZip(ReadOnlySpan<byte> file) =>
        file.Length >= 4 && file[0] == 'P' && file[1] == 'K' && (file[2] == 3 && file[3] == 4 || file[2] == 5 && file[3] == 6);

    /// <summary>
    /// Finds and validates the whole directory of an archive, and checks that the entries together are no longer than the
    /// file, so that they cannot share bytes as in a ZIP bomb. The memory must remain valid while the archive and its entries
    /// are in use.
    /// </summary>
    public static Fault Open(byte* file, long length, out Zip zip)
    {
        zip = default;
        if (length == 0) return Fault.At(0, "the file is empty"u8);
        Zip opened = default;
        opened._file = file;
        Fault fault = opened.FindDirectory(length);
        if (!fault.IsNone) return fault;
        opened.Rewind();
        long total = 0;
        for (long i = 0; i < opened.Count; i++)
        {
            fault = opened.ReadEntry(out ZipEntry entry);
            if (!fault.IsNone) return fault;
            // Each term is below the length of the file, so the sum is rejected before it can overflow.
            total += LocalLength + entry.NameLength + entry.CompressedSize;
            if (total > opened._directory)
                return Fault.At(entry.DirectoryOffset, "files of the ZIP archive overlap"u8, opened._directory, total)
                    .WithQuote(entry.Name);
        }
        if (opened._at != opened._directoryEnd)
            return Fault.At(opened._at, "unexpected bytes after the last entry of the ZIP archive's directory"u8);
        opened.Rewind();
        zip = opened;
        return Fault.None;
    }

    /// <summary>Moves back to before the first entry.</summary>
    public void Rewind()
    {
        _at = _directory;
        _remaining = Count;
    }

    /// <summary>Reads the next entry; returns false after the last.</summary>
    public bool TryNext(out ZipEntry entry)
    {
        entry = default;
        if (_remaining == 0) return false;
        _remaining--;
        return ReadEntry(out entry).IsNone;
    }

    /// <summary>Finds the raw data of an entry, which is <see cref="ZipEntry.CompressedSize"/> bytes long.</summary>
    public readonly Fault Locate(scoped in ZipEntry entry, out byte* data)
    {
        data = null;
        long at = entry.HeaderOffset;
        byte* header = _file + at;
        if (_directory - at < LocalLength || ReadUInt32(header) != LocalSignature)
            return Fault.At(at, "no file at the offset given by the ZIP archive's directory"u8).WithQuote(entry.Name);
        int name = ReadUInt16(header + 26), extra = ReadUInt16(header + 28);
        long start = at + LocalLength + name + extra;
        if (start > _directory || _directory - start < entry.CompressedSize)
            return Fault.At(at, "a file of the ZIP archive extends into its directory"u8).WithQuote(entry.Name);
        bool same = name == entry.NameLength && MemoryCompare.Equal(header + LocalLength, entry.NameStart, (nuint)name);
        if (!same || ReadUInt16(header + 8) != entry.Method || (ReadUInt16(header + 6) & Encrypted) != (entry.Flags & Encrypted))
            return Fault.At(at, "the ZIP archive's directory and the header of a file differ"u8).WithQuote(entry.Name);
        // A writer to a pipe stores the sizes after the data; NumPy stores them in an extra field.
        uint compressed = ReadUInt32(header + 18), size = ReadUInt32(header + 22);
        bool differs = compressed != In64Bits && compressed != entry.CompressedSize || size != In64Bits && size != entry.Size;
        if ((entry.Flags & DataDescriptor) == 0 && differs)
            return Fault.At(at + 18, "the ZIP archive's directory and the header of a file differ in size"u8).WithQuote(entry.Name);
        data = _file + start;
        return Fault.None;
    }

    /// <summary>Decompresses an entry and checks its CRC-32.</summary>
    /// <param name="entry">An entry of this archive, stored or deflated, not encrypted.</param>
    /// <param name="to">Receives <see cref="ZipEntry.Size"/> bytes.</param>
    /// <param name="capacity">The size of that buffer; a larger entry is a fault.</param>
    /// <param name="tables">Scratch memory.</param>
    public readonly Fault Extract(scoped in ZipEntry entry, byte* to, long capacity, scoped ref InflateTables tables)
    {
        Fault fault = CheckReadable(entry, capacity);
        if (!fault.IsNone) return fault;
        fault = Locate(entry, out byte* data);
        if (!fault.IsNone) return fault;
        uint crc = 0;
        if (entry.Method == Stored)
        {
            MemoryCopy.Copy(to, data, (nuint)entry.Size);
            for (long at = 0; at < entry.Size; at += 1 << 30)
                crc = Crc32.Update(crc, new ReadOnlySpan<byte>(to + at, (int)Math.Min(1 << 30, entry.Size - at)));
        }
        else
        {
            fault = Inflate.DecodeWithCrc(new ReadOnlySpan<byte>(data, (int)entry.CompressedSize),
                new Span<byte>(to, (int)entry.Size), ref tables, out int consumed, out int written, out crc);
            if (!fault.IsNone) return fault.Shifted(data - _file);
            if (written != entry.Size)
                return Fault.At(data - _file, "a file of the ZIP archive does not have the size given in the directory"u8,
                    entry.Size, written).WithQuote(entry.Name);
            if (consumed != entry.CompressedSize)
                return Fault.At(data - _file + consumed, "bytes after the end of a deflated file"u8, entry.CompressedSize, consumed)
                    .WithQuote(entry.Name);
        }
        if (crc == entry.Crc) return Fault.None;
        return Fault.AtHex(data - _file, "wrong CRC-32 of a file in the ZIP archive\n"u8 + "the file is damaged; fetch it again"u8,
            entry.Crc, crc).WithQuote(entry.Name);
    }

    private static Fault CheckReadable(scoped in ZipEntry entry, long capacity)
    {
        ReadOnlySpan<byte> name = entry.Name;
        long at = entry.DirectoryOffset;
        if ((entry.Flags & Encrypted) != 0)
            return Fault.At(at, "encrypted file in the ZIP archive\n"u8 + "unpack it with its password first"u8).WithQuote(name);
        if (entry.Method is not (Stored or Deflated))
            return Fault.At(at, "unknown compression method in the ZIP archive\n"u8 +
                "only stored (0) and deflated (8) files are supported; pack the archive again"u8, Deflated, entry.Method).WithQuote(name);
        if (entry.Method == Stored && entry.Size != entry.CompressedSize)
            return Fault.At(at, "a stored file in the ZIP archive has two different sizes"u8, entry.CompressedSize, entry.Size)
                .WithQuote(name);
        if (entry.Method == Deflated && entry.CompressedSize < entry.Size / Inflate.MaxRatio)
            return Fault.At(at, "the size of a file in the ZIP archive exceeds what its data can decompress to\n"u8 +
                "the file is damaged or incomplete"u8, entry.CompressedSize * Inflate.MaxRatio, entry.Size).WithQuote(name);
        if (entry.Method == Deflated && (entry.Size > int.MaxValue || entry.CompressedSize > int.MaxValue))
            return Fault.At(at, "a deflated file of more than 2 GiB in the ZIP archive\n"u8 +
                "pack it again without compression"u8, int.MaxValue, entry.Size).WithQuote(name);
        if (entry.Size <= capacity) return Fault.None;
        return Fault.At(at, "a file in the ZIP archive is too large"u8, capacity, entry.Size).WithQuote(name);
    }

    private Fault FindDirectory(long length)
    {
        long end = length - EndLength, min = Math.Max(0, end - ushort.MaxValue);
        while (end >= min && (ReadUInt32(_file + end) != EndSignature || ReadUInt16(_file + end + 20) != length - end - EndLength)) end--;
        if (end < min)
        {
            bool isTruncated = IsZip(new ReadOnlySpan<byte>(_file, (int)Math.Min(4, length)));
            return isTruncated ? Fault.At(length, "the ZIP archive ends without its directory\n"u8 + "is the file complete?"u8)
                : Fault.At(0, "not a ZIP archive"u8);
        }
        byte* p = _file + end;
        if (ReadUInt16(p + 4) != 0 && ReadUInt16(p + 4) != ushort.MaxValue)
            return Fault.At(end + 4, "multi-part ZIP archives are not supported"u8, 0, ReadUInt16(p + 4));
        ulong count = (ulong)ReadUInt16(p + 10), size = ReadUInt32(p + 12), start = ReadUInt32(p + 16);
        long limit = end;
        if (end >= Locator64Length && ReadUInt32(p - Locator64Length) == Locator64Signature)
        {
            limit = (long)ReadUInt64(p - Locator64Length + 8);
            if (limit < 0 || limit > end - Locator64Length - End64Length || ReadUInt32(_file + limit) != End64Signature)
                return Fault.At(end - Locator64Length, "the ZIP64 end of the ZIP archive's directory is not where it should be"u8);
            count = ReadUInt64(_file + limit + 32);
            size = ReadUInt64(_file + limit + 40);
            start = ReadUInt64(_file + limit + 48);
        }
        if (size > (ulong)limit || start != (ulong)limit - size)
            return Fault.At(end + 12, "the ZIP archive's directory is not at the offset given in its end record\n"u8 +
                "is the file complete?"u8, limit - (long)Math.Min(size, (ulong)limit), (long)Math.Min(start, long.MaxValue));
        if (count > size / EntryLength)
            return Fault.At(end + 10, "the ZIP archive's directory is too short for its entries"u8, (long)(size / EntryLength),
                (long)Math.Min(count, long.MaxValue));
        _directory = (long)start;
        _directoryEnd = limit;
        Count = (long)count;
        return Fault.None;
    }

    private Fault ReadEntry(out ZipEntry entry)
    {
        entry = default;
        byte* p = _file + _at;
        if (_directoryEnd - _at < EntryLength || ReadUInt32(p) != EntrySignature) return Damaged();
        int name = ReadUInt16(p + 28), extra = ReadUInt16(p + 30), comment = ReadUInt16(p + 32);
        if (_directoryEnd - _at - EntryLength < name + extra + comment) return Damaged();
        entry.DirectoryOffset = _at;
        entry.Flags = ReadUInt16(p + 8);
        entry.Method = ReadUInt16(p + 10);
        entry.Crc = ReadUInt32(p + 16);
        entry.CompressedSize = ReadUInt32(p + 20);
        entry.Size = ReadUInt32(p + 24);
        entry.HeaderOffset = ReadUInt32(p + 42);
        entry.NameStart = p + EntryLength;
        entry.NameLength = name;
        if (!ReadSizes64(p + EntryLength + name, extra, ref entry)) return Damaged();
        if (entry.CompressedSize < 0 || entry.CompressedSize > _directory || entry.Size < 0 || entry.HeaderOffset < 0
            || entry.HeaderOffset > _directory) return Damaged();
        _at += EntryLength + name + extra + comment;
        return Fault.None;
    }

    /// <summary>Reads extra field 1 (ZIP64): those of size, compressed size and offset, in this order, that exceed 32 bits.</summary>
    private static bool ReadSizes64(byte* p, int length, scoped ref ZipEntry entry)
    {
        bool size = entry.Size == In64Bits, compressed = entry.CompressedSize == In64Bits, offset = entry.HeaderOffset == In64Bits;
        if (!size && !compressed && !offset) return true;
        while (length >= 4)
        {
            int id = ReadUInt16(p), field = ReadUInt16(p + 2);
            if (field > length - 4) return false;
            if (id == 1)
            {
                int needed = 8 * ((size ? 1 : 0) + (compressed ? 1 : 0) + (offset ? 1 : 0));
                if (field < needed) return false;
                byte* q = p + 4;
                if (size) entry.Size = ReadNext64(ref q);
                if (compressed) entry.CompressedSize = ReadNext64(ref q);
                if (offset) entry.HeaderOffset = ReadNext64(ref q);
                return true;
            }
            p += 4 + field;
            length -= 4 + field;
        }
        // Without the field, the 32-bit value is literal; the caller checks that it fits in the file.
        return true;
    }

    private static long ReadNext64(ref byte* p)
    {
        long value = (long)ReadUInt64(p);
        p += 8;
        return value;
    }

    private readonly Fault Damaged() => Fault.At(_at, "the ZIP archive's directory is damaged\n"u8 + "is the file complete?"u8);

    private static int ReadUInt16(byte* p) => Unsafe.ReadUnaligned<ushort>(p);
    private static uint ReadUInt32(byte* p) => Unsafe.ReadUnaligned<uint>(p);
    private static ulong ReadUInt64(byte* p) => Unsafe.ReadUnaligned<ulong>(p);
}
