using System.Text;
using NoDeps.Formats;
using NoDeps.Network;
using NoDeps.Primitives;
using NoDeps.Tests.Formats.Pictures;
using NoDeps.Tests.Oracle;
using Xunit;

namespace NoDeps.Tests.Network;

/// <summary>Checkpoints give back what went into them; of a damaged one the first wrong part is named.</summary>
public sealed unsafe class CheckpointFileTests
{
    private const string Text = "input 1x4x4\nflatten\ndense 5\nrelu\ndense 3\nloss softmax-cross-entropy\n";

    private static readonly TrainingState Place = new()
    {
        Version = TrainingState.CurrentVersion,
        Epoch = 2,
        StepOfEpoch = 7,
        StepsPerEpoch = 10,
        Epochs = 5,
        LossSum = 1.25,
        BestEpoch = 1,
        BestLoss = 0.5,
        BestCorrect = 90,
        DataChecksum = 0xFEDCBA98,
    };

    private delegate void Use(SafetensorsFile file);

    private static EpochRecord[] Records() =>
        [.. Enumerable.Range(1, 2).Select(i => new EpochRecord { Epoch = i, Step = 10 * i, Loss = 1.0 / i, LearningRate = 0.1 })];

    /// <summary>Writes a checkpoint of these parts and opens it.</summary>
    private static void With(TrainingState state, EpochRecord[] records, float[] moments, Use use)
    {
        byte[] file = Make(state, records, moments);
        fixed (byte* start = file)
        {
            Assert.Equal("", FaultTextOf(SafetensorsFile.Open(start, file.Length, out SafetensorsFile tensors)));
            use(tensors);
        }
    }

    private static byte[] Make(TrainingState state, EpochRecord[] records, float[] moments)
    {
        using var engine = new EngineUnderTest(RandomTrial.OfFewBits(new Random(4), Text, 8), Isa.Avx2, new SerialTeam());
        fixed (EpochRecord* r = records)
        fixed (float* m = moments)
        {
            CheckpointTensor[] parts =
            [
                new(CheckpointPart.State, SafetensorsType.I64, &state, TrainingState.Count),
                new(CheckpointPart.History, SafetensorsType.U8, r, records.Length * sizeof(EpochRecord)),
                new(CheckpointPart.FirstMoments, SafetensorsType.F32, m, moments.Length),
            ];
            byte[] file = new byte[CheckpointFile.MaxBytes(engine.Engine.Network, new ModelMetadata(), parts)];
            fixed (byte* to = file)
            {
                Fault fault = CheckpointFile.Write(engine.Engine, new Normalization(0.5f, 0.25f), new ModelMetadata(), parts, to,
                    file.Length, out long length);
                Assert.Equal("", FaultTextOf(fault));
                NetworkDescription? description = null;
                Assert.Equal("", FaultTextOf(ModelFile.Open(to, length, out SafetensorsFile tensors, ref description, out _)));
                // A checkpoint is a model, too.
                Assert.Equal("", FaultTextOf(ModelFile.Load(tensors, engine.Engine)));
                return file[..(int)length];
            }
        }
    }

    private static string FaultTextOf(Fault fault) =>
        (Encoding.UTF8.GetString(fault.What) + " " + Encoding.UTF8.GetString(fault.Quote)).Trim();

    [Fact]
    public void EverythingComesBack() => With(Place, Records(), [1, -2, 3.5f], tensors =>
    {
        Assert.True(CheckpointFile.ReadState(tensors, out TrainingState state).IsNone);
        Assert.Equal(Place, state);
        TrainingHistory history = new();
        Assert.True(CheckpointFile.ReadHistory(tensors, in state, history).IsNone);
        Assert.Equal(Records(), history.Records.ToArray());
        float* moments = stackalloc float[3];
        Assert.True(CheckpointFile.ReadNumbers(tensors, CheckpointPart.FirstMoments, moments, 3).IsNone);
        Assert.Equal([1, -2, 3.5f], new ReadOnlySpan<float>(moments, 3).ToArray());
    });

    [Fact]
    public void ATrainingWithoutACompleteEpochHasNoHistory() => With(Place with { Epoch = 0, BestEpoch = 0 }, [], [1], tensors =>
    {
        Assert.True(CheckpointFile.ReadState(tensors, out TrainingState state).IsNone);
        TrainingHistory history = new();
        Assert.True(CheckpointFile.ReadHistory(tensors, in state, history).IsNone);
        Assert.Equal(0, history.Count);
    });

