using System.Runtime.InteropServices;
using System.Text.Json.Nodes;
using FsCheck.Xunit;
using NoDeps.Network;
using NoDeps.Primitives;
using NoDeps.Tests.Oracle;
using Xunit;

namespace NoDeps.Tests.Network;

/// <summary>The parts of a training that stand for themselves: the split, the history, the copy of all parameters.</summary>
public sealed unsafe class TrainingPartsTests
{
    private static (int[] Training, int[] Validation) Split(byte[] labels, int validation, ulong seed)
    {
        int[] training = new int[labels.Length - validation], held = new int[validation];
        fixed (byte* l = labels)
        fixed (int* t = training)
        fixed (int* v = held)
        {
            DataSplit.Stratified(l, labels.Length, validation, seed, t, v);
        }
        return (training, held);
    }

    [Property(MaxTest = 300)]
    public void ASplitIsAPartitionWithTheClassesInProportion(byte[] labels, ushort share, ulong seed)
    {
        if (labels.Length == 0) return;
        for (int i = 0; i < labels.Length; i++) labels[i] = (byte)(labels[i] % 5 * 63);
        int validation = share % (labels.Length + 1);
        (int[] training, int[] held) = Split(labels, validation, seed);
        Assert.Equal(Enumerable.Range(0, labels.Length), training.Concat(held).Order());
        Assert.Equal(training.Order(), training);
        Assert.Equal(held.Order(), held);
        foreach (var label in labels.GroupBy(label => label))
        {
            double exact = (double)label.Count() * validation / labels.Length;
            Assert.InRange(held.Count(i => labels[i] == label.Key), Math.Floor(exact), Math.Ceiling(exact));
        }
        (int[] again, _) = Split(labels, validation, seed);
        Assert.Equal(training, again);
    }

    [Fact]
    public void AnotherSeedSplitsInAnotherWay()
    {
        byte[] labels = [.. Enumerable.Range(0, 1000).Select(i => (byte)(i % 10))];
        Assert.NotEqual(Split(labels, 100, 1).Validation, Split(labels, 100, 2).Validation);
    }

    [Fact]
    public void AHistoryIsJsonWithoutNaN()
    {
        TrainingHistory history = new();
        Assert.Empty(history.ToJson());
        for (int i = 0; i < 200; i++)
        {
            EpochRecord record = default;
            record.Epoch = i + 1;
            record.Step = 10 * i;
            record.Loss = i == 7 ? double.NaN : i == 8 ? double.NegativeInfinity : 1.0 / (i + 1);
            record.LearningRate = Math.Pow(10, -i / 10.0);
            if (i % 2 == 0) record.Validation = new Evaluation { Count = 8, Correct = 7, Loss = 0.1 * i };
            if (i % 3 == 0) record.Test = new Evaluation { Count = 4, Correct = 1, Loss = 0.25 };
            history.Add(in record);
        }
        JsonArray json = JsonNode.Parse(history.ToJson())!.AsArray();
        Assert.Equal(200, json.Count);
        for (int i = 0; i < 200; i++)
        {
            JsonObject epoch = json[i]!.AsObject();
            Assert.Equal(i + 1, (int)epoch["epoch"]!);
            Assert.Equal(10 * i, (int)epoch["step"]!);
            if (i is 7 or 8) Assert.Null(epoch["loss"]);
            else Assert.Equal((float)(1.0 / (i + 1)), (float)epoch["loss"]!);
            Assert.Equal((float)Math.Pow(10, -i / 10.0), (float)epoch["rate"]!);
            Assert.Equal(i % 2 == 0, epoch.ContainsKey("validation_accuracy"));
            Assert.Equal(i % 3 == 0, epoch.ContainsKey("test_loss"));
            if (i % 2 == 0) Assert.Equal(0.875, (double)epoch["validation_accuracy"]!);
        }
    }

