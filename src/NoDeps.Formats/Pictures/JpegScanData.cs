using NoDeps.Primitives;

namespace NoDeps.Formats;

/// <summary>Decodes the entropy-coded data of a scan: its MCUs in order, and the restart markers between them.</summary>
internal static unsafe class JpegScanData
{
    /// <summary>Decodes the scan whose header has been read.</summary>
    public static Fault Decode(JpegState* state)
    {
        state->Bits.Limit = state->Limit;
        state->Bits.IsBroken = false;
        state->Bits.Start(state->At);
        Fault fault = state->Scan.Count == 1
            ? NonInterleaved(state, JpegState.Component(state, state->Scan.Components[0]))
            : Interleaved(state);
        state->At = state->Bits.At;
        return fault;
    }

    /// <summary>The number of blocks that the current scan visits.</summary>
    public static long Blocks(JpegState* state)
    {
        JpegScan* scan = &state->Scan;
        long blocks = 0;
        for (int i = 0; i < scan->Count; i++)
        {
            JpegComponent* component = JpegState.Component(state, scan->Components[i]);
            blocks += scan->Count == 1
                ? (long)component->BlocksWide * component->BlocksHigh
                : (long)component->PaddedWide * component->PaddedHigh;
        }
        return blocks;
    }

    private static Fault NonInterleaved(JpegState* state, JpegComponent* component)
    {
        int left = state->RestartInterval, restarts = 0;
        for (int y = 0; y < component->BlocksHigh; y++)
        {
            for (int x = 0; x < component->BlocksWide; x++)
            {
                if (state->RestartInterval != 0 && left-- == 0)
                {
                    Fault fault = Restart(state, restarts++);
                    if (!fault.IsNone) return fault;
                    left = state->RestartInterval - 1;
                }
                Block(state, component, x, y);
                if (state->Bits.IsBroken || state->Bits.IsOverrun) return Damaged(state);
            }
        }
        return Fault.None;
    }

    private static Fault Interleaved(JpegState* state)
    {
        JpegScan* scan = &state->Scan;
        int left = state->RestartInterval, restarts = 0;
        for (int y = 0; y < state->McusHigh; y++)
        {
            for (int x = 0; x < state->McusWide; x++)
            {
                if (state->RestartInterval != 0 && left-- == 0)
                {
                    Fault fault = Restart(state, restarts++);
                    if (!fault.IsNone) return fault;
                    left = state->RestartInterval - 1;
                }
                for (int i = 0; i < scan->Count; i++)
                {
                    JpegComponent* component = JpegState.Component(state, scan->Components[i]);
                    for (int v = 0; v < component->V; v++)
                        for (int h = 0; h < component->H; h++)
                            Block(state, component, x * component->H + h, y * component->V + v);
                }
                if (state->Bits.IsBroken || state->Bits.IsOverrun) return Damaged(state);
            }
        }
        return Fault.None;
    }

    private static void Block(JpegState* state, JpegComponent* component, int x, int y)
    {
        if (state->IsProgressive)
        {
            JpegProgressive.Block(state, component, component->Coefficients + 64 * ((nint)y * component->PaddedWide + x));
            return;
        }
        JpegSequential.Block(state, component, component->Plane + 8 * ((nint)y * component->Stride + x));
    }

    /// <summary>Reads restart marker <paramref name="restarts"/> and resets the state as at the start of the scan.</summary>
    private static Fault Restart(JpegState* state, int restarts)
    {
        state->At = state->Bits.At;
        Fault fault = JpegSegments.NextMarker(state, out int marker);
        if (!fault.IsNone) return fault;
        int expected = JpegMarker.Rst0 + (restarts & 7);
        if (marker != expected)
            return Fault.AtHex(state->At - 1 - state->Start, "wrong restart marker in a JPEG"u8, expected, marker)
                .WithHint("the file is damaged or incomplete"u8);
        state->Bits.Start(state->At);
        state->Scan.EndRun = 0;
        for (int i = 0; i < state->Scan.Count; i++) JpegState.Component(state, state->Scan.Components[i])->Prediction = 0;
        return Fault.None;
    }

    private static Fault Damaged(JpegState* state)
    {
        byte* at = state->Bits.At;
        if (state->Bits.IsBroken)
            return JpegSegments.At(state, at, "invalid Huffman code in a JPEG\n"u8 + "the file is damaged"u8);
        return at == state->Limit || (at + 1 == state->Limit && *at == 0xFF)
            ? JpegSegments.Truncated(state)
            : JpegSegments.At(state, at, "the data of a JPEG scan ends too early\n"u8 + "the file is damaged or incomplete"u8);
    }
}
