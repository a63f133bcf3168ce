namespace NoDeps.Network;

/// <summary>The state of the current batch, shared by all ops of a pass.</summary>
internal unsafe struct BatchState
{
    /// <summary>Samples; the remaining lanes of the last tile are unused.</summary>
    public int Count;
    /// <summary>Tiles of 16 lanes.</summary>
    public int Tiles;
    /// <summary>True if this is a training pass.</summary>
    public bool Training;
    /// <summary>16 lane masks per tile: all ones for a sample, zero for an unused lane.</summary>
    public float* Masks;
    /// <summary>A label per sample.</summary>
    public int* Labels;
    /// <summary>True if <see cref="Labels"/> belong to this batch.</summary>
    public bool HasLabels;
    /// <summary>In the training loss, the weight of each class; null if all are 1.</summary>
    public float* ClassWeights;
    /// <summary>The sum of the weights of the batch's samples, if there are weights.</summary>
    public double TotalWeight;
    /// <summary>The sum of the losses of each tile's samples.</summary>
    public double* TileLoss;
    /// <summary>Training passes so far; part of the key of dropout's random numbers.</summary>
    public long Step;
    /// <summary>One image: whether dense layers read their weights from the end, as every other pass does.</summary>
    public bool IsReversed;
    /// <summary>Seed of the dropout.</summary>
    public ulong Seed;
    /// <summary>Images to load, one byte per pixel, or null when the input is already in place.</summary>
    public byte* Images;
    /// <summary>The index of the image of each sample.</summary>
    public int* Order;
    /// <summary>Maximum shift of an image in pixels; 0 for no shifts.</summary>
    public int Shift;
    /// <summary>Key and stream of the random numbers that determine the augmentation.</summary>
    public ulong AugmentationSeed, AugmentationStream;
    /// <summary>Scratch for the augmented images, one per sample.</summary>
    public byte* Augmented;
    /// <summary>The other random changes of the images.</summary>
    public Augmentation Augmentation;
    /// <summary>Weights of the Gaussian of elastic distortion, <see cref="ElasticField.Taps"/>.</summary>
    public float* ElasticWeights;
    /// <summary>The standard deviation of that Gaussian.</summary>
    public double ElasticSigma;
    /// <summary>For each tile scratch for resampling, and for the field of elastic distortion.</summary>
    public byte* WarpScratch;
    /// <summary>Bytes from one tile's scratch to the next.</summary>
    public nint WarpScratchStride;
    /// <summary>A channel of the input is pixel · Scales[channel] + Offsets[channel].</summary>
    public float* Scales, Offsets;
    /// <summary>True if these are the same for all channels; then the first ones apply to all.</summary>
    public bool IsUniform;
    /// <summary>In a backward pass that also updates the weights of dense layers: the update. Otherwise null.</summary>
    public OptimizerState* Update;
    /// <summary>The clock for profiling, in any unit; null when not profiling.</summary>
    public delegate*<long> Clock;
    /// <summary>At least 16 zeros, for sums without bias.</summary>
    public float* Zeros;
    /// <summary>16 lane masks of all ones, and 16 of zeros.</summary>
    public float* Tail;

    /// <summary>True if the loss of this pass is weighted.</summary>
    public readonly bool IsWeighted => Training && ClassWeights != null;

    /// <summary>Samples in a tile.</summary>
    public readonly int Valid(int tile)
    {
        int left = Count - 16 * tile;
        return left > 16 ? 16 : left;
    }
}
