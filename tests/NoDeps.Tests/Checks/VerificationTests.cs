using NoDeps.Network;
using NoDeps.Primitives;
using NoDeps.Tests.Network;
using NoDeps.Tests.Oracle;
using NoDeps.Tests.Reference;
using Xunit;

namespace NoDeps.Tests.Checks;

/// <summary>What <c>nodeps verify</c> accepts, what it finds, and what it says about a file that is no case.</summary>
public class VerificationTests
{
    private static readonly WorkTeam Serial = new SerialTeam();

    /// <summary>Those of data/reference, and those of the shared folder where there is one.</summary>
    public static IEnumerable<object[]> Cases =>
        from name in ReferenceCase.Names
        from isa in EngineUnderTest.InstructionSets
        select new object[] { name, isa };

    public static IEnumerable<object[]> Kinds =>
        RandomDescription.Kinds.Where(kind => kind != "dropout").Select(kind => new object[] { kind });

    private static EditedCase Case(string name) => new(ReferenceCase.Bytes(name));

    private static EditedCase Small(string kind = "batchnorm", int seed = 5)
    {
        while (true)
        {
            var trial = RandomTrial.Of(new Random(seed++), kind, 20);
            if (!trial.Text.Contains("dropout")) return VerifiedCase.OfOracle(trial, 0.05);
        }
    }

    [Theory, MemberData(nameof(Cases))]
    public void TheCasesOfPyTorchPass(string name, Isa isa)
    {
        var verified = new VerifiedCase(ReferenceCase.Bytes(name), isa, new ThreadTeam(2));
        Assert.Equal("", verified.Sentence);
        Assert.Empty(verified.Wrong);
        bool isHard = name == "pedestrian";
        // The first pass needs no allowance anywhere, and the rest of the steps only that.
        Assert.All(verified.Results, result => Assert.True((isHard && result.Key[0] is 'a' or 'e')
            || result.Value.Verdict == Verdict.Within, result.Key));
        // What float32 cannot hold lies in the directions of its noise, and nowhere else.
        Assert.All(verified.Results, result => Assert.InRange(result.Value.Left, -1, 5e-5));
    }

    [Theory, MemberData(nameof(Kinds))]
    public void CasesOfTheOraclePass(string kind)
    {
        for (int seed = 0; seed < 8; seed++)
        {
            var reference = Small(kind, 1000 * seed);
            foreach (var isa in EngineUnderTest.InstructionSets)
            {
                var verified = new VerifiedCase(reference.File(), isa, Serial);
                Assert.Equal("", verified.Sentence);
                Assert.True(!verified.Wrong.Any(), $"{reference.Metadata["net"]}\n{string.Join(", ", verified.Wrong)}");
            }
        }
    }

    [Fact]
    public void EveryChangedTensorIsFoundAndNamed()
    {
        var keys = Small().Tensors.Keys.Where(key => !key.EndsWith("tracked") && !key.StartsWith("param") && key != "labels"
            && key != "input").ToArray();
        Assert.Contains(keys, key => key.StartsWith("after."));
        foreach (string key in keys)
        {
            var changed = Small();
            if (changed.Tensors[key].Data.All(b => b == 0)) continue;
            var verified = new VerifiedCase(changed.Scale(key, 1.001f).File(), Isa.Avx2, Serial);
            bool isSmall = key.EndsWith("bias") && verified.Results[key].Error < 1e-6;
            Assert.True(isSmall || verified.Wrong.Contains(key), $"{key}: {verified.Results[key]}");
        }
    }

    /// <summary>Every result of every case of ours, by a thousandth: of the largest case every third.</summary>
    [Theory]
    [InlineData("images", 3)]
    [InlineData("rectangles", 1)]
    [InlineData("shortcuts", 1)]
    [InlineData("smoothing", 1)]
    [InlineData("squared-error", 1)]
    public void AThousandthIsFoundInEveryTensor(string name, int every)
    {
        var keys = new VerifiedCase(ReferenceCase.Bytes(name), Isa.Avx2, Serial).Results.Keys.Where(key => !key.EndsWith("tracked"));
        foreach (string key in keys.Where((_, i) => i % every == 0))
        {
            var verified = new VerifiedCase(Case(name).Scale(key, 1.001f).File(), Isa.Avx2, Serial);
            Assert.True(verified.Wrong.SequenceEqual([key]), $"{key}: {string.Join(", ", verified.Wrong)}");
        }
    }

