using System.Runtime.InteropServices;

namespace NoDeps.Network;

/// <summary>Where a training is, as its checkpoint keeps it: numbers of 64 bits, in this order.</summary>
[StructLayout(LayoutKind.Sequential)]
public struct TrainingState
{
    /// <summary>The form of checkpoints that this program writes.</summary>
    public const long CurrentVersion = 1;

    /// <summary>Numbers of the structure.</summary>
    public const int Count = 10;

    /// <summary><see cref="CurrentVersion"/>.</summary>
    public long Version;
    /// <summary>The epoch at hand, from 0.</summary>
    public long Epoch;
    /// <summary>Steps of it that were taken.</summary>
    public long StepOfEpoch;
    /// <summary>Steps of a whole epoch, which the data and the recipe must give again.</summary>
    public long StepsPerEpoch;
    /// <summary>Epochs of the whole training.</summary>
    public long Epochs;
    /// <summary>Sum of the losses of the steps of the epoch at hand.</summary>
    public double LossSum;
    /// <summary>The epoch that validated best, from 1; 0 where there is none.</summary>
    public long BestEpoch;
    /// <summary>The validation loss of that epoch.</summary>
    public double BestLoss;
    /// <summary>Correct validation images of that epoch.</summary>
    public long BestCorrect;
    /// <summary>CRC-32 of the training images and labels.</summary>
    public long DataChecksum;
}
