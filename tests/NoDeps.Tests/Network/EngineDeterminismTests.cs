using NoDeps.Network;
using NoDeps.Primitives;
using NoDeps.Tests.Oracle;
using Xunit;

namespace NoDeps.Tests.Network;

/// <summary>
/// The same bits whatever the instruction set, the number of workers and the order of their pieces, and whatever ran
/// on the same memory before. All of it by comparing a digest of everything that a step computes.
/// </summary>
public class EngineDeterminismTests
{
    public static IEnumerable<object[]> Kinds => RandomDescription.Kinds.Select(kind => new object[] { kind });

    /// <summary>Two training steps and an evaluation: every output, gradient and parameter, bit by bit.</summary>
    private static List<(string What, int[] Bits)> Run(RandomTrial trial, EngineUnderTest engine)
    {
        var found = new List<(string, int[])>();
        void Keep(string what, double[] numbers) =>
            found.Add((what, Array.ConvertAll(numbers, x => BitConverter.SingleToInt32Bits((float)x))));
        engine.Load(trial.Network);
        for (int step = 0; step < 2; step++)
        {
            engine.Run(trial);
            Keep($"step {step}: loss", [engine.Engine.Loss()]);
            for (int i = 0; i < trial.Network.Layers.Count; i++)
                Keep($"step {step}: output.{i}", engine.Output(i));
            Keep($"step {step}: grad.input", engine.InputGradient());
            foreach (var (key, layer, parameter) in trial.Network.Parameters.Where(p => p.Parameter.Trainable))
                Keep($"step {step}: grad.{key}", engine.Gradient(layer, parameter.Name));
            engine.SgdStep(0.05);
        }
        foreach (var (key, layer, parameter) in trial.Network.Parameters)
            Keep(key, engine.Parameter(layer, parameter.Name));
        engine.Forward(trial.Input, trial.Samples, training: false);
        Keep("evaluation", engine.Output(trial.Network.Layers.Count - 1));
        return found;
    }

    private static void Same(string what, List<(string What, int[] Bits)> expected, List<(string, int[])> actual)
    {
        foreach (var ((name, bits), (_, others)) in expected.Zip(actual))
            for (int i = 0; i < bits.Length; i++)
                Assert.True(bits[i] == others[i], $"{what}: {name}[{i}]: {BitConverter.Int32BitsToSingle(bits[i]):R} "
                    + $"and {BitConverter.Int32BitsToSingle(others[i]):R}");
    }

    private static List<(string, int[])> Run(RandomTrial trial, Isa isa, WorkTeam team)
    {
        using var engine = new EngineUnderTest(trial, isa, team);
        return Run(trial, engine);
    }

    [Theory, MemberData(nameof(Kinds))]
    public void TheInstructionSetAndTheTeamChangeNoBit(string kind)
    {
        for (int seed = 0; seed < 6; seed++)
        {
            var trial = RandomTrial.Of(new Random(2000 + seed), kind, largestBatch: 70);
            string what = $"seed {seed}, batch {trial.Samples}\n{trial.Text}";
            var expected = Run(trial, Isa.Avx2, new SerialTeam());
            foreach (Isa isa in EngineUnderTest.InstructionSets)
                for (int team = 1; team < Teams.Count; team++)
                    Same($"{what}{isa}, {Teams.Of(team).GetType().Name}", expected, Run(trial, isa, Teams.Of(team)));
        }
    }

