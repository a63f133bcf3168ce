using NoDeps.Network;
using NoDeps.Tests.Network;
using NoDeps.Tests.Oracle;
using Xunit;

namespace NoDeps.Tests.Reference;

/// <summary>
/// Whole trainings against PyTorch's in float64 (tools/make_training_reference.py): AdamW and SGD with momentum, schedules with warm-up,
/// clipping, class weights and the average of the weights, all set by the recipe line of each case.
/// </summary>
public unsafe class TrainingReferenceTests
{
    /// <summary>A dozen steps multiply what float32 rounds.</summary>
    private const double Tolerance = 1e-4;

    private static readonly string Folder = Path.Combine(SharedFiles.Repository, "tests", "Corpus", "training");

    public static IEnumerable<object[]> Cases =>
        from path in Directory.EnumerateFiles(Folder, "*.safetensors").Order(StringComparer.Ordinal)
        from isa in EngineUnderTest.InstructionSets
        select new object[] { Path.GetFileNameWithoutExtension(path), isa };

    [Theory, MemberData(nameof(Cases))]
    public void ATrainingComesToWhatPyTorchComesTo(string name, Isa isa)
    {
        var file = new SafetensorsFile(File.ReadAllBytes(Path.Combine(Folder, name + ".safetensors")));
        string net = file.Metadata["net"];
        var recipe = Descriptions.Read(net).Recipe;
        net = net[..net.IndexOf("recipe", StringComparison.Ordinal)];
        var oracle = OracleNetwork.Of(net);
        foreach (var (key, _, parameter) in oracle.Parameters) file.Tensors["param." + key].CopyTo(parameter.Value, 0);
        int[] labels = Array.ConvertAll(file.Tensors["labels"], label => (int)label);
        int steps = file.Tensors["rates"].Length, size = oracle.Description.Input.Size, perEpoch = steps / recipe.Epochs;
        Assert.Equal(labels.Length, perEpoch * recipe.Batch);
        for (int team = 0; team < Teams.Count; team++)
        {
            using var engine = new EngineUnderTest(net, oracle, recipe.Batch, isa, Teams.Of(team),
                new EngineOptions { KeepsAverage = true });
            if (recipe.BalancesClasses)
            {
                var weights = new float[oracle.Classes];
                fixed (byte* all = Array.ConvertAll(labels, label => (byte)label))
                    ClassBalance.Weigh(all, null, labels.Length, weights);
                engine.Engine.SetClassWeights(weights);
            }
            var schedule = new Schedule(recipe, steps);
            for (int step = 0; step < steps; step++)
            {
                int first = step % perEpoch * recipe.Batch, end = first + recipe.Batch;
                engine.Forward(file.Tensors["input"][(first * size)..(end * size)], labels[first..end], training: true);
                Check($"loss of step {step}", [file.Tensors["losses"][step]], [engine.Engine.Loss()]);
                Check($"rate of step {step}", [file.Tensors["rates"][step]], [schedule.Rate(step)]);
                engine.Engine.BackwardAndUpdate(new OptimizerStep
                {
                    Kind = recipe.Optimizer,
                    LearningRate = schedule.Rate(step),
                    Momentum = schedule.Momentum(step),
                    Beta2 = recipe.Beta2,
                    Epsilon = recipe.Epsilon,
                    WeightDecay = recipe.WeightDecay,
                    ClipNorm = recipe.ClipNorm,
                    AverageDecay = recipe.AverageDecay,
                    Number = step + 1,
                });
                if (file.Tensors.TryGetValue("norms", out double[]? norms))
                    Check($"norm of step {step}", [norms[step]], [engine.Engine.GradientNorm]);
            }
            CheckState("after", engine);
            engine.Engine.SwapAverage();
            CheckState("average", engine);
        }

        void CheckState(string prefix, EngineUnderTest engine)
        {
            foreach (var (key, layer, parameter) in oracle.Parameters.Where(p => p.Parameter.Name != "num_batches_tracked"))
                Check($"{prefix}.{key}", file.Tensors[$"{prefix}.{key}"], engine.Parameter(layer, parameter.Name));
        }

        void Check(string what, double[] expected, double[] actual) => Agreement.Check($"{name}: {what}", expected, actual, Tolerance);
    }

    /// <summary>A comparison that could not fail would say nothing: the average is not the parameters, and clipping clips.</summary>
    [Fact]
    public void TheCasesTellTheOptionsApart()
    {
        foreach (string path in Directory.EnumerateFiles(Folder, "*.safetensors"))
        {
            var file = new SafetensorsFile(File.ReadAllBytes(path));
            var recipe = Descriptions.Read(file.Metadata["net"]).Recipe;
            foreach (string key in file.Tensors.Keys.Where(key => key.StartsWith("after.", StringComparison.Ordinal)))
                Assert.True(Agreement.Worst(file.Tensors[key], file.Tensors[key.Replace("after", "average")], out _) > 20 * Tolerance, key);
            if (recipe.ClipNorm > 0) Assert.Contains(file.Tensors["norms"], norm => norm > 1.2 * recipe.ClipNorm);
            Assert.InRange(file.Tensors["rates"].Distinct().Count(), 3, 100);
        }
        Assert.Equal(4, Directory.EnumerateFiles(Folder, "*.safetensors").Count());
    }
}
