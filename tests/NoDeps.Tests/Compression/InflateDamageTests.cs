using System.IO.Compression;
using FsCheck;
using FsCheck.Fluent;
using Xunit;
using static NoDeps.Tests.Compression.InflateTrial;

namespace NoDeps.Tests.Compression;

/// <summary>Streams that are cut short, damaged or noise: faults, and never a byte out of bounds.</summary>
public sealed class InflateDamageTests
{
    [Fact]
    public void TooLittleRoomIsAFaultForEverySize()
    {
        foreach (CompressionLevel level in Enum.GetValues<CompressionLevel>())
        {
            byte[] data = Sample(new Random(5), 900);
            byte[] compressed = Deflated(data, level);
            for (int room = 0; room < data.Length; room++)
            {
                InflateOutcome result = Inflated(compressed, room);
                Assert.Equal("more decompressed data than expected", result.Wrong);
                Assert.True(data.AsSpan(0, result.Data.Length).SequenceEqual(result.Data));
            }
        }
    }

    [Fact]
    public void EveryTruncationIsAFaultAtTheEnd()
    {
        var random = new Random(6);
        foreach (CompressionLevel level in Enum.GetValues<CompressionLevel>())
            for (int i = 0; i < 5; i++)
            {
                byte[] data = Sample(random, 700);
                byte[] compressed = Deflated(data, level);
                for (int length = 0; length < compressed.Length; length++)
                {
                    InflateOutcome result = Inflated(compressed[..length], data.Length);
                    Assert.Equal("the compressed data ends too early", result.Wrong);
                    Assert.Equal(length, result.Offset);
                    Assert.True(data.AsSpan(0, result.Data.Length).SequenceEqual(result.Data));
                }
            }
    }

    [Fact]
    public void DamagedStreamsAreJudgedAsNETJudgesThem()
    {
        var random = new Random(7);
        int accepted = 0, rejected = 0;
        for (int i = 0; i < 6000; i++)
        {
            byte[] data = Sample(random, random.Next(1, 1500));
            byte[] compressed = Deflated(data, (ZLibCompressionStrategy)random.Next(0, 5), random.Next(0, 10));
            for (int flips = random.Next(1, 4); flips > 0; flips--)
                compressed[Biased(random, compressed.Length)] ^= (byte)(1 << random.Next(8));
            Judge(compressed, ref accepted, ref rejected);
        }
        Assert.True(accepted > 30 && rejected > 30, $"{accepted} accepted, {rejected} rejected");
    }

    [Fact]
    public void NoiseIsJudgedAsNETJudgesIt()
    {
        var random = new Random(8);
        int accepted = 0, rejected = 0;
        for (int i = 0; i < 30_000; i++)
        {
            byte[] noise = new byte[random.Next(1, 120)];
            random.NextBytes(noise);
            if (i % 2 == 0) noise[0] = (byte)(noise[0] & 0xF8 | 5); // dynamic
            Judge(noise, ref accepted, ref rejected);
        }
        Assert.True(accepted > 30 && rejected > 30, $"{accepted} accepted, {rejected} rejected");
    }

    [Fact]
    public void MutatedStreamsAreJudgedAsNETJudgesThem() => Prop.ForAll<byte[], int[], byte>((data, changes, kind) =>
    {
        // Repeated with gaps, so that there are matches.
        byte[] more = [.. data, .. data.Reverse(), .. data, .. data.Where((_, i) => i % 3 != 0), .. data];
        byte[] compressed = Deflated(more, (ZLibCompressionStrategy)(kind % 5), kind / 5 % 10);
        int accepted = 0, rejected = 0;
        Judge(Mutated(compressed, changes), ref accepted, ref rejected);
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(2000));

    /// <summary>Changes to a valid stream: bits flipped, bytes replaced, pieces left out or doubled.</summary>
    private static byte[] Mutated(byte[] stream, int[] changes)
    {
        List<byte> bytes = [.. stream];
        foreach (int change in changes.Take(4))
        {
            if (bytes.Count == 0) break;
            uint what = (uint)change;
            int at = (int)(what >> 4) % Math.Min(bytes.Count, what % 2 == 0 ? 40 : int.MaxValue);
            switch (what >> 1 & 3)
            {
                case 0: bytes[at] ^= (byte)(1 << (int)(what >> 29)); break;
                case 1: bytes[at] = (byte)(what >> 24); break;
                case 2: bytes.RemoveAt(at); break;
                default: bytes.InsertRange(at, [.. bytes.Skip(at).Take(3)]); break;
            }
        }
        return [.. bytes];
    }

    private static int Biased(Random random, int length) =>
        random.Next(2) == 0 ? random.Next(length) : random.Next(Math.Min(length, 60));
}
