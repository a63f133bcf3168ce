using System;
using NoDeps.Formats;
using NoDeps.Platform;
using NoDeps.Primitives;

namespace NoDeps.Cli;

/// <summary>Decoding of a picture in memory, from its header to its last pixel.</summary>
internal sealed unsafe class DecodeWork : PrimitiveRowWork
{
    private readonly byte* _file;
    private readonly long _length;
    private PictureInfo _info;
    private byte* _pixels;

    private DecodeWork(byte* file, long length)
    {
        _file = file;
        _length = length;
    }

    /// <inheritdoc/>
    public override ReadOnlySpan<byte> Unit => "pixel"u8;

    /// <summary>The work on a file, which must have that format; its result is the CRC-32 of all pixels.</summary>
    public static Fault Create(PictureFormat format, ReadOnlySpan<byte> path, out PrimitiveRowWork work)
    {
        work = null;
        if (path.IsEmpty) return Fault.Of(FaultKind.Usage, "decoding needs a picture: give --data FILE"u8);
        Fault fault = InputFile.Read(path, out byte* file, out long length);
        if (fault.IsNone && PictureFile.Identify(file, length) != format)
            fault = Fault.At(0, format == PictureFormat.Png ? "not a PNG picture"u8 : "not a JPEG picture"u8);
        if (!fault.IsNone) return fault;
        DecodeWork decode = new(file, length);
        fault = decode.Prepare();
        work = decode;
        return fault;
    }

    private Fault Prepare()
    {
        Fault fault = PictureFile.ReadHeader(_file, _length, PictureFile.DefaultMaxPixels, out _info);
        if (fault.IsNone) fault = PageMemory.Take(_info.OutputBytes + _info.ScratchBytes, out _pixels);
        if (fault.IsNone) fault = PictureFile.Decode(_file, _length, in _info, _pixels, _pixels + _info.OutputBytes);
        if (!fault.IsNone) return fault;
        Result = Crc32.Update(0, new ReadOnlySpan<byte>(_pixels, (int)_info.OutputBytes));
        Items = _info.Width * _info.Height;
        return fault;
    }

    /// <inheritdoc/>
    public override void Once()
    {
        PictureFile.ReadHeader(_file, _length, PictureFile.DefaultMaxPixels, out _info);
        PictureFile.Decode(_file, _length, in _info, _pixels, _pixels + _info.OutputBytes);
    }
}
