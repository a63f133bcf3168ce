using System;
using NoDeps.Network;
using NoDeps.Platform;
using NoDeps.Primitives;

namespace NoDeps.Cli;

/// <summary>
/// Training steps on noise images, which take as long as real ones: no data set is needed, and the results depend only on
/// the network and the batch.
/// </summary>
internal sealed unsafe class TrainingWork : Work
{
    private const int FewestImages = 1024;
    private const int HashedSteps = 3;
    private const double Rate = 0.01;
    private const ulong Seed = 1;

    private readonly Trainer _trainer;
    private int _epoch;
    private int _left;

    private TrainingWork(Trainer trainer, Engine engine)
    {
        _trainer = trainer;
        Engine = engine;
    }

    /// <summary>The network.</summary>
    public Engine Engine { get; }

    /// <summary>CRC-32 of the parameters after the first steps.</summary>
    public uint Hash { get; private set; }

    /// <summary>Sets up the network and takes the first steps.</summary>
    public static Fault Create(NetworkDescription network, int batch, int threads, InstructionSet isa, out TrainingWork work)
    {
        work = null;
        int count = Math.Max(FewestImages, batch), size = network.Input.Size;
        Fault fault = EngineSession.Create(network, batch, false, count, threads, isa, out EngineSession session);
        if (!fault.IsNone) return fault;
        fault = PageMemory.Take((long)count * (size + 1) + sizeof(uint), out byte* images);
        if (!fault.IsNone) return fault;
        byte* labels = images + (long)count * size;
        Philox random = new(Seed, 0);
        random.Fill(new Span<uint>(images, count / sizeof(uint) * size));
        for (int i = 0; i < count; i++) labels[i] = (byte)(i % network.Classes);
        session.Engine.Initialize(Seed);
        Recipe recipe = network.Recipe;
        recipe.Batch = batch;
        recipe.Schedule = ScheduleKind.Constant;
        recipe.LearningRate = Rate;
        recipe.DropLast = true;
        Trainer trainer = new(session.Engine, in recipe, new Normalization(0.5f, 0.25f), Seed, images, labels, count, session.Order);
        work = new TrainingWork(trainer, session.Engine);
        for (int i = 0; i < HashedSteps; i++) work.Once();
        for (int layer = 0; layer < network.LayerCount; layer++)
        {
            work.AddToHash(session.Engine.Parameter(layer, ParameterKind.Weight, out int weights), weights);
            work.AddToHash(session.Engine.Parameter(layer, ParameterKind.Bias, out int biases), biases);
        }
        return fault;
    }

    private void AddToHash(float* numbers, int count) =>
        Hash = Crc32.Update(Hash, new ReadOnlySpan<byte>(numbers, count * sizeof(float)));

    /// <inheritdoc/>
    public override void Once()
    {
        if (_left == 0)
        {
            _trainer.BeginEpoch(_epoch++);
            _left = _trainer.StepsPerEpoch;
        }
        _left--;
        _trainer.Step();
    }
}
