using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using NoDeps.Primitives;

namespace NoDeps.Network;

/// <summary>Loads images, one byte per pixel, into lanes: gathered, transposed in registers and normalized in one pass.</summary>
internal static unsafe class InputLanes<S, V> where S : struct, ISimd<V> where V : unmanaged
{
    private const int Lane = Lanes.Count;

    /// <summary>Loads some tiles of the batch if images are pending; the layer is the network's input.</summary>
    public static void Load(LayerState* l, int first, int count)
    {
        if (l->Batch->Images == null) return;
        for (int tile = first; tile < first + count; tile++) LoadTile(l, tile);
    }

    private static void LoadTile(LayerState* l, int tile)
    {
        BatchState* batch = l->Batch;
        int size = l->Out.Size, valid = batch->Valid(tile);
        float* to = l->Output + tile * l->OutputTile;
        // Scratch for 16 image addresses and 16 × 16 bytes.
        byte** sources = (byte**)(l->InputHead->Scratch + (nint)tile * InputLanes.ScratchFloats);
        byte* block = (byte*)(sources + Lane);
        for (int lane = 0; lane < Lane; lane++)
        {
            // An unused lane repeats the first image; its mask clears it.
            int sample = tile * Lane + (lane < valid ? lane : 0);
            int image = batch->Order == null ? sample : batch->Order[sample];
            sources[lane] = batch->Images + (nint)image * size;
            if (lane < valid && (batch->Shift > 0 || batch->Augmentation.IsOn))
                sources[lane] = Augmented(l, image, sources[lane], tile, tile * Lane + lane);
        }
        int channels = batch->IsUniform ? 1 : l->Out.Channels, plane = size / channels;
        for (int channel = 0; channel < channels; channel++)
            LoadPlane(batch, sources, block, to, tile, channel * plane, plane, channel);
    }

    /// <summary>The pixels of a channel, or of all channels that are normalized alike, of the 16 images of a tile.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void LoadPlane(BatchState* batch, byte** sources, byte* block, float* to, int tile, int pixel, int count, int channel)
    {
        V scale = S.Create(batch->Scales[channel]), offset = S.Create(batch->Offsets[channel]);
        int end = pixel + count;
        for (; pixel + Lane <= end; pixel += Lane)
        {
            Transpose(sources, pixel, block);
            for (int lane = 0; lane < Lane; lane += S.Count)
            {
                V mask = S.Load(batch->Masks + (nint)tile * Lane + lane);
                for (int i = 0; i < Lane; i++)
                {
                    V value = S.Fma(S.LoadBytes(block + i * Lane + lane), scale, offset);
                    S.Store(to + (nint)(pixel + i) * Lane + lane, S.And(mask, value));
                }
            }
        }
        for (; pixel < end; pixel++)
        {
            for (int lane = 0; lane < Lane; lane++) block[lane] = sources[lane][pixel];
            for (int lane = 0; lane < Lane; lane += S.Count)
            {
                V mask = S.Load(batch->Masks + (nint)tile * Lane + lane);
                S.Store(to + (nint)pixel * Lane + lane, S.And(mask, S.Fma(S.LoadBytes(block + lane), scale, offset)));
            }
        }
    }

    /// <summary>The image, changed as the batch requests, in the sample's part of the scratch.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static byte* Augmented(LayerState* l, int image, byte* pixels, int tile, int sample)
    {
        BatchState* batch = l->Batch;
        byte* to = batch->Augmented + (nint)sample * l->Out.Size;
        ImageAugmentationLanes<S, V>.Apply(pixels, to, l->Out, batch->Shift, in batch->Augmentation, batch->ElasticWeights,
            batch->AugmentationSeed, batch->AugmentationStream, image, batch->WarpScratch + tile * batch->WarpScratchStride);
        return to;
    }

    /// <summary>16 pixels of each of 16 images, transposed: block[i·16 + lane].</summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static void Transpose(byte** sources, int pixel, byte* block)
    {
        if (!Sse2.IsSupported)
        {
            for (int i = 0; i < Lane * Lane; i++) block[i] = sources[i % Lane][pixel + i / Lane];
            return;
        }
        // Four rounds of interleaving rows r and r + 8 transpose a 16 × 16 block.
        Vector128<byte> a0 = Row(sources, 0, pixel), a1 = Row(sources, 1, pixel), a2 = Row(sources, 2, pixel);
        Vector128<byte> a3 = Row(sources, 3, pixel), a4 = Row(sources, 4, pixel), a5 = Row(sources, 5, pixel);
        Vector128<byte> a6 = Row(sources, 6, pixel), a7 = Row(sources, 7, pixel), a8 = Row(sources, 8, pixel);
        Vector128<byte> a9 = Row(sources, 9, pixel), a10 = Row(sources, 10, pixel), a11 = Row(sources, 11, pixel);
        Vector128<byte> a12 = Row(sources, 12, pixel), a13 = Row(sources, 13, pixel), a14 = Row(sources, 14, pixel);
        Vector128<byte> a15 = Row(sources, 15, pixel);
        for (int round = 0; round < 4; round++)
        {
            Vector128<byte> b0 = Low(a0, a8), b1 = High(a0, a8), b2 = Low(a1, a9), b3 = High(a1, a9);
            Vector128<byte> b4 = Low(a2, a10), b5 = High(a2, a10), b6 = Low(a3, a11), b7 = High(a3, a11);
            Vector128<byte> b8 = Low(a4, a12), b9 = High(a4, a12), b10 = Low(a5, a13), b11 = High(a5, a13);
            Vector128<byte> b12 = Low(a6, a14), b13 = High(a6, a14), b14 = Low(a7, a15), b15 = High(a7, a15);
            a0 = b0; a1 = b1; a2 = b2; a3 = b3; a4 = b4; a5 = b5; a6 = b6; a7 = b7;
            a8 = b8; a9 = b9; a10 = b10; a11 = b11; a12 = b12; a13 = b13; a14 = b14; a15 = b15;
        }
        Sse2.Store(block, a0);
        Sse2.Store(block + 16, a1);
        Sse2.Store(block + 32, a2);
        Sse2.Store(block + 48, a3);
        Sse2.Store(block + 64, a4);
        Sse2.Store(block + 80, a5);
        Sse2.Store(block + 96, a6);
        Sse2.Store(block + 112, a7);
        Sse2.Store(block + 128, a8);
        Sse2.Store(block + 144, a9);
        Sse2.Store(block + 160, a10);
        Sse2.Store(block + 176, a11);
        Sse2.Store(block + 192, a12);
        Sse2.Store(block + 208, a13);
        Sse2.Store(block + 224, a14);
        Sse2.Store(block + 240, a15);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<byte> Row(byte** sources, int lane, int pixel) => Sse2.LoadVector128(sources[lane] + pixel);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<byte> Low(Vector128<byte> a, Vector128<byte> b) => Sse2.UnpackLow(a, b);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<byte> High(Vector128<byte> a, Vector128<byte> b) => Sse2.UnpackHigh(a, b);
}
