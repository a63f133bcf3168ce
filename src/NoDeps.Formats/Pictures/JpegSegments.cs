using System;
using System.Runtime.CompilerServices;
using NoDeps.Primitives;

namespace NoDeps.Formats;

/// <summary>Reads the segments between the scans of a JPEG file (T.81 annex B): markers, tables, application data.</summary>
internal static unsafe class JpegSegments
{
    /// <summary>
    /// Reads up to and including the next scan header or the end-of-image marker.
    /// </summary>
    /// <param name="state">The state of the file; afterwards, <see cref="JpegState.At"/> is the start of the scan data.</param>
    /// <param name="marker">The marker read: <see cref="JpegMarker.Sos"/> or <see cref="JpegMarker.Eoi"/>.</param>
    public static Fault ReadToScan(JpegState* state, out int marker)
    {
        while (true)
        {
            Fault fault = NextMarker(state, out marker);
            if (!fault.IsNone || marker == JpegMarker.Eoi) return fault;
            if (marker == JpegMarker.Tem || (marker >= JpegMarker.Rst0 && marker <= JpegMarker.Rst7)) continue;
            if (marker == JpegMarker.Soi) return At(state, state->At - 2, "a second start-of-image marker"u8);
            if (marker == JpegMarker.Dnl)
                return At(state, state->At - 2, "JPEG files that define their height in a DNL segment are not supported\n"u8 +
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
    /// Reads the next marker. Like libjpeg, it skips other bytes and FF padding.
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
            int kind = body[0] >> 4, index = body[0] & 15, values = 0;
            if (kind > 1 || index >= JpegState.Tables) return At(state, body, "invalid Huffman table index"u8);
            for (int i = 1; i < CountBytes; i++) values += body[i];
            if (values > 256) return At(state, body, "a Huffman table with more than 256 codes"u8);
            if (length - CountBytes < values) return WrongLength(state, body);
            JpegHuffman* table = kind == 0 ? JpegState.Dc(state, index) : JpegState.Ac(state, index);
            if (!JpegHuffman.TryBuild(table, body + 1, body + CountBytes))
                return At(state, body, "a Huffman table with more codes than their lengths allow"u8);
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
            int size = body[0] >> 4, index = body[0] & 15;
            if (size > 1 || index >= JpegState.Tables)
                return At(state, body, "invalid quantization table index or precision"u8);
            int bytes = 1 + 64 * (size + 1);
            if (length < bytes) return WrongLength(state, body);
            int* table = state->Quantization + 64 * index;
            for (int i = 0; i < 64; i++)
            {
                int value = size == 0 ? body[1 + i] : Number(body + 1 + 2 * i);
                if (value == 0) return At(state, body + 1 + i * (size + 1), "a quantization step of 0"u8);
                table[state->Natural[i]] = value;
            }
            state->QuantizationDefined |= 1 << index;
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

    /// <summary>Reads a big-endian 16-bit number.</summary>
    public static int Number(byte* at) => (at[0] << 8) | at[1];

    /// <summary>Creates a fault at an address in the file.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static Fault At(JpegState* state, byte* at, ReadOnlySpan<byte> what) => Fault.At(at - state->Start, what);

    /// <summary>The fault for a segment whose length does not match its content.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static Fault WrongLength(JpegState* state, byte* at) =>
        At(state, at, "the length of a JPEG segment does not match its content"u8);

    /// <summary>The fault for a truncated file.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static Fault Truncated(JpegState* state) =>
        At(state, state->Limit, "the JPEG file ends too early\n"u8 + "is the file complete?"u8);
}
