namespace NoDeps.Network;

/// <summary>How to train: what a command line may override and a description may set by its recipe line.</summary>
public struct Recipe
{
    /// <summary>The largest <see cref="Shift"/>.</summary>
    public const int MaxShift = 255;

    /// <summary>Passes over the training set.</summary>
    public int Epochs;
    /// <summary>Samples in a step.</summary>
    public int Batch;
    /// <summary>The rule that turns gradients into changes.</summary>
    public OptimizerKind Optimizer;
    /// <summary>How the learning rate changes.</summary>
    public ScheduleKind Schedule;
    /// <summary>The learning rate; the highest one where a schedule changes it.</summary>
    public double LearningRate;
    /// <summary>
    /// Epochs over which the rate rises linearly before its schedule begins; of one-cycle those of its rising share. 0: none, and
    /// one-cycle's own share.
    /// </summary>
    public double Warmup;
    /// <summary>Step schedule: epochs between two changes; 0 for a third of all epochs.</summary>
    public int StepEpochs;
    /// <summary>Step schedule: what the rate is multiplied by.</summary>
    public double StepFactor;
    /// <summary>Momentum of SGD and Nesterov (the constant one; one-cycle moves it between 0.95 and 0.85, and 0 not).</summary>
    public double Momentum;
    /// <summary>
    /// Weight decay: this times the parameter is added to its gradient; of AdamW, this times the rate is what a step takes off the
    /// parameter.
    /// </summary>
    public double WeightDecay;
    /// <summary>The largest L2 norm of all gradients together: larger ones are scaled down to it. 0: any.</summary>
    public double ClipNorm;
    /// <summary>
    /// Decay of the exponential moving average of the parameters, which takes their place in evaluation and in the saved model.
    /// 0: no average.
    /// </summary>
    public double AverageDecay;
    /// <summary>Whether samples of rare classes weigh more in the loss, see <see cref="ClassBalance"/>.</summary>
    public bool BalancesClasses;
    /// <summary>
    /// Shift augmentation: each image is moved in each epoch anew, by at most so many pixels in each direction.
    /// </summary>
    public int Shift;
    /// <summary>Whether what is left over of an epoch after whole batches is not trained on in it.</summary>
    public bool DropLast;
    /// <summary>Adam: decay of the first moment (the constant one; one-cycle moves it as a momentum).</summary>
    /// <summary>Adam and AdamW: decay of the first moment (the constant one; one-cycle moves it as a momentum).</summary>
    public double Beta1;
    /// <summary>Adam and AdamW: decay of the second moment.</summary>
    public double Beta2;
    /// <summary>Adam and AdamW: added to the root of the second moment.</summary>
    public double Epsilon;

    /// <summary>Whether the optimizer is Adam or AdamW.</summary>
    public readonly bool IsAdam => Optimizer == OptimizerKind.Adam || Optimizer == OptimizerKind.AdamW;

    /// <summary>
    /// Nesterov with one-cycle to 0.05, weight decay 5e-4, batch 64, one epoch: good for the networks with batch
    /// normalisation and fair for the others.
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
