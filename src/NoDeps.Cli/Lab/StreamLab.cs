using System;
using NoDeps.Formats;
using NoDeps.Platform;
using NoDeps.Primitives;

namespace NoDeps.Cli;

/// <summary>Compression of all of standard input: gzip, gunzip, and raw DEFLATE data (inflate).</summary>
internal static unsafe class StreamLab
{
    public static Fault Run(Console console, LabPrimitive primitive, int form)
    {
        Fault fault = InputStream.ReadAll(out byte* data, out long length);
        if (fault.IsNone && length > int.MaxValue)
            fault = Fault.At(0, "more than 2 GiB"u8, int.MaxValue, length);
        if (!fault.IsNone) return fault;
        if (primitive == LabPrimitive.Gunzip) fault = IdxFile.Decompress(ref data, ref length);
        else if (primitive == LabPrimitive.Gzip) fault = Compress(ref data, ref length, form);
        else fault = Decode(ref data, ref length, form);
        if (fault.IsNone) console.Out.Write(new ReadOnlySpan<byte>(data, (int)length));
        return fault;
    }

    /// <summary>Form 0 compresses, form 1 stores.</summary>
    private static Fault Compress(scoped ref byte* data, scoped ref long length, int form)
    {
        long room = GzipWriter.MaxBytes(length);
        Fault fault = PageMemory.Take(sizeof(DeflateTables) + room, out byte* scratch);
        if (!fault.IsNone) return fault;
        byte* file = scratch + sizeof(DeflateTables);
        fault = GzipWriter.Encode(new ReadOnlySpan<byte>(data, (int)length), new Span<byte>(file, (int)room),
            form == 0 ? DeflateLevel.Fast : DeflateLevel.Stored, ref *(DeflateTables*)scratch, out int written);
        data = file;
        length = written;
        return fault;
    }

    /// <summary>Form 0 is the fast loop, form 1 the plain one.</summary>
    private static Fault Decode(scoped ref byte* data, scoped ref long length, int form)
    {
        ReadOnlySpan<byte> input = new(data, (int)length);
        Fault fault = PageMemory.Take(sizeof(InflateTables), out byte* scratch);
        if (!fault.IsNone) return fault;
        ref InflateTables tables = ref *(InflateTables*)scratch;
        fault = Inflate.Measure(input, ref tables, out int consumed, out long size);
        if (!fault.IsNone) return fault;
        if (consumed < length) return Fault.At(consumed, "bytes after the end of the compressed data"u8);
        fault = PageMemory.Take(size + 1, out data);
        if (!fault.IsNone) return fault;
        Span<byte> output = new(data, (int)size);
        fault = form == 0 ? Inflate.Decode(input, output, ref tables, out consumed, out int written)
            : Inflate.DecodeScalar(input, output, ref tables, out consumed, out written);
        length = written;
        return fault;
    }
}
