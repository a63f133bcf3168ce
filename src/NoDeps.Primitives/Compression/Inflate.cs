using System;

namespace NoDeps.Primitives;

/// <summary>
/// Decoder for DEFLATE streams (RFC 1951). Accepts and rejects the same streams as zlib. Reads nothing outside the
/// input and writes nothing outside the output, whatever the input contains.
/// </summary>
public static unsafe class Inflate
{
    /// <summary>The maximum compression ratio: a match of 258 bytes takes at least two bits.</summary>
    public const int MaxRatio = 1032;

    /// <summary>Decompresses one stream from the start of <paramref name="input"/>.</summary>
    /// <param name="input">Starts with a stream; bytes after the stream are not consumed.</param>
    /// <param name="output">Receives the data. Bytes after the first <paramref name="written"/> may be overwritten
    /// too.</param>
    /// <param name="tables">Scratch memory.</param>
    /// <param name="consumed">The length of the stream in bytes, including a partial last byte.</param>
    /// <param name="written">The length of the data; after a fault, the number of bytes decoded before it.</param>
    /// <returns>None, or a fault whose offset from the start of the input is the byte in which the offending code
    /// begins.</returns>
    public static Fault Decode(scoped ReadOnlySpan<byte> input, scoped Span<byte> output,
        scoped ref InflateTables tables, out int consumed, out int written) =>
        Decode(input, output, ref tables, true, false, null, out consumed, out written, out _);

    /// <summary>
    /// As <see cref="Decode"/>, but also computes the CRC-32 of the data, while each block is still in the cache.
    /// </summary>
    public static Fault DecodeWithCrc(scoped ReadOnlySpan<byte> input, scoped Span<byte> output,
        scoped ref InflateTables tables, out int consumed, out int written, out uint crc) =>
        Decode(input, output, ref tables, true, true, null, out consumed, out written, out crc);

    /// <summary>As <see cref="Decode"/>, but always one symbol at a time: the reference form.</summary>
    public static Fault DecodeScalar(scoped ReadOnlySpan<byte> input, scoped Span<byte> output,
        scoped ref InflateTables tables, out int consumed, out int written) =>
        Decode(input, output, ref tables, false, false, null, out consumed, out written, out _);

    /// <summary>As <see cref="DecodeScalar"/>, but reports each step to <paramref name="trace"/>.</summary>
    public static Fault DecodeTraced(scoped ReadOnlySpan<byte> input, scoped Span<byte> output,
        scoped ref InflateTables tables, InflateTrace trace, out int consumed, out int written) =>
        Decode(input, output, ref tables, false, false, trace, out consumed, out written, out _);

    /// <summary>Computes the decompressed size of a stream by decoding it without storing anything.</summary>
    public static Fault Measure(scoped ReadOnlySpan<byte> input, scoped ref InflateTables tables, out int consumed,
        out long size)
    {
        InflateState state = default;
        state.OutEnd = (byte*)long.MaxValue;
        fixed (byte* start = input)
        {
            Fault fault = Run(ref state, ref tables, start, input.Length, out consumed);
            size = (long)state.Out;
            return fault;
        }
    }

    private static Fault Decode(scoped ReadOnlySpan<byte> input, scoped Span<byte> output,
        scoped ref InflateTables tables, bool fast, bool computesCrc, InflateTrace trace, out int consumed, out int written,
        out uint crc)
    {
        fixed (byte* start = input)
        fixed (byte* to = output)
        {
            InflateState state = default;
            state.Out = to;
            state.OutStart = to;
            state.OutEnd = to + output.Length;
            state.StoresOutput = true;
            state.Fast = fast;
            state.ComputesCrc = computesCrc;
            state.Trace = trace;
            if (trace != null) trace.Start = start;
            Fault fault = Run(ref state, ref tables, start, input.Length, out consumed);
            written = (int)(state.Out - to);
            crc = state.Crc;
            return fault;
        }
    }

    private static Fault Run(scoped ref InflateState state, scoped ref InflateTables tables, byte* start, int length,
        out int consumed)
    {
        state.In = start;
        state.InEnd = start + length;
        InflateError error;
        bool last;
        do
        {
            byte* from = state.Out;
            error = DecodeBlock(ref state, ref tables, out last);
            if (state.ComputesCrc) state.Crc = Crc32.Update(state.Crc, new ReadOnlySpan<byte>(from, (int)(state.Out - from)));
        }
        while (error == InflateError.None && !last);
        consumed = (int)(state.In - start) - (state.Count >> 3);
        if (error == InflateError.None) return Fault.None;
        int offset = (int)(state.In - start) - ((state.Count + 7) >> 3);
        if (error == InflateError.Truncated)
            return Fault.At(length, "the compressed data ends too early\n"u8 + "is the file complete?"u8);
        return Fault.At(offset, WordList.At(Texts, error - InflateError.Truncated - 1, (byte)'\n'));
    }

