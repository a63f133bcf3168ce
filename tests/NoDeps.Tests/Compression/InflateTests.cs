using System.IO.Compression;
using FsCheck;
using FsCheck.Fluent;
using Xunit;
using static NoDeps.Tests.Compression.InflateTrial;

namespace NoDeps.Tests.Compression;

/// <summary>What .NET compresses, inflated.</summary>
public sealed class InflateTests
{
    [Fact]
    public void RoundTripsWhatNETCompresses() => Prop.ForAll<byte[]>(data =>
    {
        foreach (CompressionLevel level in Enum.GetValues<CompressionLevel>()) RoundTrips(data, Deflated(data, level));
    }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData(ZLibCompressionStrategy.Default)]
    [InlineData(ZLibCompressionStrategy.Fixed)]
    [InlineData(ZLibCompressionStrategy.HuffmanOnly)]
    [InlineData(ZLibCompressionStrategy.RunLengthEncoding)]
    [InlineData(ZLibCompressionStrategy.Filtered)]
    public void RoundTripsEveryKindOfBlock(ZLibCompressionStrategy strategy)
    {
        var random = new Random(2);
        for (int i = 0; i < 150; i++)
        {
            byte[] data = Sample(random, random.Next(1 << random.Next(1, 18)));
            RoundTrips(data, Deflated(data, strategy, random.Next(0, 10)));
        }
    }

    [Fact]
    public void RoundTripsNoiseOfAnyBias()
    {
        // Exponentially distributed bytes give long codes: the second tables.
        var random = new Random(3);
        for (int i = 0; i < 60; i++)
        {
            byte[] data = new byte[random.Next(100_000)];
            double slope = random.NextDouble() * 60;
            for (int k = 0; k < data.Length; k++) data[k] = (byte)Math.Min(255, -Math.Log(random.NextDouble()) * slope);
            RoundTrips(data, Deflated(data, ZLibCompressionStrategy.HuffmanOnly, 6));
        }
    }

    [Fact]
    public void LeavesWhatFollowsTheStream()
    {
        byte[] data = Sample(new Random(4), 5000);
        byte[] compressed = Deflated(data, CompressionLevel.Optimal);
        InflateOutcome result = Inflated([.. compressed, .. new byte[100]], data.Length);
        Assert.Null(result.Wrong);
        Assert.Equal(compressed.Length, result.Consumed);
    }

    [SharedFact]
    public void MnistFilesEqualWhatGZipStreamReads()
    {
        foreach (string path in Directory.GetFiles(SharedFiles.Path("data", "mnist"), "*.gz"))
        {
            byte[] file = File.ReadAllBytes(path);
            var to = new MemoryStream();
            using (var stream = new GZipStream(new MemoryStream(file), CompressionMode.Decompress)) stream.CopyTo(to);
            int header = 10;
            if ((file[3] & 8) != 0) header = Array.IndexOf(file, (byte)0, header) + 1;
            InflateOutcome result = Inflated(file[header..], (int)to.Length);
            Assert.Null(result.Wrong);
            Assert.Equal(file.Length - header - 8, result.Consumed);
            Assert.True(to.ToArray().AsSpan().SequenceEqual(result.Data));
        }
    }
}
