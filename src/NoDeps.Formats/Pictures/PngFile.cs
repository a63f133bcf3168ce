using NoDeps.Primitives;

namespace NoDeps.Formats;

/// <summary>PNG files; not read yet.</summary>
internal static unsafe class PngFile
{
    internal static Fault ReadHeader(byte* file, long length, long maxPixels, ref PictureInfo info) =>
        Fault.At(0, "a PNG picture, which is not supported\nconvert it to JPEG"u8);

    internal static Fault Decode(byte* file, in PictureInfo info, byte* output, byte* scratch) =>
        Fault.Of(FaultKind.Software, "no decoder"u8);
}
