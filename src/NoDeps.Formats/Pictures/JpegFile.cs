using System;
using NoDeps.Primitives;

namespace NoDeps.Formats;

/// <summary>
/// JPEG files, ITU-T T.81: baseline, extended sequential and progressive pictures of 8 bits with Huffman coding, with 1, 3
/// or 4 components of any sampling factors of which one divides the other, in one scan or several, with restart markers.
/// Gray pictures have one channel; all others become RGB, four inks included. Arithmetic coding, 12 bits, lossless and
/// hierarchical pictures and DNL are refused, and so is a file whose data end too early. Samples are those of
/// libjpeg-turbo's slow integer transform and "fancy" upsampling, bit for bit.
/// </summary>
public static unsafe class JpegFile
{
    /// <summary>True when the file begins as a JPEG file does.</summary>
    public static bool IsJpeg(ReadOnlySpan<byte> file) => file.Length >= 3 && file[0] == 0xFF && file[1] == 0xD8 && file[2] == 0xFF;

    /// <summary>
    /// Reads a file up to its first scan: sizes, and what memory <see cref="Decode"/> needs.
    /// </summary>
    /// <param name="file">A whole file.</param>
    /// <param name="mostPixels">More pixels (width × height) than that are a fault.</param>
    /// <param name="info">What was found; all zero on a fault.</param>
    public static Fault ReadHeader(ReadOnlySpan<byte> file, long mostPixels, out JpegInfo info)
    {
        info = default;
        JpegState state;
        fixed (byte* start = file)
        {
            JpegState.Prepare(&state, start, file.Length);
            Fault fault = JpegDecoder.ReadHeader(&state);
            if (!fault.IsNone) return fault;
            long pixels = (long)state.Width * state.Height;
            if (pixels > mostPixels) return Fault.At(0, "a picture with too many pixels"u8, mostPixels, pixels);
            fault = JpegDecoder.CheckLength(&state);
            if (!fault.IsNone) return fault;
        }
        info = Info(&state, null);
        return Fault.None;
    }

    /// <summary>Decodes a file. Nothing is allocated; on a fault the output is in no particular state.</summary>
    /// <param name="file">The same file as for <see cref="ReadHeader"/>.</param>
    /// <param name="info">What <see cref="ReadHeader"/> found.</param>
    /// <param name="output">Takes <see cref="JpegInfo.OutputBytes"/> bytes: [height][width][channels].</param>
    /// <param name="scratch"><see cref="JpegInfo.ScratchBytes"/> bytes, whatever they hold.</param>
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
                return Fault.Of(FaultKind.Software, "the header of a picture is not that of its data"u8);
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
