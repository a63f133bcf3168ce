namespace NoDeps.Formats;

/// <summary>The blocks of a sequential scan: T.81 F.2.2.</summary>
internal static unsafe class JpegSequential
{
    /// <summary>Decodes one block and writes its 8 × 8 samples.</summary>
    /// <param name="state">The scan at hand.</param>
    /// <param name="component">Whose block it is; its tables are defined.</param>
    /// <param name="to">The place of the first sample.</param>
    public static void Block(JpegState* state, JpegComponent* component, byte* to)
    {
        JpegBits* bits = &state->Bits;
        JpegHuffman* table = component->Ac;
        short* block = state->Block;
        bits->Refill();
        int size = bits->TakeSymbol(component->Dc);
        if (size != 0) component->Prediction += bits->TakeSigned(size);
        block[0] = (short)component->Prediction;
        int at = 1;
        while (at < 64)
        {
            bits->Refill();
            int symbol = bits->TakeSymbol(table);
            size = symbol & 15;
            int run = symbol >> 4;
            if (size == 0)
            {
                if (run != 15) break;
                at += 16;
                continue;
            }
            at += run;
            int value = bits->TakeSigned(size);
            if (at > 63)
            {
                bits->IsBroken = true;
                break;
            }
            block[state->Natural[at++]] = (short)value;
        }
        if (at == 1)
        {
            JpegTransform.Flat(block[0], component->Quantization[0], to, component->Stride);
            return;
        }
        JpegTransform.Inverse(block, component->Quantization, to, component->Stride);
        ulong* clear = (ulong*)block;
        for (int i = 0; i < 16; i++) clear[i] = 0;
    }
}
