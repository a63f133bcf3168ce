namespace NoDeps.Formats;

/// <summary>Decodes the blocks of a sequential scan: T.81 F.2.2.</summary>
internal static unsafe class JpegSequential
{
    /// <summary>Decodes one block and writes its 8 × 8 samples.</summary>
    /// <param name="state">The state of the current scan.</param>
    /// <param name="component">The component of the block; its tables are defined.</param>
    /// <param name="to">The address of the first sample.</param>
    public static void Block(JpegState* state, JpegComponent* component, byte* to)
    {
        JpegBits* reader = &state->Bits;
        JpegHuffman* table = component->Ac;
        short* block = state->Block;
        byte* natural = state->Natural;
        reader->Refill();
        int size = reader->TakeSymbol(component->Dc);
        if (size != 0) component->Prediction += reader->TakeSigned(size);
        block[0] = (short)component->Prediction;
        // What the reader's methods do, with its state in registers.
        ulong bits = reader->Bits;
        int count = reader->Count, at = 1;
        while (at < 64)
        {
            JpegBits.Refill(reader, ref bits, ref count);
            int entry = table->Lookup[(int)(bits >> (64 - JpegHuffman.LookupBits))];
            if (entry == 0) entry = JpegHuffman.FindLong(table, (int)(bits >> 48));
            bits <<= entry >> 8;
            count -= entry >> 8;
            size = entry & 15;
            int run = (entry >> 4) & 15;
            if (size == 0)
            {
                if (entry == 0) reader->IsBroken = true;
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
                reader->IsBroken = true;
                break;
            }
            block[natural[at++]] = (short)value;
        }
        reader->Bits = bits;
        reader->Count = count;
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
