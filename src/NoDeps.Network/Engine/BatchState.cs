namespace NoDeps.Network;

/// <summary>What all steps of a pass need to know about the batch at hand.</summary>
internal unsafe struct BatchState
{
    /// <summary>Samples; the lanes after them in the last tile are void.</summary>
    public int Count;
    /// <summary>Tiles of 16 lanes.</summary>
    public int Tiles;
    /// <summary>Whether this is a pass in training mode.</summary>
    public bool Training;
    /// <summary>For every tile 16 lane masks: all ones for a sample, zero for a void lane.</summary>
    public float* Masks;
    /// <summary>A label for each sample.</summary>
    public int* Labels;
    /// <summary>Whether <see cref="Labels"/> belong to this batch.</summary>
    public bool HasLabels;
    /// <summary>In the training loss, the weight of each class; null where all are 1.</summary>
    public float* ClassWeights;
    /// <summary>The sum of the weights of the batch's samples, where there are weights.</summary>
    public double TotalWeight;
    /// <summary>The sum of the losses of each tile's samples.</summary>
    public double* TileLoss;
    /// <summary>Training passes so far; keys the dropout.</summary>
    public long Step;
    /// <summary>One image: whether dense layers read their weights from the end, as every other pass does.</summary>
    public bool IsReversed;
    /// <summary>Seed of the dropout.</summary>
    public ulong Seed;
    /// <summary>Images to load, a byte a pixel, or null when the input is in place already.</summary>
    public byte* Images;
    /// <summary>Which image each sample is.</summary>
    public int* Order;
    /// <summary>Most pixels that an image is moved by; 0 leaves all where they are.</summary>
    public int Shift;
    /// <summary>Key and stream of the random numbers that say by how many.</summary>
    public ulong ShiftSeed, ShiftStream;
    /// <summary>Room for the moved images, one for each sample.</summary>
    public byte* Shifted;
    /// <summary>A channel of the input is pixel · Scales[channel] + Offsets[channel].</summary>
    public float* Scales, Offsets;
    /// <summary>Whether these are the same for all channels: the first says it for all.</summary>
    public bool IsUniform;
    /// <summary>In a backward pass that updates dense layers' weights at once: how. Otherwise null.</summary>
    public OptimizerState* Update;
    /// <summary>Counts time, in whatever unit; null where nobody wants to know.</summary>
    public delegate*<long> Clock;
    /// <summary>16 zeros and more, for sums without bias.</summary>
    public float* Zeros;
    /// <summary>16 lane masks of all ones, and 16 of zeros.</summary>
    public float* Tail;

    /// <summary>Whether the loss of this pass is weighted.</summary>
    public readonly bool IsWeighted => Training && ClassWeights != null;

    /// <summary>Samples in a tile.</summary>
    public readonly int Valid(int tile)
    {
        int left = Count - 16 * tile;
        return left > 16 ? 16 : left;
    }
}
