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
        JpegBits* home = &state->Bits;
        JpegHuffman* table = component->Ac;
        short* block = state->Block;
        byte* natural = state->Natural;
        home->Refill();
        int size = home->TakeSymbol(component->Dc);
        if (size != 0) component->Prediction += home->TakeSigned(size);
        block[0] = (short)component->Prediction;
        // The same as home's methods do, in registers.
        ulong bits = home->Bits;
        int count = home->Count, at = 1;
        while (at < 64)
        {
            JpegBits.Refill(home, ref bits, ref count);
            int entry = table->Look[(int)(bits >> (64 - JpegHuffman.LookBits))];
            if (entry == 0) entry = JpegHuffman.FindLong(table, (int)(bits >> 48));
            bits <<= entry >> 8;
            count -= entry >> 8;
            size = entry & 15;
            int run = (entry >> 4) & 15;
            if (size == 0)
            {
                if (entry == 0) home->IsBroken = true;
                if (run != 15) break;
                at += 16;
                continue;
            }
            at += run;
            int isPositive = (int)((long)bits >> 63);
            int value = (int)(bits >> (64 - size)) + (((-1 << size) + 1) & ~isPositive);
            bits <<= size;
            count -= size;
            if (at > 63)
            {
                home->IsBroken = true;
                break;
            }
            block[natural[at++]] = (short)value;
        }
        home->Bits = bits;
        home->Count = count;
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
