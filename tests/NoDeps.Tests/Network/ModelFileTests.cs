using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json.Nodes;
using NoDeps.Network;
using NoDeps.Primitives;
using NoDeps.Tests.Oracle;
using NoDeps.Tests.Reference;
using Xunit;

namespace NoDeps.Tests.Network;

/// <summary>
/// Model files: what a second reader finds in them, that they give back the same engine, and that each wrong one is
/// refused for what is wrong with it.
/// </summary>
public unsafe class ModelFileTests
{
    private const string Text = "# \"quotes\", a \\ and a tab\t\ninput 2x9x8\nconv 5 kernel=3x2 pad=1x0\n"
        + "batchnorm\nrelu\nmaxpool kernel=2\nflatten\ndense 11\nbatchnorm\ndense 10\nloss squared-error\n";
    private static readonly Normalization Normal = new(0.1307f, 0.3081f);

    private static RandomTrial Trial(string text) => RandomTrial.Of(new Random(2), () => text, 20);

    private static byte[] Write(RandomTrial trial)
    {
        using var engine = new EngineUnderTest(trial, Isa.Avx2, new SerialTeam());
        long capacity = ModelFile.MaxBytes(engine.Engine.Network);
        byte* room = (byte*)NativeMemory.AlignedAlloc((nuint)capacity, 64);
        var fault = ModelFile.Write(engine.Engine, Normal, room, capacity, out long length);
        Assert.True(fault.IsNone, Encoding.UTF8.GetString(fault.What));
        Assert.InRange(length, 1, capacity);
        byte[] file = new ReadOnlySpan<byte>(room, (int)length).ToArray();
        NativeMemory.AlignedFree(room);
        return file;
    }

    /// <summary>What opening and loading says: empty when all is well, else what and the piece it quotes.</summary>
    private static string Load(byte[] file, RandomTrial? into, out EngineUnderTest? engine)
    {
        engine = null;
        NetworkDescription? description = null;
        fixed (byte* bytes = file)
        {
            var fault = ModelFile.Open(bytes, file.Length, out var tensors, ref description, out var normalization);
            if (fault.IsNone)
            {
                Assert.Equal(Normal.Mean, normalization.Mean);
                Assert.Equal(Normal.Std, normalization.Std);
                var network = OracleNetwork.Of(Encoding.UTF8.GetString(description!.Text));
                engine = new EngineUnderTest(Encoding.UTF8.GetString(description.Text), network, into?.Samples ?? 1,
                    Isa.Avx2, new SerialTeam(), EngineUnderTest.Everything);
                fault = ModelFile.Load(tensors, engine.Engine);
            }
            return fault.IsNone ? "" : $"{Encoding.UTF8.GetString(fault.What)} {Encoding.UTF8.GetString(fault.Quote)}";
        }
    }

    public static IEnumerable<object[]> Texts =>
        new[] { Text }.Concat(Enumerable.Range(0, 12).Select(i => RandomDescription.Of(new Random(i),
            RandomDescription.Kinds[i]))).Select(text => new object[] { text });

    [Theory, MemberData(nameof(Texts))]
    public void ASecondReaderFindsEveryTensorByTheNameAndShapeOfPyTorch(string text)
    {
        var trial = Trial(text);
        var file = new SafetensorsFile(Write(trial));
        Assert.Equal(trial.Network.Parameters.Select(p => p.Key).Order(), file.Tensors.Keys.Order());
        foreach (var (key, _, parameter) in trial.Network.Parameters)
        {
            Assert.Equal(parameter.Dimensions, file.Shapes[key]);
            Assert.Equal(parameter.Value, file.Tensors[key]);
        }
        Assert.Equal(text, file.Metadata["net"]);
        Assert.Equal("pt", file.Metadata["format"]);
        Assert.Equal(trial.Network.Classes.ToString(), file.Metadata["classes"]);
        Assert.Equal(Normal.Mean, float.Parse(file.Metadata["mean"]));
        Assert.Equal(Normal.Std, float.Parse(file.Metadata["std"]));
    }