    /// <summary>
    /// One line for each <see cref="InflateError"/> after <see cref="InflateError.Truncated"/>, in order.
    /// </summary>
    private static ReadOnlySpan<byte> Texts => """
        more decompressed data than expected
        invalid deflate block type
        stored block's two lengths disagree
        too many literal or distance codes in a deflate block
        invalid code length code in a deflate block
        invalid repetition of code lengths in a deflate block
        deflate block has no code for its end
        literal and length codes are no prefix code
        distance codes are no prefix code
        invalid literal or length code
        invalid distance code
        distance reaches back before the start of the data
        """u8;

    private static InflateError DecodeBlock(ref InflateState state, ref InflateTables tables, out bool last)
    {
        last = false;
        state.Refill();
        if (state.Count < 3) return InflateError.Truncated;
        uint header = state.Peek(3);
        uint type = header >> 1;
        if (type == 3) return InflateError.BadBlockType;
        state.Drop(3);
        last = (header & 1) != 0;
        if (state.Trace != null) state.Trace.IsLast = last;
        state.Report(InflateStep.Block, (int)type);
        if (type == 0) return DecodeStored(ref state);
        InflateError error;
        if (type == 2)
        {
            error = ReadDynamicCodes(ref state, ref tables);
        }
        else
        {
            error = tables.BuildFixed();
            ReportCodes(ref state, ref tables, InflateStep.Codes, 288, 32);
        }
        return error == InflateError.None ? DecodeSymbols(ref state, ref tables) : error;
    }

    private static void ReportCodes(ref InflateState state, ref InflateTables tables, InflateStep step, int symbols,
        int distances)
    {
        if (state.Trace == null) return;
        fixed (byte* lengths = tables.Lengths) state.Trace.Lengths = lengths;
        state.Trace.Distances = distances;
        state.Report(step, symbols);
    }

    /// <summary>Reads a stored block, RFC 1951, section 3.2.4.</summary>
    private static InflateError DecodeStored(ref InflateState state)
    {
        state.In -= state.Count >> 3;
        state.Count = 0;
        state.Bits = 0;
        if (state.InEnd - state.In < 4) return InflateError.Truncated;
        int length = state.In[0] | (state.In[1] << 8);
        int inverse = state.In[2] | (state.In[3] << 8);
        if ((length ^ inverse) != 0xFFFF) return InflateError.BadStoredLength;
        state.In += 4;
        // Copy what is available even if it is incomplete, so that the fault has the right offset.
        long have = Math.Min(state.InEnd - state.In, length);
        long take = Math.Min(state.OutEnd - state.Out, have);
        if (state.StoresOutput) new ReadOnlySpan<byte>(state.In, (int)take).CopyTo(new Span<byte>(state.Out, (int)take));
        state.In += take;
        if (state.Trace != null) state.Trace.Bytes = state.Out;
        state.Out += take;
        state.Report(InflateStep.Stored, (int)take);
        return take < have ? InflateError.OutputFull : have < length ? InflateError.Truncated : InflateError.None;
    }

    /// <summary>The order in which a dynamic block sends the lengths of the code length codes.</summary>
    private static ReadOnlySpan<byte> CodeLengthOrder =>
        [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15];

    /// <summary>Reads the codes of a dynamic block, RFC 1951, section 3.2.7.</summary>
    private static InflateError ReadDynamicCodes(ref InflateState state, ref InflateTables tables)
    {
        state.Refill();
        if (state.Count < 14) return InflateError.Truncated;
        int literals = 257 + (int)state.Peek(5);
        int distances = 1 + (int)(state.Peek(10) >> 5);
        int lengths = 4 + (int)(state.Peek(14) >> 10);
        if (literals > 286 || distances > 30) return InflateError.TooManyCodes;
        state.Drop(14);
        for (int i = 0; i < 19; i++)
        {
            uint length = 0;
            if (i < lengths && !state.TryRead(3, out length)) return InflateError.Truncated;
            tables.Lengths[CodeLengthOrder[i]] = (byte)length;
        }
        InflateError error = tables.BuildCodeLengths();
        ReportCodes(ref state, ref tables, InflateStep.CodeLengths, 19, 0);
        if (error == InflateError.None) error = ReadLengths(ref state, ref tables, literals + distances);
        if (error == InflateError.None) ReportCodes(ref state, ref tables, InflateStep.Codes, literals, distances);
        if (error == InflateError.None) error = tables.BuildLiterals(0, literals);
        return error == InflateError.None ? tables.BuildDistances(literals, distances) : error;
    }

