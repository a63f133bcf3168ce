using System;
using NoDeps.Primitives;

namespace NoDeps.Formats;

/// <summary>The frame header of a JPEG file: T.81 B.2.2.</summary>
internal static unsafe class JpegFrameHeader
{
    private const int FixedBytes = 6, ComponentBytes = 3;

    /// <summary>Reads a frame header and derives the size of every component, T.81 A.1.1 and A.2.</summary>
    /// <param name="state">The file, with no frame yet.</param>
    /// <param name="marker">SOF0 to SOF15.</param>
    /// <param name="body">The content of the segment, after its length field.</param>
    /// <param name="length">Its length in bytes.</param>
    public static Fault Read(JpegState* state, int marker, byte* body, int length)
    {
        if (marker >= JpegMarker.Sof9) return Arithmetic(state, body);
        if (marker > JpegMarker.Sof2)
            return JpegSegments.At(state, body, "lossless and hierarchical JPEG files are not supported\n"u8 +
                "save it again as a baseline JPEG or as PNG"u8);
        if (state->Width != 0) return JpegSegments.At(state, body, "a second JPEG frame header"u8);
        if (length < FixedBytes) return JpegSegments.WrongLength(state, body);
        if (body[0] == 12)
            return JpegSegments.At(state, body, "JPEG files with 12-bit samples are not supported\n"u8 +
                "save it again with 8 bits, or as PNG"u8);
        if (body[0] != 8) return Fault.At(body - state->Start, "wrong number of bits per sample in a JPEG"u8, 8, body[0]);
        int height = JpegSegments.Number(body + 1), width = JpegSegments.Number(body + 3), components = body[5];
        if (height == 0)
            return JpegSegments.At(state, body + 1, "JPEG files that define their height in a DNL segment are not supported\n"u8 +
                "save it again with another program"u8);
        if (width == 0) return JpegSegments.At(state, body + 3, "a JPEG of width 0"u8);
        if (components != 1 && components != 3 && components != 4)
            return JpegSegments.At(state, body + 5, "a JPEG must have 1, 3 or 4 components"u8);
        if (length != FixedBytes + ComponentBytes * components) return JpegSegments.WrongLength(state, body);
        state->Width = width;
        state->Height = height;
        state->Components = components;
        state->IsProgressive = marker == JpegMarker.Sof2;
        return Components(state, body + FixedBytes);
    }

    /// <summary>The fault for arithmetic coding.</summary>
    public static Fault Arithmetic(JpegState* state, byte* at) =>
        JpegSegments.At(state, at, "JPEG files with arithmetic coding are not supported\n"u8 +
            "save it again with Huffman coding, or as PNG"u8);

    private static Fault Components(JpegState* state, byte* body)
    {
        state->MaxH = state->MaxV = 1;
        for (int i = 0; i < state->Components; i++, body += ComponentBytes)
        {
            JpegComponent* component = JpegState.Component(state, i);
            component->Id = body[0];
            component->H = body[1] >> 4;
            component->V = body[1] & 15;
            component->QuantizationIndex = body[2];
            if (component->H is < 1 or > 4 || component->V is < 1 or > 4)
                return JpegSegments.At(state, body + 1, "a sampling factor must be 1 to 4"u8);
            if (body[2] >= JpegState.Tables) return JpegSegments.At(state, body + 2, "invalid quantization table index"u8);
            for (int j = 0; j < i; j++)
                if (JpegState.Component(state, j)->Id == component->Id)
                    return JpegSegments.At(state, body, "two components with the same identifier"u8);
            state->MaxH = Math.Max(state->MaxH, component->H);
            state->MaxV = Math.Max(state->MaxV, component->V);
        }
        state->McusWide = DivideUp(state->Width, 8 * state->MaxH);
        state->McusHigh = DivideUp(state->Height, 8 * state->MaxV);
        for (int i = 0; i < state->Components; i++)
        {
            JpegComponent* component = JpegState.Component(state, i);
            if (state->MaxH % component->H != 0 || state->MaxV % component->V != 0)
                return JpegSegments.At(state, body, "sampling factors must divide the largest one"u8);
            component->Width = DivideUp(state->Width * component->H, state->MaxH);
            component->Height = DivideUp(state->Height * component->V, state->MaxV);
            component->BlocksWide = DivideUp(component->Width, 8);
            component->BlocksHigh = DivideUp(component->Height, 8);
            component->PaddedWide = state->McusWide * component->H;
            component->PaddedHigh = state->McusHigh * component->V;
            for (int k = 0; k < 64; k++) component->LowBits[k] = -1;
        }
        return Fault.None;
    }

    /// <summary>A quotient, rounded up. The dividend is at most 65,535 × 4.</summary>
    private static int DivideUp(int value, int by) => (value + by - 1) / by;
}
