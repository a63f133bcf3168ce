using NoDeps.Network;
using NoDeps.Tests.Oracle;
using NoDeps.Tests.Reference;
using Xunit;
using ReferenceCase = NoDeps.Tests.Reference.ReferenceCase;

namespace NoDeps.Tests.Network;

/// <summary>
/// The engine against PyTorch's reference cases: every output, gradient, the state after three SGD steps and the
/// evaluation, each within 1e-4 of the tensor's largest magnitude, on every instruction set of the machine, with the
/// convolution on lanes and by im2col. (What float32 cannot hold to 1e-4, see
/// <see cref="ThreeSteps.Tolerance"/>, is held to what it can.)
/// </summary>
public class EngineReferenceTests
{
    public static IEnumerable<object[]> Cases =>
        from name in ReferenceCase.Names
        from isa in EngineUnderTest.InstructionSets
        from form in new[] { KernelForm.Lanes, KernelForm.Im2Col }
        select new object[] { name, isa, form };

    private static EngineUnderTest Load(ReferenceCase reference, Isa isa, KernelForm form, int team)
    {
        var network = OracleNetwork.Of(reference.Net);
        foreach (var (key, _, parameter) in network.Parameters)
            reference["param." + key].CopyTo(parameter.Value, 0);
        var options = EngineUnderTest.Everything;
        options.Kernel = form;
        return new EngineUnderTest(reference.Net, network, reference.Batch, isa, Teams.Of(team), options);
    }

    [Theory, MemberData(nameof(Cases))]
    public void EveryTensorAgrees(string name, Isa isa, KernelForm form)
    {
        var reference = ReferenceCase.Load(name);
        var layers = OracleDescription.Parse(reference.Net).Layers;
        using var engine = Load(reference, isa, form, isa == Isa.Avx2 ? 1 : 3);
        Assert.Equal(reference.ParameterCount, engine.ParameterCount);

        engine.Forward(reference["input"], reference.Labels, training: true);
        for (int i = 0; i < layers.Count; i++)
            Agreement.Check($"output.{i}", reference[$"output.{i}"], engine.Output(i));
        Agreement.Check("loss", reference["loss"], [engine.Engine.Loss()]);
        if (reference.Has("probabilities"))
            Agreement.Check("probabilities", reference["probabilities"], engine.Probabilities());

        engine.Engine.Backward();
        Agreement.Check("grad.input", reference["grad.input"], engine.InputGradient());
        foreach (string key in reference.Keys("grad.").Where(key => key != "input"))
        {
            var (layer, parameter) = (int.Parse(key.Split('.')[0]), key.Split('.')[1]);
            double floor = Agreement.GradientFloor(reference["grad." + key], reference.GradientsOf(layer));
            Agreement.Check("grad." + key, reference["grad." + key], engine.Gradient(layer, parameter), floor: floor);
        }

        engine.SgdStep(reference.LearningRate);
        for (int step = 1; step < 3; step++)
        {
            engine.Forward(reference["input"], reference.Labels, training: true);
            engine.Engine.Backward();
            engine.SgdStep(reference.LearningRate);
        }
        double tolerance = name == "pedestrian" ? ThreeSteps.Tolerance(reference) : Agreement.Tolerance;
        foreach (string key in reference.Keys("after."))
            Agreement.Check("after." + key, reference["after." + key],
                engine.Parameter(int.Parse(key.Split('.')[0]), key.Split('.')[1]), tolerance);
        engine.Forward(reference["input"], reference.Batch, training: false);
        Agreement.Check("eval.output", reference["eval.output"], engine.Output(layers.Count - 1), tolerance);
    }

    /// <summary>
    /// Each of the three steps by itself, from the oracle's state rounded to float32: nothing has had time to grow,
    /// so that 1e-4 holds for every case, gradients and state.
    /// </summary>
    [Theory, MemberData(nameof(Cases))]
    public void EachStepByItselfAgrees(string name, Isa isa, KernelForm form)
    {
        var reference = ReferenceCase.Load(name);
        var network = OracleNetwork.Of(reference.Net);
        foreach (var (key, _, parameter) in network.Parameters)
            reference["param." + key].CopyTo(parameter.Value, 0);
        using var engine = Load(reference, isa, form, 4);
        for (int step = 0; step < 3; step++)
        {
            foreach (var (_, _, parameter) in network.Parameters)
                for (int i = 0; i < parameter.Value.Length; i++)
                    parameter.Value[i] = (float)parameter.Value[i];
            engine.Load(network);
            network.Forward(reference["input"], reference.Batch, training: true);
            network.Backward(reference.Labels);
            engine.Forward(reference["input"], reference.Labels, training: true);
            engine.Engine.Backward();
            foreach (var (key, layer, parameter) in network.Parameters.Where(p => p.Parameter.Trainable))
                Agreement.Check($"step {step}: grad.{key}", parameter.Gradient, engine.Gradient(layer, parameter.Name),
                    floor: EngineComparison.Floor(network, layer, parameter));
            network.SgdStep(reference.LearningRate);
            engine.SgdStep(reference.LearningRate);
            foreach (var (key, layer, parameter) in network.Parameters)
                Agreement.Check($"step {step}: {key}", parameter.Value, engine.Parameter(layer, parameter.Name));
        }
    }
}