    /// <summary>The pedestrian case, whose state after the steps float32 holds to a hundredth only.</summary>
    [SharedTheory]
    [InlineData("grad.input")]
    [InlineData("after.0.weight")]
    [InlineData("after.12.weight")]
    [InlineData("eval.output")]
    public void WhereFloat32IsTwoDigitsShortAThousandthIsStillFound(string key)
    {
        var verified = new VerifiedCase(Case("pedestrian").Scale(key, 1.001f).File(), Isa.Avx2, new ThreadTeam(2));
        // The closest combination of movements is that of all tensors, so that some others may be drawn off theirs.
        Assert.Contains(key, verified.Wrong);
    }

    [Fact]
    public void ASingleWrongElementIsFound()
    {
        foreach (string key in new[] { "output.0", "grad.input", "loss", "eval.output" })
        {
            var changed = Small("conv").Change(key, numbers => numbers[^1] += 0.01f * numbers.Max(Math.Abs));
            Assert.Equal([key], new VerifiedCase(changed.File(), Isa.Avx2, Serial).Wrong);
        }
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    public void AReferenceThatIsNoNumberIsWrong(float value)
    {
        foreach (string key in new[] { "output.0", "grad.input", "eval.output" })
        {
            var changed = Small("conv").Change(key, numbers => numbers[0] = value);
            Assert.Contains(key, new VerifiedCase(changed.File(), Isa.Avx2, Serial).Wrong);
        }
    }

    [Fact]
    public void AWrongCountOfBatchesIsWrong()
    {
        var changed = Small();
        string key = changed.Tensors.Keys.First(k => k.StartsWith("after.") && k.EndsWith("num_batches_tracked"));
        changed.Add(key, [77L], 1);
        Assert.Equal([key], new VerifiedCase(changed.File(), Isa.Avx2, Serial).Wrong);
    }

    [Fact]
    public void TheToleranceDecides()
    {
        byte[] file = Small("conv").Scale("output.0", 1.001f).File();
        Assert.Equal(["output.0"], new VerifiedCase(file, Isa.Avx2, Serial).Wrong);
        Assert.Empty(new VerifiedCase(file, Isa.Avx2, Serial, 0.01).Wrong);
    }

    private static void AssertSentence(string expected, Action<EditedCase> change)
    {
        var changed = Small("conv");
        change(changed);
        Assert.Equal(expected, new VerifiedCase(changed.File(), Isa.Avx2, Serial).Sentence);
    }

    [Fact]
    public void AFileThatIsNoCaseGetsOneSentence()
    {
        const string Complete = "; a reference case has every tensor of its network";
        const string Needs = "; a reference case needs net, learning_rate and batch under \"__metadata__\"";
        AssertSentence("case: missing tensor 'grad.input'" + Complete, c => c.Tensors.Remove("grad.input"));
        AssertSentence("case: missing tensor 'labels'" + Complete, c => c.Tensors.Remove("labels"));
        AssertSentence("case: no \"net\" in the metadata" + Needs, c => c.Metadata.Remove("net"));
        AssertSentence("case: no \"learning_rate\" of at least 0 in the metadata" + Needs,
            c => c.Metadata["learning_rate"] = "fast");
        AssertSentence("case: no \"batch\" from 1 to 65536 in the metadata" + Needs, c => c.Metadata["batch"] = "2.5");
        AssertSentence("case: a tensor that the network does not have 'grad.99.weight'; "
            + "do the description and the tensors belong together?", c => c.Add("grad.99.weight", [1.0], 1));
        AssertSentence("case: wrong shape of tensor 'loss'; expected 1, found 1x2", c => c.Add("loss", [1.0, 2.0], 1, 2));
        AssertSentence("case: wrong type of tensor 'loss'; expected F32, found I64", c => c.Add("loss", [1L], 1));
    }

    [Fact]
    public void ALabelMustBeAClass()
    {
        var changed = Small("conv");
        int n = changed.Tensors["labels"].Shape[0];
        changed.Add("labels", Enumerable.Repeat(9999L, n), n);
        Assert.StartsWith("case: a label is not a class of the network: expected ",
            new VerifiedCase(changed.File(), Isa.Avx2, Serial).Sentence);
    }

    [Fact]
    public void DropoutHasNoReference()
    {
        var changed = Small("conv");
        changed.Metadata["net"] = changed.Metadata["net"].Replace("flatten\n", "dropout 0.5\nflatten\n");
        Assert.Contains("dropout is random", new VerifiedCase(changed.File(), Isa.Avx2, Serial).Sentence);
    }

    [Fact]
    public void EveryTruncationIsAFault()
    {
        byte[] file = Small("dense").File();
        for (int length = 0; length < file.Length; length += 1 + length / 3)
            Assert.NotEqual("", new VerifiedCase(file[..length], Isa.Avx2, Serial).Sentence);
    }
}
