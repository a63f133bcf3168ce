using System;

namespace NoDeps.Primitives;

/// <summary>
/// Encoder for DEFLATE streams (RFC 1951), tuned for speed rather than size. The same input gives the same stream on
/// every machine.
/// </summary>
public static unsafe class Deflate
{
    private const int MaxStored = 65535;

    /// <summary>The overhead of a stored block in bytes: header, padding and two lengths.</summary>
    private const int StoredHeader = 5;

    private const int EndOfBlock = 256;

    /// <summary>
    /// The output buffer size that <see cref="Encode"/> needs for an input of <paramref name="length"/> bytes. No block
    /// is longer than it would be when stored, and every block but the last covers at least 32768 bytes. Includes the
    /// eight bytes that <see cref="BitWriter"/> stores at once.
    /// </summary>
    public static long MaxBytes(long length) => length + StoredHeader * (length / DeflateTables.MaxTokens + 2) + 8;

    /// <summary>Compresses <paramref name="input"/> to one stream.</summary>
    /// <param name="input">Any bytes.</param>
    /// <param name="output">Receives the stream; at least <see cref="MaxBytes"/> bytes, all of which may be
    /// overwritten.</param>
    /// <param name="level">The compression level.</param>
    /// <param name="tables">Scratch memory.</param>
    /// <param name="written">The length of the stream in bytes.</param>
    /// <returns>A fault (Software) if the output is too small; nothing is written then.</returns>
    public static Fault Encode(scoped ReadOnlySpan<byte> input, scoped Span<byte> output, DeflateLevel level,
        scoped ref DeflateTables tables, out int written)
    {
        written = 0;
        if (output.Length < MaxBytes(input.Length))
            return Fault.Numbers(FaultKind.Software, "too little room for compressed data"u8, MaxBytes(input.Length), output.Length);
        fixed (byte* start = input)
        fixed (byte* to = output)
        fixed (DeflateTables* scratch = &tables)
        {
            BitWriter writer = default;
            writer.At = to;
            if (level == DeflateLevel.Stored) WriteStored(ref writer, start, input.Length, true);
            else WriteBlocks(ref writer, start, input.Length, scratch);
            writer.Align();
            written = (int)(writer.At - to);
        }
        return Fault.None;
    }

    /// <summary>Writes stored blocks (RFC 1951, section 3.2.4), at least one.</summary>
    private static void WriteStored(ref BitWriter writer, byte* from, int length, bool last)
    {
        do
        {
            int now = Math.Min(length, MaxStored);
            length -= now;
            writer.Put(last && length == 0 ? 1u : 0, 3);
            writer.Align();
            writer.Put((uint)now | ((uint)(now ^ 0xFFFF) << 16), 32);
            new ReadOnlySpan<byte>(from, now).CopyTo(new Span<byte>(writer.At, now));
            writer.At += now;
            from += now;
        }
        while (length > 0);
    }

    private static void WriteBlocks(ref BitWriter writer, byte* start, int length, DeflateTables* tables)
    {
        DeflateMatcher.Reset(tables);
        int at = 0;
        do
        {
            for (int i = 0; i < DeflateTables.LiteralSymbols; i++) tables->LiteralCounts[i] = 0;
            for (int i = 0; i < DeflateTables.DistanceSymbols; i++) tables->DistanceCounts[i] = 0;
            tables->LiteralCounts[EndOfBlock] = 1;
            int from = at;
            at = DeflateMatcher.Tokenize(tables, start, at, length, out int tokens);
            WriteBlock(ref writer, start + from, at - from, tokens, at == length, tables);
        }
        while (at < length);
    }

