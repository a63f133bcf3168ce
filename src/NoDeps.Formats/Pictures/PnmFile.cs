using NoDeps.Primitives;

namespace NoDeps.Formats;

/// <summary>PNM files; not read yet.</summary>
internal static unsafe class PnmFile
{
    internal static Fault ReadHeader(byte* file, long length, long maxPixels, ref PictureInfo info) =>
        Fault.At(0, "a PNM picture, which is not supported\nconvert it to JPEG"u8);

    internal static Fault Decode(byte* file, long length, in PictureInfo info, byte* output) =>
        Fault.Of(FaultKind.Software, "no decoder"u8);
}