    private static InflateError ReadLengths(ref InflateState state, ref InflateTables tables, int total)
    {
        byte previous = 0;
        int done = 0;
        while (done < total)
        {
            state.Refill();
            uint entry = tables.CodeLengths[state.Peek(InflateTables.CodeLengthBits)];
            int bits = (int)(entry & 63);
            int symbol = (int)(entry >> 16);
            // Symbols 16, 17 and 18 are repetitions, with 2, 3 and 7 extra bits.
            int extra = symbol < 16 ? 0 : symbol == 16 ? 2 : symbol == 17 ? 3 : 7;
            if (bits + extra > state.Count) return InflateError.Truncated;
            if (symbol == 16 && done == 0) return InflateError.BadRepeat;
            int times = symbol < 16 ? 1 : (symbol == 18 ? 11 : 3) + (int)(state.Peek(bits + extra) >> bits);
            if (times > total - done) return InflateError.BadRepeat;
            state.Drop(bits + extra);
            if (symbol != 16) previous = (byte)(symbol < 16 ? symbol : 0);
            for (; times > 0; times--) tables.Lengths[done++] = previous;
        }
        return InflateError.None;
    }

    /// <summary>
    /// Decodes a block up to its end: in the fast loop while the margins allow it, otherwise one symbol at a time.
    /// </summary>
    private static InflateError DecodeSymbols(ref InflateState state, ref InflateTables tables)
    {
        fixed (uint* literals = tables.Literals)
        fixed (uint* distances = tables.Distances)
        {
            while (true)
            {
                if (state.Fast && InflateFast.HasMargins(ref state))
                {
                    InflateError error = InflateFast.Run(ref state, literals, distances, out bool ended);
                    if (ended || error != InflateError.None) return error;
                }
                state.Refill();
                uint entry = LookUp(ref state, literals, InflateTables.LiteralBits);
                int bits = (int)((entry & InflateTables.Literal) != 0 ? entry & 63 : (entry >> 8) & 31);
                if (bits > state.Count) return InflateError.Truncated;
                if (state.Trace != null) RecordCode(ref state, entry, bits);
                if ((entry & InflateTables.Special) != 0)
                {
                    if ((entry & InflateTables.EndOfBlock) == 0) return InflateError.UnknownLiteral;
                    state.Drop(bits);
                    state.Report(InflateStep.End, 0);
                    return InflateError.None;
                }
                if ((entry & InflateTables.Literal) != 0)
                {
                    if (state.Out == state.OutEnd) return InflateError.OutputFull;
                    if (state.StoresOutput) *state.Out = (byte)(entry >> 16);
                    state.Out++;
                    state.Drop(bits);
                    if (state.Trace != null) state.Report(InflateStep.Literal, (int)(entry >> 16 & 0xFF));
                    continue;
                }
                int length = (int)(entry >> 16 & 0x1FF) + (int)(state.Peek(bits) >> (int)(entry >> 25));
                state.Drop(bits);
                InflateError matchError = DecodeMatch(ref state, length, distances);
                if (matchError != InflateError.None) return matchError;
            }
        }
    }

    private static void RecordCode(ref InflateState state, uint entry, int bits)
    {
        int code = (entry & (InflateTables.Literal | InflateTables.Special)) != 0 ? bits : (int)(entry >> 25);
        state.Trace.Code = state.Peek(bits);
        state.Trace.CodeBits = code;
        state.Trace.ExtraBits = bits - code;
    }

    /// <summary>Reads the distance of a match and copies its bytes.</summary>
    private static InflateError DecodeMatch(ref InflateState state, int length, uint* distances)
    {
        state.Refill();
        uint entry = LookUp(ref state, distances, InflateTables.DistanceBits);
        int bits = (int)(entry & 63);
        if (bits > state.Count) return InflateError.Truncated;
        if ((entry & InflateTables.Special) != 0) return InflateError.UnknownDistance;
        int distance = (int)(entry >> 16) + (int)(state.Peek(bits) >> (int)((entry >> 8) & 15));
        if (distance > state.Out - state.OutStart) return InflateError.TooFarBack;
        if (length > state.OutEnd - state.Out) return InflateError.OutputFull;
        if (state.Trace != null)
        {
            state.Trace.DistanceCode = state.Peek(bits);
            state.Trace.DistanceBits = (int)((entry >> 8) & 15);
            state.Trace.DistanceExtraBits = bits - state.Trace.DistanceBits;
            state.Trace.Distance = distance;
            state.Trace.Bytes = state.Out;
        }
        state.Drop(bits);
        if (state.StoresOutput)
            for (int i = 0; i < length; i++) state.Out[i] = state.Out[i - distance];
        state.Out += length;
        if (state.Trace != null) state.Report(InflateStep.Match, length);
        return InflateError.None;
    }

    /// <summary>Looks up the next code, in a subtable if necessary.</summary>
    private static uint LookUp(ref InflateState state, uint* table, int tableBits)
    {
        uint entry = table[state.Peek(tableBits)];
        if ((entry & InflateTables.Subtable) == 0 || (entry & InflateTables.Special) == 0) return entry;
        int bits = (int)(entry >> 8) & 15;
        return table[(entry >> 16) + ((uint)(state.Bits >> tableBits) & ((1u << bits) - 1))];
    }
}
