namespace NoDeps.Cli;

/// <summary>Every option of every command, in the order of <see cref="Options.Names"/>.</summary>
internal enum Option : byte
{
    Help,
    ShortHelp,
    Net,
    Data,
    Model,
    Out,
    Epochs,
    Batch,
    LearningRate,
    Momentum,
    WeightDecay,
    Optimizer,
    Schedule,
    Seed,
    Threads,
    Isa,
    Json,
    From,
    Show,
    Mean,
    Deviation,
    Kernel,
    Seconds,
    Shift,
    LabelSmoothing,
    Tolerance,
    Variant,
    All,
}
