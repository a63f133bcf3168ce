using NoDeps.Primitives;

namespace NoDeps.Network;

/// <summary><see cref="ImageAugmentation"/> in vector code.</summary>
internal static unsafe class ImageAugmentationLanes<S, V> where S : struct, ISimd<V> where V : unmanaged
{
    /// <summary>As <see cref="ImageAugmentation.Apply"/>, with the stream of the epoch.</summary>
    public static void Apply(byte* from, byte* to, Shape shape, int maxShift, in Augmentation augmentation, float* weights, ulong seed,
        ulong stream, int image, byte* scratch)
    {
        if (augmentation.Moves)
        {
            Warp(from, to, shape, maxShift, in augmentation, weights, seed, stream, image, scratch);
        }
        else
        {
            int down, right;
            ImageShift.Draw(seed, stream, image, maxShift, &down, &right);
            ImageShift.Apply(from, to, shape, down, right);
        }
        if (augmentation.Erase > 0) RandomErasing.Apply(to, shape, augmentation.Erase, seed, stream, image);
    }

    private static void Warp(byte* from, byte* to, Shape shape, int maxShift, in Augmentation augmentation, float* weights, ulong seed,
        ulong stream, int image, byte* scratch)
    {
        WarpMatrix matrix = WarpMatrix.Draw(in augmentation, maxShift, shape, seed, stream, image);
        int* displacements = null;
        if (augmentation.IsElastic)
        {
            float* field = (float*)scratch;
            displacements = (int*)(field + ElasticField.ScratchFloats(shape, augmentation.ElasticSigma));
            scratch = (byte*)(displacements + 2 * shape.Plane);
            ElasticFieldLanes<S, V>.Make(displacements, shape, weights, ElasticField.Taps(augmentation.ElasticSigma),
                (float)augmentation.ElasticAlpha, seed, stream, image, field);
        }
        ImageWarp.Apply(from, to, shape, in matrix, displacements, scratch);
    }
}
