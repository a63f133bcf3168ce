using System.Runtime.InteropServices;

namespace NoDeps.Network;

/// <summary>The position of a training, as stored in its checkpoint: 64-bit numbers in this order.</summary>
[StructLayout(LayoutKind.Sequential)]
public struct TrainingState
{
    /// <summary>The checkpoint version that this program writes.</summary>
    public const long CurrentVersion = 1;

    /// <summary>Number of fields.</summary>
    public const int Count = 10;

    /// <summary><see cref="CurrentVersion"/>.</summary>
    public long Version;
    /// <summary>The current epoch, from 0.</summary>
    public long Epoch;
    /// <summary>Steps taken in it.</summary>
    public long StepOfEpoch;
    /// <summary>Steps of a whole epoch, which must match the data and the recipe when resuming.</summary>
    public long StepsPerEpoch;
    /// <summary>Epochs of the whole training.</summary>
    public long Epochs;
    /// <summary>Sum of the losses of the current epoch's steps.</summary>
    public double LossSum;
    /// <summary>The epoch with the lowest validation loss, from 1; 0 for none.</summary>
    public long BestEpoch;
    /// <summary>The validation loss of that epoch.</summary>
    public double BestLoss;
    /// <summary>Correct validation images of that epoch.</summary>
    public long BestCorrect;
    /// <summary>CRC-32 of the training images and labels.</summary>
    public long DataChecksum;
}
