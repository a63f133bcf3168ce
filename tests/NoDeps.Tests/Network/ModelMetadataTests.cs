using System.Text;
using NoDeps.Formats;
using NoDeps.Network;
using NoDeps.Primitives;
using NoDeps.Tests.Oracle;
using Xunit;

namespace NoDeps.Tests.Network;

/// <summary>What a model file says beside its weights, and weights of half precision.</summary>
public sealed unsafe class ModelMetadataTests
{
    private const string Text = "input 1x4x4\nflatten\ndense 3\nloss softmax-cross-entropy\n";

    private delegate void Use(SafetensorsFile file);

    private static EngineUnderTest Engine() => new(RandomTrial.Of(new Random(4), () => Text, 8), Isa.Avx2, new SerialTeam());

    private static void With(EngineUnderTest engine, ModelMetadata metadata, SafetensorsType type, Use use)
    {
        byte[] file = new byte[ModelFile.MaxBytes(engine.Engine.Network, metadata)];
        fixed (byte* to = file)
        {
            Fault fault = ModelFile.Write(engine.Engine, new Normalization(0.5f, 0.25f), to, file.Length, out long length, metadata, type);
            Assert.Equal("", Encoding.UTF8.GetString(fault.What));
            NetworkDescription? description = null;
            Assert.True(ModelFile.Open(to, length, out SafetensorsFile tensors, ref description, out _).IsNone);
            use(tensors);
        }
    }

    [Fact]
    public void NamesHistoryAndStatisticsComeBack()
    {
        byte[] images = new byte[20 * 16];
        new Random(1).NextBytes(images);
        ModelMetadata metadata = new()
        {
            // Everything that JSON escapes, and characters of two, three and four bytes.
            Names = Encoding.UTF8.GetBytes("\"quoted\" \\ \t\u0001\nä €\n😀"),
            History = Encoding.UTF8.GetBytes("[{\"epoch\":1,\"loss\":null}]"),
        };
        fixed (byte* all = images) metadata.Statistics = InputStatistics.Of(all, 20, new Shape(1, 4, 4));
        using EngineUnderTest engine = Engine();
        With(engine, metadata, SafetensorsType.F32, tensors =>
        {
            ModelMetadata read = ModelMetadata.Read(tensors, 3);
            Assert.Equal(Encoding.UTF8.GetString(metadata.Names), Encoding.UTF8.GetString(read.Names));
            Assert.Equal(3, read.NameCount);
            Assert.Equal(["", "\"quoted\" \\ \t\u0001", "ä €", "😀", ""],
                new[] { -1, 0, 1, 2, 3 }.Select(i => Encoding.UTF8.GetString(read.NameOf(i))));
            Assert.Equal(metadata.History, read.History);
            Assert.True(read.Statistics.IsKnown);
            for (int i = 0; i < ImageFeatures.Count; i++) Assert.Equal(metadata.Statistics.Mean(i), read.Statistics.Mean(i), 5.1e-7);

            // As many names as classes, or none.
            read = ModelMetadata.Read(tensors, 4);
            Assert.Equal((0, 0), (read.NameCount, read.Names.Length));
        });
    }

    [Fact]
    public void NothingMayBeSaidAtAll()
    {
        using EngineUnderTest engine = Engine();
        With(engine, new ModelMetadata(), SafetensorsType.F32, tensors =>
        {
            ModelMetadata read = ModelMetadata.Read(tensors, 3);
            Assert.Equal((0, 0, false), (read.NameCount, read.History.Length, read.Statistics.IsKnown));
        });
    }

    [Fact]
    public void HalfWeightsAreRoundedToNearestAndThoseBeyondAreRefused()
    {
        using EngineUnderTest engine = Engine(), other = Engine();
        double[] weights = engine.Parameter(1, "weight");
        With(engine, new ModelMetadata(), SafetensorsType.F16, tensors => Assert.True(ModelFile.Load(tensors, other.Engine).IsNone));
        Assert.Equal(weights.Select(w => (double)(float)(Half)(float)w), other.Parameter(1, "weight"));

        // 65520 is the first number that rounds to infinity.
        foreach (var (weight, fits) in new[] { (65519f, true), (65520f, false), (-65520f, false) })
        {
            engine.Engine.Parameter(1, ParameterKind.Weight, out _)[2] = weight;
            byte[] room = new byte[ModelFile.MaxBytes(engine.Engine.Network)];
            fixed (byte* to = room)
            {
                Fault fault = ModelFile.Write(engine.Engine, new Normalization(0, 1), to, room.Length, out _, null, SafetensorsType.F16);
                Assert.Equal(fits ? "" : "a weight is outside the range of half precision", Encoding.UTF8.GetString(fault.What));
            }
        }
    }
}
