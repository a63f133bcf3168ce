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
    /// <param name="body">The segment after its length.</param>
    /// <param name="length">Its bytes.</param>
    public static Fault Read(JpegState* state, int marker, byte* body, int length)
    {
        if (marker >= JpegMarker.Sof9) return Arithmetic(state, body);
        if (marker > JpegMarker.Sof2)
            return JpegSegments.At(state, body, "a lossless or hierarchical JPEG cannot be read\n"u8 +
                "save it again as a baseline JPEG or as PNG"u8);
        if (state->Width != 0) return JpegSegments.At(state, body, "a second JPEG frame header"u8);
        if (length < FixedBytes) return JpegSegments.WrongLength(state, body);
        if (body[0] == 12)
            return JpegSegments.At(state, body, "a JPEG with 12-bit samples cannot be read\n"u8 +
                "save it again with 8 bits, or as PNG"u8);
        if (body[0] != 8) return Fault.At(body - state->Start, "wrong number of bits per sample in a JPEG"u8, 8, body[0]);
        int height = JpegSegments.Number(body + 1), width = JpegSegments.Number(body + 3), components = body[5];
        if (height == 0)
            return JpegSegments.At(state, body + 1, "a JPEG whose number of lines follows its first scan (DNL) cannot be read\n"u8 +
                "save it again with another program"u8);
        if (width == 0) return JpegSegments.At(state, body + 3, "a JPEG without columns"u8);
        if (components != 1 && components != 3 && components != 4)
            return JpegSegments.At(state, body + 5, "a JPEG must have 1, 3 or 4 components"u8);
        if (length != FixedBytes + ComponentBytes * components) return JpegSegments.WrongLength(state, body);
        state->Width = width;
        state->Height = height;
        state->Components = components;
        state->IsProgressive = marker == JpegMarker.Sof2;
        return Components(state, body + FixedBytes);
    }

    /// <summary>What arithmetic coding gets for an answer.</summary>
    public static Fault Arithmetic(JpegState* state, byte* at) =>
        JpegSegments.At(state, at, "a JPEG with arithmetic coding cannot be read\n"u8 + "save it again with Huffman coding, or as PNG"u8);

    private static Fault Components(JpegState* state, byte* body)
    {
        state->MostH = state->MostV = 1;
        for (int i = 0; i < state->Components; i++, body += ComponentBytes)
        {
            JpegComponent* component = JpegState.Component(state, i);
            component->Id = body[0];
            component->H = body[1] >> 4;
            component->V = body[1] & 15;
            component->QuantizationIndex = body[2];
            if (component->H is < 1 or > 4 || component->V is < 1 or > 4)
                return JpegSegments.At(state, body + 1, "a sampling factor must be 1 to 4"u8);
            if (body[2] >= JpegState.Tables) return JpegSegments.At(state, body + 2, "a quantization table that does not exist"u8);
            for (int j = 0; j < i; j++)
                if (JpegState.Component(state, j)->Id == component->Id)
                    return JpegSegments.At(state, body, "two components with the same number"u8);
            state->MostH = Math.Max(state->MostH, component->H);
            state->MostV = Math.Max(state->MostV, component->V);
        }
        state->McusWide = Quotient(state->Width, 8 * state->MostH);
        state->McusHigh = Quotient(state->Height, 8 * state->MostV);
        for (int i = 0; i < state->Components; i++)
        {
            JpegComponent* component = JpegState.Component(state, i);
            if (state->MostH % component->H != 0 || state->MostV % component->V != 0)
                return JpegSegments.At(state, body, "sampling factors of which one is no multiple of another"u8);
            component->Width = Quotient(state->Width * component->H, state->MostH);
            component->Height = Quotient(state->Height * component->V, state->MostV);
            component->BlocksWide = Quotient(component->Width, 8);
            component->BlocksHigh = Quotient(component->Height, 8);
            component->PaddedWide = state->McusWide * component->H;
            component->PaddedHigh = state->McusHigh * component->V;
            for (int k = 0; k < 64; k++) component->LowBits[k] = -1;
        }
        return Fault.None;
    }

    /// <summary>A quotient rounded up: at most 65,535 × 4 is divided.</summary>
    private static int Quotient(int value, int by) => (value + by - 1) / by;
}
