namespace NoDeps.Formats;

/// <summary>Decodes the four kinds of blocks in progressive scans: T.81 G.1.2 and figures G.1 to G.7.</summary>
internal static unsafe class JpegProgressive
{
    /// <summary>Decodes the current scan's data for one block.</summary>
    /// <param name="state">The state of the current scan.</param>
    /// <param name="component">The component of the block; the tables that the scan needs are defined.</param>
    /// <param name="block">The 64 coefficients in natural order.</param>
    public static void Block(JpegState* state, JpegComponent* component, short* block)
    {
        JpegScan* scan = &state->Scan;
        if (scan->First > 0)
        {
            if (scan->High == 0) AcFirst(state, component->Ac, block);
            else AcRefine(state, component->Ac, block);
        }
        else if (scan->High == 0)
        {
            DcFirst(&state->Bits, component, block, scan->Low);
        }
        else if (state->Bits.ReadBit() != 0)
        {
            block[0] |= (short)(1 << scan->Low);
        }
    }

    private static void DcFirst(JpegBits* bits, JpegComponent* component, short* block, int low)
    {
        bits->Refill();
        int size = bits->TakeSymbol(component->Dc);
        if (size != 0) component->Prediction += bits->TakeSigned(size);
        block[0] = (short)(component->Prediction << low);
    }

    private static void AcFirst(JpegState* state, JpegHuffman* table, short* block)
    {
        JpegScan* scan = &state->Scan;
        JpegBits* bits = &state->Bits;
        if (scan->EndRun > 0)
        {
            scan->EndRun--;
            return;
        }
        for (int at = scan->First; at <= scan->Last; at++)
        {
            bits->Refill();
            int symbol = bits->TakeSymbol(table), run = symbol >> 4, size = symbol & 15;
            if (size == 0 && run != 15)
            {
                scan->EndRun = EndRun(bits, run) - 1;
                return;
            }
            at += run;
            if (size == 0) continue;
            int value = bits->TakeSigned(size);
            if (at <= scan->Last) block[state->Natural[at]] = (short)(value << scan->Low);
            else bits->IsBroken = true;
        }
    }

    private static void AcRefine(JpegState* state, JpegHuffman* table, short* block)
    {
        JpegScan* scan = &state->Scan;
        JpegBits* bits = &state->Bits;
        int one = 1 << scan->Low, at = scan->First;
        while (scan->EndRun == 0 && at <= scan->Last)
        {
            bits->Refill();
            int symbol = bits->TakeSymbol(table), run = symbol >> 4, value = 0;
            if ((symbol & 15) == 0)
            {
                if (run != 15)
                {
                    scan->EndRun = EndRun(bits, run);
                    break;
                }
            }
            else
            {
                if ((symbol & 15) != 1) bits->IsBroken = true;
                value = bits->ReadBit() != 0 ? one : -one;
            }
            at = Skip(state, block, at, run);
            if (value == 0) at++;
            else if (at <= scan->Last) block[state->Natural[at++]] = (short)value;
            else bits->IsBroken = true;
        }
        if (scan->EndRun == 0) return;
        Skip(state, block, at, 64);
        scan->EndRun--;
    }

    /// <summary>
    /// Refines nonzero coefficients and skips <paramref name="zeros"/> zero ones. Returns the index of the next zero, or one
    /// past the band.
    /// </summary>
    private static int Skip(JpegState* state, short* block, int at, int zeros)
    {
        JpegBits* bits = &state->Bits;
        int one = 1 << state->Scan.Low, last = state->Scan.Last;
        for (; at <= last; at++)
        {
            short* coefficient = block + state->Natural[at];
            int value = *coefficient;
            if (value == 0)
            {
                if (zeros-- == 0) break;
                continue;
            }
            // Moves away from zero by a bit that no earlier scan supplied; branch-free because the bit is unpredictable.
            int sign = value >> 31, away = (one ^ sign) - sign;
            *coefficient = (short)(value + (away & -bits->ReadBit()));
        }
        return at;
    }

    private static int EndRun(JpegBits* bits, int size) => size == 0 ? 1 : (1 << size) + bits->Take(size);
}
