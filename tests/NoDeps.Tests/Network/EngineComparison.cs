using NoDeps.Tests.Oracle;

namespace NoDeps.Tests.Network;

/// <summary>Runs one batch through the engine and through the oracle and compares everything that comes out.</summary>
public static class EngineComparison
{
    /// <summary>Forward and backward in training mode, then forward in evaluation mode.</summary>
    public static void Check(string what, EngineUnderTest engine, RandomTrial trial)
    {
        engine.Run(trial);
        RunOracle(engine, trial);
        CheckOutputs(what, engine, trial);
        CheckGradients(what, engine, trial);
        CheckState(what, engine, trial);

        engine.Forward(trial.Input, trial.Labels, training: false);
        trial.Network.Forward(trial.Input, trial.Samples, training: false);
        CheckOutputs(what + "(evaluation mode)", engine, trial);
    }

    /// <summary>The oracle's forward and backward, with the mask that the engine's dropout just drew.</summary>
    public static void RunOracle(EngineUnderTest engine, RandomTrial trial)
    {
        foreach (var (index, layer) in trial.Network.Layers.Index())
            if (layer is OracleDropout dropout)
                dropout.Mask = engine.MaskOf(index, trial.Input);
        trial.Network.Forward(trial.Input, trial.Samples, training: true);
        trial.Network.Backward(trial.Labels);
    }

    /// <summary>Every layer's output, the loss and the probabilities.</summary>
    public static void CheckOutputs(string what, EngineUnderTest engine, RandomTrial trial)
    {
        var network = trial.Network;
        for (int i = 0; i < network.Layers.Count; i++)
            Agreement.Check($"{what}: output.{i}", network.Outputs[i], engine.Output(i));
        Agreement.Check($"{what}: loss", [network.Loss(trial.Labels)], [engine.Engine.Loss()]);
        if (network.Description.Loss is OracleSoftmaxCrossEntropy)
            Agreement.Check($"{what}: probabilities",
                OracleSoftmaxCrossEntropy.Probabilities(network.Outputs[^1], network.Classes), engine.Probabilities());
    }

    /// <summary>The gradient by the input and by every parameter.</summary>
    public static void CheckGradients(string what, EngineUnderTest engine, RandomTrial trial)
    {
        Agreement.Check($"{what}: grad.input", trial.Network.InputGradient, engine.InputGradient());
        foreach (var (key, layer, parameter) in trial.Network.Parameters.Where(p => p.Parameter.Trainable))
            Agreement.Check($"{what}: grad.{key}", parameter.Gradient, engine.Gradient(layer, parameter.Name),
                floor: Floor(trial.Network, layer, parameter));
    }

    /// <summary><see cref="Agreement.GradientFloor"/> of a parameter.</summary>
    public static double Floor(OracleNetwork network, int layer, OracleParameter parameter) =>
        Agreement.GradientFloor(parameter.Gradient, network.Layers[layer].Parameters.Select(p => p.Gradient));

    /// <summary>Every parameter and buffer.</summary>
    public static void CheckState(string what, EngineUnderTest engine, RandomTrial trial)
    {
        foreach (var (key, layer, parameter) in trial.Network.Parameters)
            Agreement.Check($"{what}: {key}", parameter.Value, engine.Parameter(layer, parameter.Name));
    }
}
