using NoDeps.Primitives;

namespace NoDeps.Formats;

/// <summary>Reads and checks the header of a scan: T.81 B.2.3 and, for progressive pictures, G.1.1.1.</summary>
internal static unsafe class JpegScanHeader
{
    private const int MaxBlocks = 10, MaxLow = 13;

    /// <summary>Reads a scan header into <see cref="JpegState.Scan"/>.</summary>
    public static Fault Read(JpegState* state, byte* body, int length)
    {
        JpegScan* scan = &state->Scan;
        if (state->Width == 0) return JpegSegments.At(state, body, "a JPEG scan before the frame header"u8);
        if (length < 1) return JpegSegments.WrongLength(state, body);
        scan->Count = body[0];
        if (scan->Count < 1 || scan->Count > state->Components)
            return JpegSegments.At(state, body, "invalid number of components in a scan"u8);
        if (length != 4 + 2 * scan->Count) return JpegSegments.WrongLength(state, body);
        byte* last = body + 1 + 2 * scan->Count;
        scan->First = last[0];
        scan->Last = last[1];
        scan->High = last[2] >> 4;
        scan->Low = last[2] & 15;
        scan->EndRun = 0;
        Fault fault = state->IsProgressive ? Selection(state, last) : Fault.None;
        if (!fault.IsNone) return fault;
        int blocks = 0;
        for (int i = 0; i < scan->Count; i++)
        {
            fault = Component(state, i, body + 1 + 2 * i);
            if (!fault.IsNone) return fault;
            JpegComponent* component = JpegState.Component(state, scan->Components[i]);
            blocks += component->H * component->V;
        }
        if (scan->Count > 1 && blocks > MaxBlocks)
            return JpegSegments.At(state, body, "a scan with more than 10 blocks per MCU"u8);
        return Fault.None;
    }

    private static Fault Component(JpegState* state, int index, byte* body)
    {
        JpegScan* scan = &state->Scan;
        int found = 0;
        while (found < state->Components && JpegState.Component(state, found)->Id != body[0]) found++;
        if (found == state->Components) return JpegSegments.At(state, body, "a scan of a component that the picture does not have"u8);
        for (int i = 0; i < index; i++)
            if (scan->Components[i] == found) return JpegSegments.At(state, body, "a scan with the same component twice"u8);
        scan->Components[index] = found;
        JpegComponent* component = JpegState.Component(state, found);
        int dc = body[1] >> 4, ac = body[1] & 15;
        // In a progressive scan, only the index of a table that it uses is meaningful.
        bool usesDc = !state->IsProgressive || (scan->First == 0 && scan->High == 0);
        bool usesAc = !state->IsProgressive || scan->First > 0;
        if ((usesDc && dc >= JpegState.Tables) || (usesAc && ac >= JpegState.Tables))
            return JpegSegments.At(state, body + 1, "invalid Huffman table index"u8);
        component->Dc = usesDc ? JpegState.Dc(state, dc) : null;
        component->Ac = usesAc ? JpegState.Ac(state, ac) : null;
        return Fault.None;
    }

    private static Fault Selection(JpegState* state, byte* at)
    {
        JpegScan* scan = &state->Scan;
        bool fits = scan->First == 0
            ? scan->Last == 0
            : scan->Last >= scan->First && scan->Last < 64 && scan->Count == 1;
        if (scan->Low > MaxLow || (scan->High != 0 && scan->High != scan->Low + 1)) fits = false;
        return fits ? Fault.None : JpegSegments.At(state, at, "a progressive scan with invalid parameters"u8);
    }

    /// <summary>
    /// Prepares the current scan for decoding. All of its tables must have been defined, and a progressive scan must continue
    /// the scans before it.
    /// </summary>
    public static Fault Begin(JpegState* state)
    {
        JpegScan* scan = &state->Scan;
        for (int i = 0; i < scan->Count; i++)
        {
            JpegComponent* component = JpegState.Component(state, scan->Components[i]);
            component->Prediction = 0;
            if ((component->Dc != null && !component->Dc->IsDefined) || (component->Ac != null && !component->Ac->IsDefined))
                return JpegSegments.At(state, state->At, "a scan with an undefined Huffman table"u8);
            if (!state->IsProgressive && component->HasData)
                return JpegSegments.At(state, state->At, "two scans of the same component"u8);
            if (state->IsProgressive && !Continues(scan, component))
                return JpegSegments.At(state, state->At, "a progressive scan that does not continue the scans before it"u8);
            if (component->HasData) continue;
            if ((state->QuantizationDefined & (1 << component->QuantizationIndex)) == 0)
                return JpegSegments.At(state, state->At, "a scan with an undefined quantization table"u8);
            int* table = state->Quantization + 64 * component->QuantizationIndex;
            for (int k = 0; k < 64; k++) component->Quantization[k] = table[k];
            component->HasData = true;
        }
        return Fault.None;
    }

    private static bool Continues(JpegScan* scan, JpegComponent* component)
    {
        if (scan->First > 0 && !component->HasData) return false;
        for (int k = scan->First; k <= scan->Last; k++)
        {
            int expected = scan->High == 0 ? -1 : scan->High;
            if (component->LowBits[k] != expected) return false;
            component->LowBits[k] = (sbyte)scan->Low;
        }
        return true;
    }
}
