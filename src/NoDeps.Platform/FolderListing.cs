using System;
using System.Runtime.CompilerServices;
using NoDeps.Primitives;

namespace NoDeps.Platform;

/// <summary>The names in a folder, sorted by their bytes, without "." and "..".</summary>
public sealed unsafe class FolderListing
{
    /// <summary>Maximum number of entries.</summary>
    public const int MaxCount = 10_000_000;

    private const int BufferBytes = 1 << 16;
    // In the kernel's struct linux_dirent64: the offsets of an entry's length, type and name.
    private const int LengthOffset = 16, TypeOffset = 18, NameOffset = 19;
    private const byte TypeFolder = 4, TypeLink = 10, TypeUnknown = 0;
    // A stored name: its type, its length (two bytes), its bytes.
    private const int HeaderBytes = 3;

    private byte* _names;
    private long _capacity, _used;
    private long* _order;

    /// <summary>The number of entries.</summary>
    public int Count { get; private set; }

    /// <summary>The name of an entry.</summary>
    public ReadOnlySpan<byte> this[int index] => NameAt(_order[index]);

    /// <summary>Reads a folder. Faults: NoInput if it cannot be opened or is not a folder, InputOutput if reading fails.</summary>
    public static Fault Read(ReadOnlySpan<byte> path, out FolderListing listing)
    {
        listing = new FolderListing();
        byte* terminated = stackalloc byte[PathText.MaxBytes];
        if (!PathText.TryTerminate(path, terminated)) return Fault.Of(FaultKind.NoInput, "not a usable path"u8);
        nint file = Kernel.Open(terminated, Kernel.ReadOnly | Kernel.Folder, 0);
        if (file < 0) return SystemError.ToFault(FaultKind.NoInput, file);
        Fault fault = listing.ReadAll((int)file);
        Kernel.Close((int)file);
        if (fault.IsNone) fault = listing.Sort();
        return fault;
    }

    /// <summary>Returns true if an entry is a folder or a link to one.</summary>
    /// <param name="folder">The path that was read.</param>
    /// <param name="index">The entry, from 0.</param>
    public bool IsFolder(ReadOnlySpan<byte> folder, int index)
    {
        byte type = _names[_order[index]];
        if (type != TypeLink && type != TypeUnknown) return type == TypeFolder;
        byte* path = stackalloc byte[PathText.MaxBytes];
        Utf8Writer writer = new(new Span<byte>(path, PathText.MaxBytes - 1));
        writer.Text(folder);
        writer.Byte((byte)'/');
        writer.Text(this[index]);
        path[writer.Length] = 0;
        return !writer.Overflowed && Kernel.PathStatus(path, out int mode, out _) == 0 && mode == Kernel.ModeDirectory;
    }

    private ReadOnlySpan<byte> NameAt(long offset) =>
        new(_names + offset + HeaderBytes, _names[offset + 1] | _names[offset + 2] << 8);

    private Fault ReadAll(int file)
    {
        Fault fault = PageMemory.Take(BufferBytes, out byte* buffer);
        if (!fault.IsNone) return fault;
        _capacity = BufferBytes;
        fault = PageMemory.Take(_capacity, out _names);
        while (fault.IsNone)
        {
            nint got = Kernel.FolderEntries(file, buffer, BufferBytes);
            if (got < 0) fault = SystemError.ToFault(FaultKind.InputOutput, got);
            if (got <= 0) break;
            for (nint at = 0; at < got && fault.IsNone; at += *(ushort*)(buffer + at + LengthOffset))
                fault = Add(buffer + at + NameOffset, buffer[at + TypeOffset]);
        }
        PageMemory.Return(buffer, BufferBytes);
        return fault;
    }

    private Fault Add(byte* name, byte type)
    {
        int length = (int)StringLength.Of(name);
        if (name[0] == '.' && (length == 1 || length == 2 && name[1] == '.')) return Fault.None;
        if (Count == MaxCount) return Fault.Numbers(FaultKind.Data, "too many files in the directory"u8, MaxCount, MaxCount + 1L);
        if (_used + HeaderBytes + length > _capacity)
        {
            Fault fault = PageMemory.Take(2 * _capacity, out byte* larger);
            if (!fault.IsNone) return fault;
            MemoryCopy.Copy(larger, _names, (nuint)_used);
            PageMemory.Return(_names, _capacity);
            _names = larger;
            _capacity *= 2;
        }
        byte* to = _names + _used;
        to[0] = type;
        to[1] = (byte)length;
        to[2] = (byte)(length >> 8);
        MemoryCopy.Copy(to + HeaderBytes, name, (nuint)length);
        _used += HeaderBytes + length;
        Count++;
        return Fault.None;
    }

    /// <summary>Heapsort: needs no extra memory, and is never quadratic.</summary>
    private Fault Sort()
    {
        Fault fault = PageMemory.Take((Count + 1L) * sizeof(long), out byte* memory);
        if (!fault.IsNone) return fault;
        _order = (long*)memory;
        long offset = 0;
        for (int i = 0; i < Count; i++)
        {
            _order[i] = offset;
            offset += HeaderBytes + NameAt(offset).Length;
        }
        for (int i = Count / 2 - 1; i >= 0; i--) Sift(i, Count);
        for (int end = Count - 1; end > 0; end--)
        {
            Swap(0, end);
            Sift(0, end);
        }
        return fault;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Sift(int parent, int count)
    {
        while (true)
        {
            int child = 2 * parent + 1;
            if (child >= count) return;
            if (child + 1 < count && IsBefore(_order[child], _order[child + 1])) child++;
            if (!IsBefore(_order[parent], _order[child])) return;
            Swap(parent, child);
            parent = child;
        }
    }

    private void Swap(int i, int j)
    {
        long offset = _order[i];
        _order[i] = _order[j];
        _order[j] = offset;
    }

    private bool IsBefore(long left, long right)
    {
        ReadOnlySpan<byte> a = NameAt(left), b = NameAt(right);
        int shorter = a.Length < b.Length ? a.Length : b.Length;
        for (int i = 0; i < shorter; i++) if (a[i] != b[i]) return a[i] < b[i];
        return a.Length < b.Length;
    }
}