    [Theory, MemberData(nameof(Texts))]
    public void ALoadedModelAnswersAsTheSavedOne(string text)
    {
        var trial = Trial(text);
        byte[] file = Write(trial);
        Assert.Equal("", Load(file, trial, out var loaded));
        using var saved = new EngineUnderTest(trial, Isa.Avx2, new SerialTeam());
        using (loaded)
        {
            foreach (var engine in new[] { saved, loaded! })
                engine.Forward(trial.Input, trial.Samples, training: false);
            Assert.Equal(saved.Output(trial.Network.Layers.Count - 1), loaded!.Output(trial.Network.Layers.Count - 1));
            foreach (var (key, layer, parameter) in trial.Network.Parameters)
                Assert.Equal(parameter.Value, loaded.Parameter(layer, parameter.Name));
        }
    }

    /// <summary>Replaces text in the header by text of the same length, so that the data stay where they are.</summary>
    [Theory]
    [InlineData("\"0.weight\"", "\"9.weight\"", "0.weight")]
    [InlineData("\"1.running_var\"", "\"1.running_vax\"", "1.running_var")]
    [InlineData("\"net\"", "\"nat\"", "net")]
    [InlineData("\"mean\"", "\"main\"", "mean")]
    [InlineData("\"std\":\"0", "\"std\":\"-", "std")]
    [InlineData("[5,2,3,2]", "[5,2,2,3]", "0.weight")]
    [InlineData("dense 11", "dense 12", "5.weight")]
    [InlineData("conv 5 kernel=3x2", "conv 6 kernel=3x2", "0.weight")]
    [InlineData("dense 10", "danse 10", "danse")]
    public void AWrongModelIsRefusedForWhatIsWrong(string from, string to, string named)
    {
        byte[] file = Write(Trial(Text));
        byte[] pattern = Encoding.UTF8.GetBytes(from);
        int at = file.AsSpan().IndexOf(pattern);
        Assert.True(at > 0, $"no {from} in the header");
        Encoding.UTF8.GetBytes(to).CopyTo(file, at);
        string said = Load(file, null, out var engine);
        engine?.Dispose();
        Assert.Contains(named, said);
    }

    /// <summary>Files of the first version call the standard deviation by another name.</summary>
    [Fact]
    public void TheOlderNameOfTheStandardDeviationIsRead()
    {
        byte[] file = Write(Trial(Text));
        long header = BitConverter.ToInt64(file);
        string text = Encoding.UTF8.GetString(file, 8, (int)header).TrimEnd()
            .Replace("\"std\":", "\"deviation\":", StringComparison.Ordinal);
        text = text.PadRight((text.Length + 7) / 8 * 8);
        byte[] older = [.. BitConverter.GetBytes((long)text.Length), .. Encoding.UTF8.GetBytes(text), .. file.AsSpan(8 + (int)header)];
        fixed (byte* bytes = older)
        {
            NetworkDescription? description = null;
            Assert.True(ModelFile.Open(bytes, older.Length, out _, ref description, out Normalization normalization).IsNone);
            Assert.Equal(Normal.Std, normalization.Std);
        }
    }

    /// <summary>Numbers for each channel survive their text; of another count than the channels they are refused.</summary>
    [Theory]
    [InlineData("0.5,0.25,0.125", 3)]
    [InlineData("0.5", 1)]
    [InlineData("0.5,0.25,0.125,0.1", 4)]
    [InlineData("0.5,", 0)]
    [InlineData("0.5;0.25", 0)]
    [InlineData("NaN", 0)]
    [InlineData("", 0)]
    [InlineData("1,2,3,4,5", 0)]
    public void NumbersByChannelAreRead(string text, int count)
    {
        Span<float> numbers = stackalloc float[Normalization.MaxChannels];
        Assert.Equal(count, NormalizationText.Read(Encoding.UTF8.GetBytes(text), numbers));
        if (count == 0) return;
        var normalization = new Normalization(numbers[..count], numbers[..count]);
        Span<byte> buffer = stackalloc byte[NormalizationText.MaxBytes];
        string written = Encoding.UTF8.GetString(NormalizationText.Write(buffer, in normalization, true));
        Assert.Equal(text.Split(','), written.Split(',').Select(number => float.Parse(number).ToString()));
    }

