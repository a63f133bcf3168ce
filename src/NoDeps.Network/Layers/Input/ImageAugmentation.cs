using NoDeps.Primitives;

namespace NoDeps.Network;

/// <summary>All random changes of an image, which training applies while loading it.</summary>
public static unsafe class ImageAugmentation
{
    /// <summary>The random streams, one per epoch: far from those of the orders.</summary>
    private const ulong FirstStream = 1UL << 41;

    /// <summary>The stream of an epoch, from 0.</summary>
    public static ulong StreamOf(int epoch) => FirstStream + (ulong)epoch;

    /// <summary>Bytes of scratch memory.</summary>
    public static long ScratchBytes(Shape shape, in Augmentation augmentation)
    {
        if (!augmentation.Moves) return 0;
        if (!augmentation.IsElastic) return ImageWarp.ScratchBytes(shape);
        long field = sizeof(float) * ElasticField.ScratchFloats(shape, augmentation.ElasticSigma);
        return field + 2L * sizeof(int) * shape.Plane + ImageWarp.ScratchBytes(shape);
    }

    /// <summary>Changes an image of an epoch, by scalar code.</summary>
    /// <param name="from">[channel][row][column].</param>
    /// <param name="to">The same, elsewhere.</param>
    /// <param name="shape">The shape of the image.</param>
    /// <param name="maxShift">See <see cref="Recipe.Shift"/>.</param>
    /// <param name="augmentation">The other changes.</param>
    /// <param name="weights">Room for <see cref="ElasticField.MaxTaps"/>.</param>
    /// <param name="seed">The seed of the training.</param>
    /// <param name="epoch">From 0.</param>
    /// <param name="image">Number of the image in the data set.</param>
    /// <param name="scratch"><see cref="ScratchBytes"/>, aligned for floats.</param>
    public static void Apply(byte* from, byte* to, Shape shape, int maxShift, in Augmentation augmentation, float* weights, ulong seed,
        int epoch, int image, byte* scratch)
    {
        if (augmentation.IsElastic) ElasticField.Weigh(augmentation.ElasticSigma, weights);
        ImageAugmentationLanes<ScalarLanes, ScalarVector>.Apply(from, to, shape, maxShift, in augmentation, weights, seed,
            StreamOf(epoch), image, scratch);
    }
}
