using System;
using NoDeps.Primitives;

namespace NoDeps.Formats;

/// <summary>
/// JPEG files, ITU-T T.81: baseline, extended sequential and progressive pictures with 8 bits and Huffman coding; 1, 3 or 4
/// components whose sampling factors divide the largest ones; one or more scans; restart markers. Gray pictures have one
/// channel; all others, including CMYK, become RGB. Arithmetic coding, 12 bits, lossless and hierarchical pictures, DNL, and
/// truncated files are rejected. Samples equal those of libjpeg-turbo's slow integer transform and "fancy" upsampling bit for
/// bit.
/// </summary>
public static unsafe class JpegFile
{
    /// <summary>Returns true if the file begins like a JPEG file.</summary>
    public static bool IsJpeg(ReadOnlySpan<byte> file) => file.Length >= 3 && file[0] == 0xFF && file[1] == 0xD8 && file[2] == 0xFF;

    /// <summary>
    /// Reads a file up to its first scan, which determines the size of the picture and of the memory for <see cref="Decode"/>.
    /// </summary>
    /// <param name="file">A whole file.</param>
    /// <param name="maxPixels">The maximum width × height; a larger picture is a fault.</param>
    /// <param name="info">The properties of the picture; all zero on a fault.</param>
    public static Fault ReadHeader(ReadOnlySpan<byte> file, long maxPixels, out JpegInfo info)
    {
        info = default;
        JpegState state;
        fixed (byte* start = file)
        {
            JpegState.Prepare(&state, start, file.Length);
            Fault fault = JpegDecoder.ReadHeader(&state);
            if (!fault.IsNone) return fault;
            long pixels = (long)state.Width * state.Height;
            if (pixels > maxPixels) return Fault.At(0, "a picture with too many pixels"u8, maxPixels, pixels);
            fault = JpegDecoder.CheckLength(&state);
            if (!fault.IsNone) return fault;
        }
        info = Info(&state, null);
        return Fault.None;
    }

    /// <summary>Decodes a file. Does not allocate; on a fault the output is undefined.</summary>
    /// <param name="file">The same file as for <see cref="ReadHeader"/>.</param>
    /// <param name="info">The result of <see cref="ReadHeader"/>.</param>
    /// <param name="output">Receives <see cref="JpegInfo.OutputBytes"/> bytes: [height][width][channels].</param>
    /// <param name="scratch"><see cref="JpegInfo.ScratchBytes"/> bytes, which need not be initialized.</param>
    public static Fault Decode(ReadOnlySpan<byte> file, in JpegInfo info, byte* output, byte* scratch)
    {
        JpegState* state = (JpegState*)(((nint)scratch + 63) & -64);
        fixed (byte* start = file)
        {
            JpegState.Prepare(state, start, file.Length);
            Fault fault = JpegDecoder.ReadHeader(state);
            if (!fault.IsNone) return fault;
            JpegInfo found = Info(state, scratch);
            if (found.OutputBytes != info.OutputBytes || found.ScratchBytes != info.ScratchBytes || found.Width != info.Width)
                return Fault.Of(FaultKind.Software, "the picture's header does not match the file"u8);
            fault = JpegDecoder.ReadScans(state);
            if (!fault.IsNone) return fault;
            JpegDecoder.Write(state, output);
        }
        return Fault.None;
    }

    private static JpegInfo Info(JpegState* state, byte* scratch)
    {
        JpegInfo info = default;
        info.Width = state->Width;
        info.Height = state->Height;
        info.Channels = state->Components == 1 ? 1 : 3;
        info.Orientation = state->Orientation == 0 ? 1 : state->Orientation;
        info.OutputBytes = (long)info.Width * info.Height * info.Channels;
        info.ScratchBytes = JpegLayout.Place(state, scratch);
        return info;
    }
}