    /// <summary>What safetensors.torch.save_file writes has tensors only.</summary>
    [Fact]
    public void AFileWithoutMetadataTakesTheDescriptionItIsGivenAndThePixelsAsTheyAre()
    {
        byte[] file = WithoutMetadata(Write(Trial(Text)));
        Assert.Contains("net", Load(file, null, out _));
        Assert.True(NetworkDescription.Parse(Encoding.UTF8.GetBytes(Text), out NetworkDescription? given).IsNone);
        fixed (byte* bytes = file)
        {
            NetworkDescription? description = given;
            var fault = ModelFile.Open(bytes, file.Length, out var tensors, ref description, out var normalization);
            Assert.True(fault.IsNone, Encoding.UTF8.GetString(fault.What));
            Assert.Same(given, description);
            Assert.Equal(0, normalization.Mean);
            Assert.Equal(1, normalization.Std);
            using var engine = new EngineUnderTest(Trial(Text), Isa.Avx2, new SerialTeam());
            Assert.True(ModelFile.Load(tensors, engine.Engine).IsNone);
        }
    }

    private static byte[] WithoutMetadata(byte[] file)
    {
        return WithHeader(file, header => header.Remove("__metadata__"));
    }

    /// <summary>Modules under other names, sorted by name as numbers are not, find their layers.</summary>
    [Fact]
    public void OtherNamesGiveTheSameParameters()
    {
        var trial = Trial(Text);
        byte[] file = WithHeader(Write(trial), header =>
        {
            foreach (var (key, tensor) in header.Where(pair => pair.Key != "__metadata__").ToList())
            {
                header.Remove(key);
                int point = key.IndexOf('.');
                bool isTracked = key.EndsWith("tracked");
                header[isTracked ? "other." + key : "module.net/" + (int.Parse(key[..point]) + 8) + key[point..]] = tensor;
            }
        });
        Assert.Equal("", Load(file, trial, out var loaded));
        using (loaded)
        {
            foreach (var (key, layer, parameter) in trial.Network.Parameters.Where(p => !p.Key.EndsWith("tracked")))
                Assert.Equal(parameter.Value, loaded!.Parameter(layer, parameter.Name));
        }
    }

    private static byte[] WithHeader(byte[] file, Action<JsonObject> change)
    {
        int length = (int)BitConverter.ToInt64(file);
        var header = JsonNode.Parse(file.AsSpan(8, length))!.AsObject();
        change(header);
        byte[] text = Encoding.UTF8.GetBytes(header.ToJsonString());
        return [.. BitConverter.GetBytes((long)text.Length), .. text, .. file.AsSpan(8 + length)];
    }

    [Fact]
    public void EveryCutModelIsRefused()
    {
        byte[] file = Write(Trial(Text));
        for (int length = 0; length < file.Length; length += length < 1200 ? 1 : 37)
        {
            Assert.NotEqual("", Load(file[..length], null, out var engine));
            engine?.Dispose();
        }
    }

    [Fact]
    public void TooLittleRoomIsAFaultAndNotAnOverrun()
    {
        var trial = Trial(Text);
        using var engine = new EngineUnderTest(trial, Isa.Avx2, new SerialTeam());
        int length = Write(trial).Length;
        byte[] room = new byte[length + 64];
        foreach (int capacity in new[] { 0, 7, 8, 100, 1000, length / 2, length - 1 })
        {
            Array.Fill(room, (byte)0xA5);
            fixed (byte* bytes = room)
                Assert.False(ModelFile.Write(engine.Engine, Normal, bytes, capacity, out _).IsNone);
            Assert.True(room.AsSpan(capacity).IndexOfAnyExcept((byte)0xA5) < 0, $"room of {capacity}");
        }
    }
}