    [Fact]
    public void ASnapshotBringsEveryParameterBack()
    {
        var trial = RandomTrial.Of(new Random(2), () => "input 2x9x8\nconv 5 kernel=3\nbatchnorm\nrelu\nmaxpool kernel=2\nflatten\n" +
            "dense 11\nbatchnorm\ndense 10\nloss squared-error\n", 20);
        using var engine = new EngineUnderTest(trial, Isa.Avx2, new SerialTeam());
        long bytes = ParameterSnapshot.BytesNeeded(engine.Engine.Network);
        byte* copy = (byte*)NativeMemory.Alloc((nuint)bytes);
        ParameterSnapshot.Take(engine.Engine, copy);
        byte[] before = new ReadOnlySpan<byte>(copy, (int)bytes).ToArray();
        Assert.True(ParameterSnapshot.IsFinite(engine.Engine));
        engine.Engine.Initialize(99);
        engine.Engine.Parameter(1, ParameterKind.RunningMean, out _)[2] = float.NaN;
        Assert.False(ParameterSnapshot.IsFinite(engine.Engine));
        ParameterSnapshot.Restore(engine.Engine, copy);
        Assert.True(ParameterSnapshot.IsFinite(engine.Engine));
        ParameterSnapshot.Take(engine.Engine, copy);
        Assert.Equal(before, new ReadOnlySpan<byte>(copy, (int)bytes).ToArray());
        NativeMemory.Free(copy);
    }

    /// <summary>A training interrupted anywhere and gone on with in another engine is the same training.</summary>
    [Fact]
    public void ATrainerGoesOnWhereItIsMovedTo()
    {
        const string Text = "input 1x8x7\nconv 5 kernel=3\nbatchnorm\nrelu\ndropout 0.3\nflatten\ndense 4\nloss softmax-cross-entropy\n";
        const int Count = 50, Size = 56, Batch = 16;
        var random = new Random(3);
        byte[] images = new byte[Count * Size], labels = [.. Enumerable.Range(0, Count).Select(i => (byte)(i % 4))];
        int[] order = new int[Count];
        random.NextBytes(images);
        var recipe = Recipe.Default;
        (recipe.Batch, recipe.Epochs, recipe.Optimizer, recipe.LearningRate) = (Batch, 3, OptimizerKind.Adam, 0.01);
        fixed (byte* imagesAt = images)
        fixed (byte* labelsAt = labels)
        fixed (int* orderAt = order)
        {
            nint i = (nint)imagesAt, l = (nint)labelsAt, o = (nint)orderAt;
            byte[] Run(int stop)
            {
                EngineUnderTest? engine = null;
                int steps = 0;
                while (steps < 12)
                {
                    EngineUnderTest next = new(Text, OracleNetwork.Of(Text), Batch, Isa.Avx2, new SerialTeam(), default);
                    next.Engine.Initialize(5);
                    if (engine is not null) Copy(engine.Engine, next.Engine);
                    engine?.Dispose();
                    engine = next;
                    Trainer trainer = new(engine.Engine, recipe, new Normalization(0.5f, 0.25f), 3, (byte*)i, (byte*)l,
                        Count, (int*)o);
                    Assert.Equal(4, trainer.StepsPerEpoch);
                    trainer.MoveTo(steps / 4, steps % 4);
                    for (int part = 0; part < stop && steps < 12; part++, steps++)
                    {
                        if (trainer.StepsTakenOfEpoch == 4) trainer.BeginEpoch(steps / 4);
                        trainer.Step();
                    }
                }
                byte[] all = new byte[ParameterSnapshot.BytesNeeded(engine!.Engine.Network)];
                fixed (byte* a = all) ParameterSnapshot.Take(engine.Engine, a);
                engine.Dispose();
                return all;
            }
            byte[] whole = Run(12);
            Assert.All([1, 3, 5, 7], stop => Assert.Equal(whole, Run(stop)));
        }
    }

    private static void Copy(Engine from, Engine to)
    {
        byte[] all = new byte[ParameterSnapshot.BytesNeeded(from.Network)];
        fixed (byte* a = all)
        {
            ParameterSnapshot.Take(from, a);
            ParameterSnapshot.Restore(to, a);
        }
        int flat = from.Network.FlatParameters;
        new ReadOnlySpan<float>(from.FirstMoments, flat).CopyTo(new Span<float>(to.FirstMoments, flat));
        new ReadOnlySpan<float>(from.SecondMoments, flat).CopyTo(new Span<float>(to.SecondMoments, flat));
    }
}
