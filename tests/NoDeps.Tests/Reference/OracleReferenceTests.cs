using NoDeps.Tests.Oracle;
using Xunit;

namespace NoDeps.Tests.Reference;

/// <summary>The oracle against PyTorch in float64: the files were rounded to float32, so 1e-6 is generous.</summary>
public class OracleReferenceTests
{
    private const double Rounding = 1e-6;

    public static IEnumerable<object[]> Cases => ReferenceCase.All;

    private static OracleNetwork Load(ReferenceCase reference)
    {
        var network = OracleNetwork.Of(reference.Net);
        Assert.Equal(reference.Keys("param.").Order(), network.Parameters.Select(p => p.Key).Order());
        foreach (var (key, _, parameter) in network.Parameters)
            reference["param." + key].CopyTo(parameter.Value, 0);
        return network;
    }

    [Theory, MemberData(nameof(Cases))]
    public void EveryParameterHasTheShapeThatPyTorchGivesIt(string name)
    {
        var reference = ReferenceCase.Load(name);
        var network = Load(reference);
        foreach (var (key, _, parameter) in network.Parameters.Where(p => p.Parameter.Dimensions.Length > 0))
            Assert.Equal(parameter.Dimensions, reference.ShapeOf("param." + key));
        Assert.Equal(reference.ParameterCount,
            network.Parameters.Where(p => p.Parameter.Trainable).Sum(p => p.Parameter.Value.Length));
    }

    [Theory, MemberData(nameof(Cases))]
    public void EveryOutputAndTheLossAgree(string name)
    {
        var reference = ReferenceCase.Load(name);
        var network = Load(reference);
        network.Forward(reference["input"], reference.Batch, training: true);
        for (int i = 0; i < network.Layers.Count; i++)
            Agreement.Check($"output.{i}", reference[$"output.{i}"], network.Outputs[i], Rounding);
        Agreement.Check("loss", reference["loss"], [network.Loss(reference.Labels)], Rounding);
        if (reference.Has("probabilities"))
            Agreement.Check("probabilities", reference["probabilities"],
                OracleSoftmaxCrossEntropy.Probabilities(network.Outputs[^1], network.Classes), Rounding);
    }

    [Theory, MemberData(nameof(Cases))]
    public void EveryGradientAgrees(string name)
    {
        var reference = ReferenceCase.Load(name);
        var network = Load(reference);
        network.Forward(reference["input"], reference.Batch, training: true);
        network.Backward(reference.Labels);
        Agreement.Check("grad.input", reference["grad.input"], network.InputGradient, Rounding);
        foreach (var (key, layer, parameter) in network.Parameters.Where(p => p.Parameter.Trainable))
        {
            double floor = Agreement.GradientFloor(reference["grad." + key], reference.GradientsOf(layer));
            Agreement.Check("grad." + key, reference["grad." + key], parameter.Gradient, Rounding, floor);
        }
    }

    [Theory, MemberData(nameof(Cases))]
    public void ThreeStepsOfGradientDescentLeadToTheSameStateAndEvaluation(string name)
    {
        var reference = ReferenceCase.Load(name);
        foreach (var (key, numbers) in ThreeSteps.Run(reference))
            Agreement.Check(key, reference[key], numbers, Rounding);
    }
}
