using System;
using System.Runtime.CompilerServices;
using NoDeps.Primitives;

namespace NoDeps.Formats;

/// <summary>The segments between the scans of a JPEG file, T.81 annex B: markers, tables, application data.</summary>
internal static unsafe class JpegSegments
{
    /// <summary>
    /// Reads up to and with the next scan header, or the end-of-image marker.
    /// </summary>
    /// <param name="state">Where the file stands; its scan data begins at <see cref="JpegState.At"/> afterwards.</param>
    /// <param name="marker">What was met: <see cref="JpegMarker.Sos"/> or <see cref="JpegMarker.Eoi"/>.</param>
    public static Fault ReadToScan(JpegState* state, out int marker)
    {
        while (true)
        {
            Fault fault = NextMarker(state, out marker);
            if (!fault.IsNone || marker == JpegMarker.Eoi) return fault;
            if (marker == JpegMarker.Tem || (marker >= JpegMarker.Rst0 && marker <= JpegMarker.Rst7)) continue;
            if (marker == JpegMarker.Soi) return At(state, state->At - 2, "a second start of image before the end of the first"u8);
            if (marker == JpegMarker.Dnl)
                return At(state, state->At - 2, "a JPEG whose number of lines follows its first scan (DNL) cannot be read\n"u8 +
                    "save it again with another program"u8);
            byte* segment = state->At;
            fault = SegmentLength(state, out int length);
            if (fault.IsNone) fault = Read(state, marker, segment + 2, length - 2);
            if (!fault.IsNone) return fault;
            state->At = segment + length;
            if (marker == JpegMarker.Sos) return fault;
        }
    }

    /// <summary>
    /// Goes past the next marker. As libjpeg does, it skips what is no marker, and FF bytes that fill up.
    /// </summary>
    public static Fault NextMarker(JpegState* state, out int marker)
    {
        byte* at = state->At, limit = state->Limit;
        do
        {
            while (at < limit && *at != 0xFF) at++;
            while (at < limit && *at == 0xFF) at++;
            if (at >= limit)
            {
                marker = 0;
                return Truncated(state);
            }
            marker = *at++;
        }
        while (marker == 0);
        state->At = at;
        return Fault.None;
    }

    private static Fault SegmentLength(JpegState* state, out int length)
    {
        length = 0;
        long left = state->Limit - state->At;
        if (left < 2) return Truncated(state);
        length = Number(state->At);
        if (length < 2) return Fault.At(state->At - state->Start, "a segment shorter than its own length field"u8, 2, length);
        return left < length ? Truncated(state) : Fault.None;
    }

    private static Fault Read(JpegState* state, int marker, byte* body, int length)
    {
        switch (marker)
        {
            case JpegMarker.Dht: return HuffmanTables(state, body, length);
            case JpegMarker.Dqt: return QuantizationTables(state, body, length);
            case JpegMarker.Dri:
                if (length != 2) return WrongLength(state, body);
                state->RestartInterval = Number(body);
                return Fault.None;
            case JpegMarker.Sos: return JpegScanHeader.Read(state, body, length);
            case JpegMarker.App0:
                if (length >= 5 && Begins(body, "JFIF\0"u8)) state->IsJfif = true;
                return Fault.None;
            case JpegMarker.App1:
                if (state->Orientation == 0) state->Orientation = JpegExif.Orientation(new ReadOnlySpan<byte>(body, length));
                return Fault.None;
            case JpegMarker.App14:
                if (length < 12 || !Begins(body, "Adobe"u8)) return Fault.None;
                state->IsAdobe = true;
                state->AdobeTransform = body[11];
                return Fault.None;
            case JpegMarker.Dac: return JpegFrameHeader.Arithmetic(state, body);
        }
        return marker >= JpegMarker.Sof0 && marker <= JpegMarker.Sof15 && marker != JpegMarker.Jpg
            ? JpegFrameHeader.Read(state, marker, body, length)
            : Fault.None;
    }

    private static Fault HuffmanTables(JpegState* state, byte* body, int length)
    {
        const int CountBytes = 17;
        while (length > 0)
        {
            if (length < CountBytes) return WrongLength(state, body);
            int kind = body[0] >> 4, place = body[0] & 15, values = 0;
            if (kind > 1 || place >= JpegState.Tables) return At(state, body, "a Huffman table with a number that does not exist"u8);
            for (int i = 1; i < CountBytes; i++) values += body[i];
            if (values > 256) return At(state, body, "a Huffman table with more than 256 codes"u8);
            if (length - CountBytes < values) return WrongLength(state, body);
            JpegHuffman* table = kind == 0 ? JpegState.Dc(state, place) : JpegState.Ac(state, place);
            if (!JpegHuffman.TryBuild(table, body + 1, body + CountBytes))
                return At(state, body, "a Huffman table with more codes than their lengths have room for"u8);
            if (kind == 0)
                for (int i = 0; i < values; i++)
                    if (body[CountBytes + i] > 15) return At(state, body + CountBytes + i, "a DC difference of more than 15 bits"u8);
            body += CountBytes + values;
            length -= CountBytes + values;
        }
        return Fault.None;
    }

    private static Fault QuantizationTables(JpegState* state, byte* body, int length)
    {
        while (length > 0)
        {
            int size = body[0] >> 4, place = body[0] & 15;
            if (size > 1 || place >= JpegState.Tables)
                return At(state, body, "a quantization table with a number or precision that does not exist"u8);
            int bytes = 1 + 64 * (size + 1);
            if (length < bytes) return WrongLength(state, body);
            int* table = state->Quantization + 64 * place;
            for (int i = 0; i < 64; i++)
            {
                int value = size == 0 ? body[1 + i] : Number(body + 1 + 2 * i);
                if (value == 0) return At(state, body + 1 + i * (size + 1), "a quantization step of 0"u8);
                table[state->Natural[i]] = value;
            }
            state->QuantizationDefined |= 1 << place;
            body += bytes;
            length -= bytes;
        }
        return Fault.None;
    }

    private static bool Begins(byte* body, ReadOnlySpan<byte> word)
    {
        for (int i = 0; i < word.Length; i++)
            if (body[i] != word[i]) return false;
        return true;
    }

    /// <summary>A number of two bytes.</summary>
    public static int Number(byte* at) => (at[0] << 8) | at[1];

    /// <summary>A fault at an address in the file.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static Fault At(JpegState* state, byte* at, ReadOnlySpan<byte> what) => Fault.At(at - state->Start, what);

    /// <summary>A segment whose parts do not fill it.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static Fault WrongLength(JpegState* state, byte* at) =>
        At(state, at, "a JPEG segment whose length does not fit its content"u8);

    /// <summary>The end of the file where there must be more.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static Fault Truncated(JpegState* state) =>
        At(state, state->Limit, "the JPEG file ends too early\n"u8 + "is the file complete?"u8);
}
