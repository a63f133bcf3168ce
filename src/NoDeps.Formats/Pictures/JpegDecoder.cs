using NoDeps.Primitives;

namespace NoDeps.Formats;

/// <summary>Decodes all scans of a JPEG file and converts them to pixels.</summary>
internal static unsafe class JpegDecoder
{
    private const int MaxScans = 1000;
    /// <summary>
    /// How many times scans may visit all blocks. A file that sends each bit of each coefficient separately has 64 × 11 short
    /// scans, but real ones have about ten. Small pictures may have more, which costs little.
    /// </summary>
    private const int MaxPasses = 100;
    private const long CheapBlocks = 1 << 22;

    /// <summary>Reads up to the first scan.</summary>
    public static Fault ReadHeader(JpegState* state)
    {
        long length = state->Limit - state->Start;
        if (length < 2 || state->Start[0] != 0xFF || state->Start[1] != JpegMarker.Soi)
            return JpegSegments.At(state, state->Start, "not a JPEG file"u8);
        state->At = state->Start + 2;
        Fault fault = JpegSegments.ReadToScan(state, out int marker);
        if (!fault.IsNone) return fault;
        return marker == JpegMarker.Eoi ? JpegSegments.At(state, state->At - 2, "the JPEG file contains no picture"u8) : fault;
    }

    /// <summary>Checks that the file is long enough for its picture: every block takes at least one bit.</summary>
    public static Fault CheckLength(JpegState* state) =>
        AllBlocks(state) > 8 * (state->Limit - state->Start) ? JpegSegments.Truncated(state) : Fault.None;

    /// <summary>Decodes the scans into the planes.</summary>
    /// <param name="state">A file read up to its first scan, with its planes allocated.</param>
    public static Fault ReadScans(JpegState* state)
    {
        long max = MaxPasses * AllBlocks(state), blocks = 0;
        if (max < CheapBlocks) max = CheapBlocks;
        for (int i = 0; i < state->Components && state->IsProgressive; i++)
        {
            JpegComponent* component = JpegState.Component(state, i);
            MemoryFill.Fill((byte*)component->Coefficients, 0, (nuint)JpegLayout.CoefficientBytes(component));
        }
        for (int scans = 1; ; scans++)
        {
            blocks += JpegScanData.Blocks(state);
            if (scans > MaxScans || blocks > max)
                return JpegSegments.At(state, state->At, "the JPEG file has too many scans\n"u8 +
                    "save it again with another program"u8);
            Fault fault = JpegScanHeader.Begin(state);
            if (fault.IsNone) fault = JpegScanData.Decode(state);
            if (!fault.IsNone) return fault;
            if (!state->IsProgressive && IsComplete(state)) return fault;
            fault = JpegSegments.ReadToScan(state, out int marker);
            if (!fault.IsNone) return fault;
            if (marker == JpegMarker.Eoi) break;
        }
        if (!IsComplete(state)) return JpegSegments.At(state, state->At - 2, "the JPEG file ends before all components are complete"u8);
        Transform(state);
        return Fault.None;
    }

    private static long AllBlocks(JpegState* state)
    {
        long blocks = 0;
        for (int i = 0; i < state->Components; i++)
        {
            JpegComponent* component = JpegState.Component(state, i);
            blocks += (long)component->BlocksWide * component->BlocksHigh;
        }
        return blocks;
    }

    private static bool IsComplete(JpegState* state)
    {
        for (int i = 0; i < state->Components; i++)
            if (!JpegState.Component(state, i)->HasData) return false;
        return true;
    }

    /// <summary>Transforms the coefficients of a progressive picture to samples.</summary>
    private static void Transform(JpegState* state)
    {
        for (int i = 0; i < state->Components; i++)
        {
            JpegComponent* component = JpegState.Component(state, i);
            for (int y = 0; y < component->BlocksHigh; y++)
            {
                short* block = component->Coefficients + 64 * (nint)y * component->PaddedWide;
                byte* to = component->Plane + 8 * (nint)y * component->Stride;
                for (int x = 0; x < component->BlocksWide; x++, block += 64, to += 8)
                    JpegTransform.Inverse(block, component->Quantization, to, component->Stride);
            }
        }
    }

    /// <summary>Converts the planes to the output pixels.</summary>
    public static void Write(JpegState* state, byte* output)
    {
        JpegColorModel model = Model(state);
        nint rowBytes = (nint)state->Width * (model == JpegColorModel.Gray ? 1 : 3);
        for (int y = 0; y < state->Height; y++) JpegColor.Row(state, model, y, output + y * rowBytes);
    }

    private static JpegColorModel Model(JpegState* state) => state->Model(JpegState.Component(state, 0)->Id,
        JpegState.Component(state, 1)->Id, JpegState.Component(state, 2)->Id);
}