    /// <summary>
    /// An engine that keeps nothing for curious callers fuses layers and works in place; what it trains and what it
    /// answers must not differ in a bit from one that does not.
    /// </summary>
    [Theory, MemberData(nameof(Kinds))]
    public void WorkingInPlaceChangesNoBit(string kind)
    {
        for (int seed = 0; seed < 20; seed++)
        {
            var trial = RandomTrial.Of(new Random(8000 + seed), kind, largestBatch: 40);
            int last = trial.Network.Layers.Count - 1;
            foreach (Isa isa in EngineUnderTest.InstructionSets)
            {
                string what = $"seed {seed}, batch {trial.Samples}, {isa}\n{trial.Text}";
                using var open = new EngineUnderTest(trial, isa, new SerialTeam());
                using var closed = Closed(trial, isa, default);
                using var answering = Closed(trial, isa, new EngineOptions { EvaluationOnly = true });
                foreach (var engine in new[] { open, closed })
                    for (int step = 0; step < 2; step++)
                    {
                        engine.Run(trial);
                        engine.SgdStep(0.05);
                    }
                Assert.Equal(open.Engine.Loss(), closed.Engine.Loss());
                foreach (var (key, layer, parameter) in trial.Network.Parameters)
                {
                    if (parameter.Trainable)
                        Assert.True(open.Gradient(layer, parameter.Name).AsSpan()
                            .SequenceEqual(closed.Gradient(layer, parameter.Name)), $"grad.{key}: {what}");
                    Assert.True(open.Parameter(layer, parameter.Name).AsSpan()
                        .SequenceEqual(closed.Parameter(layer, parameter.Name)), $"{key}: {what}");
                }
                open.Load(trial.Network);
                foreach (var engine in new[] { open, answering })
                    engine.Forward(trial.Input, trial.Samples, training: false);
                Assert.True(open.Output(last).AsSpan().SequenceEqual(answering.Output(last)), $"evaluation: {what}");
            }
        }
    }

    private static EngineUnderTest Closed(RandomTrial trial, Isa isa, EngineOptions options) =>
        new(trial.Text, trial.Network, Math.Max(trial.Samples, 2), isa, new SerialTeam(), options);

    [Theory, MemberData(nameof(Kinds))]
    public void WhatRanBeforeOnTheSameMemoryChangesNoBit(string kind)
    {
        for (int seed = 0; seed < 8; seed++)
        {
            var random = new Random(3000 + seed);
            var trial = RandomTrial.Of(random, kind, largestBatch: 40);
            if (trial.Network.Layers.Any(layer => layer is OracleDropout))
                continue;
            foreach (Isa isa in EngineUnderTest.InstructionSets)
            {
                using var fresh = new EngineUnderTest(trial, isa, new SerialTeam());
                using var used = new EngineUnderTest(trial, isa, new SerialTeam(), maxBatch: 75);
                int more = 75 - random.Next(0, 20);
                var noise = Enumerable.Range(0, more * trial.Network.Description.Input.Size)
                    .Select(_ => random.NextDouble() * 100 - 50).ToArray();
                var labels = Enumerable.Range(0, more).Select(_ => random.Next(trial.Network.Classes)).ToArray();
                used.Forward(noise, labels, training: true);
                used.Engine.Backward();
                Same($"seed {seed}, batch {trial.Samples} after {more}, {isa}\n{trial.Text}",
                    Run(trial, fresh), Run(trial, used));
            }
        }
    }

    [Theory, MemberData(nameof(Kinds))]
    public void InEvaluationASampleDoesNotDependOnItsNeighbors(string kind)
    {
        for (int seed = 0; seed < 8; seed++)
        {
            var trial = RandomTrial.Of(new Random(4000 + seed), kind, largestBatch: 40);
            int size = trial.Network.Description.Input.Size, last = trial.Network.Layers.Count - 1;
            foreach (Isa isa in EngineUnderTest.InstructionSets)
            {
                using var engine = new EngineUnderTest(trial, isa, new SerialTeam());
                engine.Forward(trial.Input, trial.Samples, training: false);
                var together = engine.Output(last);
                for (int k = 0; k < trial.Samples; k += 7)
                {
                    engine.Forward(trial.Input[(k * size)..((k + 1) * size)], 1, training: false);
                    var alone = engine.Output(last);
                    Assert.Equal(together[(k * alone.Length)..((k + 1) * alone.Length)], alone);
                }
            }
        }
    }
}
