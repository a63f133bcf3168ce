using NoDeps.Network;

namespace NoDeps.Cli;

/// <summary>The engine's memory for a batch, in bytes: for training by the network's recipe, and for evaluation only.</summary>
internal readonly ref struct DescribedMemory
{
    /// <summary>In training, a parameter also has a gradient and two moments.</summary>
    public const int TrainingCopies = 4;

    public readonly int Batch;
    public readonly long Training, Evaluation;
    /// <summary>The part of the training memory that holds the average of the weights, if the recipe has one.</summary>
    public readonly long Average;
    /// <summary>Each layer's part of these sums.</summary>
    public readonly long[] TrainingLayers, EvaluationLayers;

    public DescribedMemory(NetworkDescription network, int batch)
    {
        Batch = batch;
        EngineOptions options = default;
        options.EvaluationOnly = true;
        Evaluation = Engine.BytesNeeded(network, batch, options, out EvaluationLayers);
        options.EvaluationOnly = false;
        options.Augmentation = network.Recipe.Augmentation;
        Training = Engine.BytesNeeded(network, batch, options, out TrainingLayers);
        options.KeepsAverage = network.Recipe.AverageDecay > 0;
        Average = Engine.BytesNeeded(network, batch, options) - Training;
        Training += Average;
    }
}