    /// <summary>Writes the tokens as the shortest of the three block types.</summary>
    private static void WriteBlock(ref BitWriter writer, byte* from, int length, int tokens, bool last, DeflateTables* tables)
    {
        uint* literalCounts = tables->LiteralCounts, distanceCounts = tables->DistanceCounts;
        byte* lengths = tables->Lengths;
        HuffmanCode.ComputeLengths(literalCounts, DeflateTables.LiteralSymbols, 15, lengths, tables->Sorted);
        int literals = DeflateTables.LiteralSymbols;
        while (lengths[literals - 1] == 0) literals--; // end-of-block always has a code
        HuffmanCode.ComputeLengths(distanceCounts, DeflateTables.DistanceSymbols, 15, lengths + literals, tables->Sorted);
        int distances = DeflateTables.DistanceSymbols;
        while (lengths[literals + distances - 1] == 0) distances--;

        long extra = 0;
        for (int i = 257; i < DeflateTables.LiteralSymbols; i++) extra += literalCounts[i] * DeflateMatcher.LengthExtra(i);
        for (int i = 0; i < DeflateTables.DistanceSymbols; i++) extra += distanceCounts[i] * DeflateMatcher.DistanceExtra(i);
        long fixedBits = 3 + extra;
        for (int i = 0; i < DeflateTables.LiteralSymbols; i++) fixedBits += literalCounts[i] * FixedLength(i);
        for (int i = 0; i < DeflateTables.DistanceSymbols; i++) fixedBits += distanceCounts[i] * 5;
        long dynamicBits = 3 + extra + EncodeCodeLengths(tables, literals, distances, out int codeLengthTokens, out int codeLengths);
        for (int i = 0; i < literals; i++) dynamicBits += literalCounts[i] * lengths[i];
        for (int i = 0; i < distances; i++) dynamicBits += distanceCounts[i] * lengths[literals + i];

        // Three header bits, padding and whole bytes. More than 65535 bytes take several stored blocks.
        long more = length == 0 ? 0 : (length - 1) / MaxStored;
        long storedBits = 3 + (-(writer.Pending + 3) & 7) + 32 + 8 * (length + StoredHeader * more);
        if (storedBits <= Math.Min(fixedBits, dynamicBits))
        {
            WriteStored(ref writer, from, length, last);
            return;
        }
        if (fixedBits <= dynamicBits)
        {
            writer.Put(last ? 3u : 2, 3);
            for (int i = 0; i < 288; i++) tables->FixedLengths[i] = (byte)FixedLength(i);
            HuffmanCode.ComputeCodes(tables->FixedLengths, 288, tables->LiteralCodes);
            for (int i = 0; i < 32; i++) tables->FixedLengths[i] = 5;
            HuffmanCode.ComputeCodes(tables->FixedLengths, 32, tables->DistanceCodes);
        }
        else
        {
            writer.Put(last ? 5u : 4, 3);
            WriteHeader(ref writer, tables, literals, distances, codeLengthTokens, codeLengths);
            HuffmanCode.ComputeCodes(lengths, literals, tables->LiteralCodes);
            HuffmanCode.ComputeCodes(lengths + literals, distances, tables->DistanceCodes);
        }
        WriteSymbols(ref writer, tokens, tables);
    }

    /// <summary>The code length of a symbol in the fixed code, RFC 1951, section 3.2.6.</summary>
    private static int FixedLength(int symbol) => symbol < 144 ? 8 : symbol < 256 ? 9 : symbol < 280 ? 7 : 8;

    /// <summary>The order in which the lengths of the code length codes are sent, RFC 1951, section 3.2.7.</summary>
    private static ReadOnlySpan<byte> CodeLengthOrder =>
        [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15];

    /// <summary>The number of extra bits of a code length symbol.</summary>
    private static int CodeLengthExtra(int symbol) => symbol < 16 ? 0 : symbol == 16 ? 2 : symbol == 17 ? 3 : 7;