    public static TheoryData<string, TrainingState> Impossible => new()
    {
        { "checkpoint version", Place with { Version = 2 } },
        { "impossible", Place with { Epoch = -1 } },
        { "impossible", Place with { Epoch = 6 } },
        { "impossible", Place with { StepOfEpoch = -1 } },
        { "impossible", Place with { StepOfEpoch = 11 } },
        { "impossible", Place with { LossSum = double.NaN } },
        { "impossible", Place with { BestEpoch = -1 } },
        { "impossible", Place with { BestEpoch = 3 } },
        // So many records that their bytes, counted in 64 bits, would be none.
        { "impossible", Place with { Epoch = 1L << 61, Epochs = 1L << 61 } },
        { "impossible", Place with { StepsPerEpoch = 1L << 31 } },
    };

    [Theory]
    [MemberData(nameof(Impossible))]
    public void AnImpossiblePlaceIsRefused(string what, TrainingState state) => With(state, Records(), [1], tensors =>
        Assert.Contains(what, FaultTextOf(CheckpointFile.ReadState(tensors, out _)), StringComparison.Ordinal));

    [Fact]
    public void PartsThatAreMissingOrOfAnotherSizeAreNamed() => With(Place, Records()[..1], [1, float.NaN], tensors =>
    {
        Assert.Equal("damaged checkpoint: wrong size of a tensor training.history",
            FaultTextOf(CheckpointFile.ReadHistory(tensors, in Place, new TrainingHistory())));
        float* to = stackalloc float[3];
        Assert.Equal("damaged checkpoint: wrong size of a tensor training.first_moments",
            FaultTextOf(CheckpointFile.ReadNumbers(tensors, CheckpointPart.FirstMoments, to, 3)));
        Assert.Equal("damaged checkpoint: a number is not finite training.first_moments",
            FaultTextOf(CheckpointFile.ReadNumbers(tensors, CheckpointPart.FirstMoments, to, 2)));
        Assert.Equal("not a checkpoint of this training, which has a tensor training.average",
            FaultTextOf(CheckpointFile.ReadNumbers(tensors, CheckpointPart.Average, to, 2)));
        Assert.Equal("damaged checkpoint: wrong type of tensor training.state",
            FaultTextOf(CheckpointFile.Find(tensors, CheckpointPart.State, SafetensorsType.F32, -1, out _)));
        Assert.True(CheckpointFile.Find(tensors, CheckpointPart.State, SafetensorsType.I64, -1, out SafetensorsEntry entry).IsNone);
        Assert.Equal(TrainingState.Count, entry.Count);
    });

    /// <summary>All that reads a checkpoint; how far it came.</summary>
    private static int ReadAll(byte* file, long length)
    {
        if (!SafetensorsFile.Open(file, length, out SafetensorsFile tensors).IsNone) return 0;
        if (!CheckpointFile.ReadState(tensors, out TrainingState state).IsNone) return 1;
        TrainingHistory history = new();
        if (!CheckpointFile.ReadHistory(tensors, in state, history).IsNone) return 2;
        Assert.Equal(state.Epoch, history.Count);
        float* moments = stackalloc float[3];
        return CheckpointFile.ReadNumbers(tensors, CheckpointPart.FirstMoments, moments, 3).IsNone ? 4 : 3;
    }

    [Fact]
    public void ADamagedCheckpointIsReadWithinItsBytes()
    {
        byte[] whole = Make(Place, Records(), [1, -2, 3.5f]);
        for (int length = 0; length < whole.Length; length++)
        {
            using var cut = new GuardedBuffer(whole.AsSpan(0, length));
            Assert.Equal(0, ReadAll(cut.Start, length));
        }
        int header = 8 + BitConverter.ToInt32(whole);
        // Behind the header are only numbers: half of the changes are there.
        var random = new Random(3);
        int[] reached = new int[5];
        byte[] telling = [0, 1, 0x7F, 0x80, 0xFF, (byte)'9', (byte)'0', (byte)'[', (byte)','];
        for (int trial = 0; trial < 6000; trial++)
        {
            byte[] file = [.. whole];
            for (int change = random.Next(1, 4); change > 0; change--)
            {
                int at = trial % 2 == 0 ? random.Next(header) : random.Next(header, file.Length);
                file[at] = random.Next(2) == 0 ? (byte)random.Next(256) : telling[random.Next(telling.Length)];
            }
            using var guarded = new GuardedBuffer(file);
            reached[ReadAll(guarded.Start, file.Length)]++;
            Assert.True(guarded.IsIntact);
        }
        Assert.All(reached, count => Assert.NotEqual(0, count));
    }
}
