using NoDeps.Network;
using NoDeps.Primitives;
using NoDeps.Tests.Oracle;
using Xunit;

namespace NoDeps.Tests.Network;

/// <summary>The engine stays in the memory that it asked for, and a step allocates nothing.</summary>
public class EngineMemoryTests
{
    public static IEnumerable<object[]> KindsAndSets => EngineTests.KindsAndSets;

    [Theory, MemberData(nameof(KindsAndSets))]
    public void Nothing_outside_the_memory_is_written(string kind, Isa isa)
    {
        for (int seed = 0; seed < 10; seed++)
        {
            var trial = RandomTrial.Of(new Random(5000 + seed), kind, largestBatch: 40);
            using var engine = new EngineUnderTest(trial, isa, new SerialTeam());
            engine.Run(trial);
            engine.SgdStep(0.1);
            Assert.True(engine.GuardsAreWhole, $"seed {seed}, batch {trial.Samples}\n{trial.Text}");
        }
    }

    [Theory, MemberData(nameof(KindsAndSets))]
    public void A_step_allocates_nothing(string kind, Isa isa)
    {
        var trial = RandomTrial.Of(new Random(6000), kind, largestBatch: 40);
        using var engine = new EngineUnderTest(trial, isa, new SerialTeam());
        Assert.Equal(0, engine.BytesAllocatedByAStep(trial));
    }
}