    /// <summary>
    /// Run-length encodes the code lengths into <see cref="DeflateTables.CodeLengthTokens"/> and builds the code for
    /// these; returns the size of the dynamic block's header in bits.
    /// </summary>
    private static long EncodeCodeLengths(DeflateTables* tables, int literals, int distances, out int codeLengthTokens, out int codeLengths)
    {
        uint* counts = tables->CodeLengthCounts;
        byte* lengths = tables->CodeLengthLengths;
        for (int i = 0; i < DeflateTables.CodeLengthSymbols; i++) counts[i] = 0;
        codeLengthTokens = 0;
        int total = literals + distances;
        for (int i = 0; i < total;)
        {
            byte length = tables->Lengths[i];
            int run = 1;
            while (i + run < total && tables->Lengths[i + run] == length && run < 138) run++;
            int symbol = length;
            int extra = 0;
            if (length == 0 && run >= 3)
            {
                symbol = run < 11 ? 17 : 18;
                extra = run - (run < 11 ? 3 : 11);
            }
            else if (run >= 4)
            {
                // The length itself comes first, then its repetitions.
                counts[symbol]++;
                tables->CodeLengthTokens[codeLengthTokens++] = (ushort)symbol;
                i++;
                run = Math.Min(run - 1, 6);
                symbol = 16;
                extra = run - 3;
            }
            else
            {
                run = 1;
            }
            counts[symbol]++;
            tables->CodeLengthTokens[codeLengthTokens++] = (ushort)(symbol | (extra << 8));
            i += run;
        }
        HuffmanCode.ComputeLengths(counts, DeflateTables.CodeLengthSymbols, 7, lengths, tables->Sorted);
        codeLengths = DeflateTables.CodeLengthSymbols;
        while (codeLengths > 4 && lengths[CodeLengthOrder[codeLengths - 1]] == 0) codeLengths--;
        long bits = 14 + 3 * codeLengths;
        for (int i = 0; i < DeflateTables.CodeLengthSymbols; i++) bits += counts[i] * (lengths[i] + CodeLengthExtra(i));
        return bits;
    }

    /// <summary>Writes the header of a dynamic block, RFC 1951, section 3.2.7.</summary>
    private static void WriteHeader(ref BitWriter writer, DeflateTables* tables, int literals, int distances, int codeLengthTokens,
        int codeLengths)
    {
        byte* lengths = tables->CodeLengthLengths;
        uint* codes = tables->CodeLengthCodes;
        writer.Put((uint)(literals - 257) | ((uint)(distances - 1) << 5) | ((uint)(codeLengths - 4) << 10), 14);
        for (int i = 0; i < codeLengths; i++) writer.Put(lengths[CodeLengthOrder[i]], 3);
        HuffmanCode.ComputeCodes(lengths, DeflateTables.CodeLengthSymbols, codes);
        for (int i = 0; i < codeLengthTokens; i++)
        {
            int symbol = tables->CodeLengthTokens[i] & 31;
            uint code = codes[symbol];
            writer.Put(code & 0xFFFF, (int)(code >> 16));
            writer.Put((uint)tables->CodeLengthTokens[i] >> 8, CodeLengthExtra(symbol));
        }
    }

    private static void WriteSymbols(ref BitWriter to, int tokens, DeflateTables* tables)
    {
        BitWriter writer = to;
        FillMatchCodes(tables->LiteralCodes, tables->MatchCodes);
        for (int i = 0; i < tokens; i++)
        {
            uint token = tables->Tokens[i];
            if (token < 256)
            {
                uint code = tables->LiteralCodes[token];
                writer.Put(code & 0xFFFF, (int)(code >> 16));
                continue;
            }
            uint match = tables->MatchCodes[token & 0xFFFF];
            uint distance = token >> 16;
            int symbol = DeflateMatcher.DistanceSymbol(distance);
            int extra = DeflateMatcher.DistanceExtra(symbol);
            uint distanceCode = tables->DistanceCodes[symbol];
            int matchBits = (int)(match >> 24);
            int codeBits = (int)(distanceCode >> 16);
            ulong low = (distance - 1) & ((1u << extra) - 1);
            ulong bits = (match & 0xFF_FFFF) | ((ulong)((distanceCode & 0xFFFF) | (low << codeBits)) << matchBits);
            writer.Put(bits, matchBits + codeBits + extra);
        }
        writer.Put(tables->LiteralCodes[EndOfBlock] & 0xFFFF, (int)(tables->LiteralCodes[EndOfBlock] >> 16));
        to = writer;
    }

    private static void FillMatchCodes(uint* literalCodes, uint* matchCodes)
    {
        for (int length = 3; length <= DeflateTables.MaxMatchLength; length++)
        {
            int symbol = DeflateMatcher.LengthSymbol(length);
            uint code = literalCodes[symbol];
            int extra = DeflateMatcher.LengthExtra(symbol);
            int codeBits = (int)(code >> 16);
            uint low = (uint)(length - 3) & ((1u << extra) - 1);
            matchCodes[length] = (code & 0xFFFF) | (low << codeBits) | ((uint)(codeBits + extra) << 24);
        }
    }
}
