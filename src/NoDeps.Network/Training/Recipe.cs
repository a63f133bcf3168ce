namespace NoDeps.Network;

/// <summary>Training hyperparameters, which a description's recipe line may set and the command line may override.</summary>
public struct Recipe
{
    /// <summary>The largest <see cref="Shift"/>.</summary>
    public const int MaxShift = 255;

    /// <summary>Passes over the training set.</summary>
    public int Epochs;
    /// <summary>Samples in a step.</summary>
    public int Batch;
    /// <summary>The update rule.</summary>
    public OptimizerKind Optimizer;
    /// <summary>How the learning rate changes.</summary>
    public ScheduleKind Schedule;
    /// <summary>The learning rate; with a schedule, its maximum.</summary>
    public double LearningRate;
    /// <summary>
    /// Epochs over which the rate rises linearly before its schedule begins; for one-cycle, the epochs of its rising
    /// phase. 0: none, or one-cycle's default.
    /// </summary>
    public double Warmup;
    /// <summary>Step schedule: epochs between two changes; 0 for a third of all epochs.</summary>
    public int StepEpochs;
    /// <summary>Step schedule: the factor of the rate.</summary>
    public double StepFactor;
    /// <summary>Momentum of SGD and Nesterov (constant; one-cycle moves a nonzero momentum between 0.95 and 0.85).</summary>
    public double Momentum;
    /// <summary>
    /// Weight decay: this times the parameter is added to its gradient; for AdamW, a step subtracts this times the rate
    /// times the parameter.
    /// </summary>
    public double WeightDecay;
    /// <summary>The maximum L2 norm of all gradients together: a larger one is scaled down to it. 0: no clipping.</summary>
    public double ClipNorm;
    /// <summary>
    /// Decay of the exponential moving average of the parameters, which replaces them in evaluation and in the saved
    /// model. 0: no average.
    /// </summary>
    public double AverageDecay;
    /// <summary>True to weight samples of rare classes more in the loss; see <see cref="ClassBalance"/>.</summary>
    public bool BalancesClasses;
    /// <summary>
    /// Shift augmentation: each epoch shifts each image randomly by at most this many pixels in each direction.
    /// </summary>
    public int Shift;
    /// <summary>Other random changes of every image in every epoch.</summary>
    public Augmentation Augmentation;
    /// <summary>True if an incomplete last batch of an epoch is dropped.</summary>
    public bool DropLast;
    /// <summary>Adam and AdamW: decay of the first moment (constant; one-cycle moves it like a momentum).</summary>
    public double Beta1;
    /// <summary>Adam and AdamW: decay of the second moment.</summary>
    public double Beta2;
    /// <summary>Adam and AdamW: added to the square root of the second moment.</summary>
    public double Epsilon;

    /// <summary>True if the optimizer is Adam or AdamW.</summary>
    public readonly bool IsAdam => Optimizer == OptimizerKind.Adam || Optimizer == OptimizerKind.AdamW;

    /// <summary>
    /// Nesterov with one-cycle to 0.05, weight decay 5e-4, batch 64, one epoch: good for networks with batch
    /// normalization and fair for others.
    /// </summary>
    public static Recipe Default
    {
        get
        {
            Recipe r = default;
            r.Epochs = 1;
            r.Batch = 64;
            r.Optimizer = OptimizerKind.Nesterov;
            r.Schedule = ScheduleKind.OneCycle;
            r.LearningRate = 0.05;
            r.StepFactor = 0.1;
            r.Momentum = 0.9;
            r.WeightDecay = 5e-4;
            r.Beta1 = 0.9;
            r.Beta2 = 0.999;
            r.Epsilon = 1e-8;
            return r;
        }
    }
}
