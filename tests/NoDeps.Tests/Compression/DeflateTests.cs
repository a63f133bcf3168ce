using System.IO.Compression;
using FsCheck;
using FsCheck.Fluent;
using NoDeps.Primitives;
using Xunit;

namespace NoDeps.Tests.Compression;

public unsafe class DeflateTests
{
    private const int Guard = 64;

    /// <summary>On the heap: too large for an array's element.</summary>
    internal sealed class Scratch
    {
        public DeflateTables Tables;
    }

    private static byte[] Deflated(byte[] data, DeflateLevel level)
    {
        int room = (int)Deflate.MaxBytes(data.Length);
        byte[] buffer = new byte[room + 2 * Guard];
        buffer.AsSpan().Fill(0xA5);
        var scratch = new Scratch();
        // What an earlier call left behind must not matter.
        fixed (DeflateTables* t = &scratch.Tables) new Span<byte>(t, sizeof(DeflateTables)).Fill(0x5A);
        Assert.True(Deflate.Encode(data, buffer.AsSpan(Guard, room), level, ref scratch.Tables, out int written).IsNone);
        Assert.True(buffer.AsSpan(0, Guard).IndexOfAnyExcept((byte)0xA5) < 0, "wrote before the output");
        Assert.True(buffer.AsSpan(Guard + room).IndexOfAnyExcept((byte)0xA5) < 0, "wrote after the output");
        Assert.InRange(written, 1, room - 8);
        return buffer.AsSpan(Guard, written).ToArray();
    }

    private static byte[] RoundTrips(byte[] data, DeflateLevel level)
    {
        byte[] compressed = Deflated(data, level);
        using var stream = new DeflateStream(new MemoryStream(compressed), CompressionMode.Decompress);
        var to = new MemoryStream();
        stream.CopyTo(to);
        Assert.True(data.AsSpan().SequenceEqual(to.ToArray()), "what .NET reads differs");

        var tables = new InflateTables();
        byte[] ours = new byte[data.Length];
        Assert.True(Inflate.Decode(compressed, ours, ref tables, out int consumed, out int written).IsNone);
        Assert.Equal(compressed.Length, consumed);
        Assert.Equal(data.Length, written);
        Assert.True(data.AsSpan().SequenceEqual(ours), "what Inflate reads differs");
        return compressed;
    }

    [Fact]
    public void RoundTripsAnyBytes() => Prop.ForAll<byte[]>(data =>
    {
        RoundTrips(data, DeflateLevel.Stored);
        RoundTrips(data, DeflateLevel.Fast);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void RoundTripsEveryKindOfData()
    {
        var random = new Random(1);
        for (int i = 0; i < 300; i++)
            RoundTrips(InflateTrial.Sample(random, random.Next(1 << random.Next(1, 19))), DeflateLevel.Fast);
    }

    [Fact]
    public void RoundTripsNoiseOfAnyBias()
    {
        // Exponentially distributed bytes want codes of more than 15 bits.
        var random = new Random(2);
        for (int i = 0; i < 60; i++)
        {
            byte[] data = new byte[random.Next(200_000)];
            double slope = random.NextDouble() * 60;
            for (int k = 0; k < data.Length; k++) data[k] = (byte)Math.Min(255, -Math.Log(random.NextDouble()) * slope);
            RoundTrips(data, DeflateLevel.Fast);
        }
    }

    [Fact]
    public void CountsThatGrowAsFibonaccisNumbersNeedTheLimit()
    {
        // Each count is the sum of the two before: the code without a limit has a length for each symbol.
        for (int symbols = 2; symbols <= 22; symbols++)
        {
            var data = new List<byte>();
            int a = 1, b = 1;
            for (int i = 0; i < symbols; i++)
            {
                data.AddRange(Enumerable.Repeat((byte)i, a));
                (a, b) = (b, a + b);
            }
            byte[] bytes = [.. data];
            new Random(3).Shuffle(bytes);
            RoundTrips(bytes, DeflateLevel.Fast);
        }
    }

    [Fact]
    public void CodeLengthsAreThoseOfTheBestCodeWhereItFitsAndAlwaysComplete() =>
        Prop.ForAll<ushort[]>(counts =>
        {
            foreach (int most in (int[])[7, 15])
            {
                uint[] all = new uint[most == 7 ? 19 : 286];
                for (int i = 0; i < Math.Min(counts.Length, all.Length); i++) all[i] = (uint)counts[i] * counts[i] >> 12;
                byte[] lengths = new byte[all.Length];
                uint[] sorted = new uint[all.Length];
                fixed (uint* c = all, s = sorted)
                fixed (byte* l = lengths) HuffmanCode.ComputeLengths(c, all.Length, most, l, s);
                Assert.Equal(1.0, lengths.Sum(l => l == 0 ? 0 : Math.Pow(2, -l)));
                for (int i = 0; i < all.Length; i++) Assert.True(all[i] == 0 || lengths[i] is > 0 and <= 15);
                Assert.True(lengths.All(l => l <= most));
                var (best, longest) = Huffman(all);
                long cost = all.Zip(lengths, (n, l) => (long)n * l).Sum();
                if (longest <= most) Assert.Equal(best, cost);
                else Assert.True(cost >= best);
            }
        }).QuickCheckThrowOnFailure();

    /// <summary>Bits that Huffman's code takes for all symbols, and its longest code, ties broken for the shortest.</summary>
    private static (long Bits, int Longest) Huffman(uint[] counts)
    {
        var queue = new PriorityQueue<(long Weight, int Depth), (long, int)>();
        foreach (uint count in counts.Where(c => c != 0)) queue.Enqueue((count, 0), (count, 0));
        long bits = queue.Count == 1 ? queue.Peek().Weight : 0;
        int longest = 1;
        while (queue.Count > 1)
        {
            var a = queue.Dequeue();
            var b = queue.Dequeue();
            var sum = (a.Weight + b.Weight, Math.Max(a.Depth, b.Depth) + 1);
            bits += sum.Item1;
            longest = sum.Item2;
            queue.Enqueue(sum, sum);
        }
        return (bits, longest);
    }

    [Fact]
    public void TakesNoMoreRoomThanItSaysEvenForNoise()
    {
        var random = new Random(4);
        foreach (int length in (int[])[0, 1, 2, 4, 5, 32767, 32768, 32769, 65535, 65536, 65537, 131070, 131071, 1_000_000])
        {
            byte[] noise = new byte[length];
            random.NextBytes(noise);
            foreach (DeflateLevel level in Enum.GetValues<DeflateLevel>())
                Assert.InRange(RoundTrips(noise, level).Length, 1, (int)Deflate.MaxBytes(length) - 8);
        }
    }

    [Fact]
    public void FindsMatchesAtEveryDistanceOfTheWindowAndNoneBeyond()
    {
        byte[] noise = new byte[33_000];
        new Random(5).NextBytes(noise);
        foreach (int distance in (int[])[1, 2, 3, 4, 5, 7, 8, 9, 255, 256, 257, 4096, 24576, 24577, 32766, 32767, 32768, 32769])
        {
            byte[] data = [.. noise.AsSpan(0, distance), .. noise.AsSpan(0, distance), .. noise.AsSpan(0, 300)];
            int compressed = RoundTrips(data, DeflateLevel.Fast).Length;
            if (distance is > 1000 and <= 32768) Assert.InRange(compressed, distance, distance + distance / 16);
            else if (distance > 32768) Assert.True(compressed > 2 * distance - 1000);
        }
    }

    [Fact]
    public void RunsAreShort()
    {
        Assert.InRange(RoundTrips(new byte[1_000_000], DeflateLevel.Fast).Length, 900, 5000);
    }

    [Fact]
    public void TooLittleRoomIsAFault()
    {
        byte[] data = new byte[1000];
        byte[] output = new byte[Deflate.MaxBytes(data.Length) - 1];
        Fault fault = Deflate.Encode(data, output, DeflateLevel.Fast, ref new Scratch().Tables, out int written);
        Assert.Equal(FaultKind.Software, fault.Kind);
        Assert.Equal(0, written);
    }

    [SharedFact]
    public void MnistIsAboutAsSmallAsZlibMakesIt()
    {
        foreach (string path in Directory.GetFiles(SharedFiles.Path("data", "mnist"), "t10k*.gz"))
        {
            var raw = new MemoryStream();
            using (var stream = new GZipStream(File.OpenRead(path), CompressionMode.Decompress)) stream.CopyTo(raw);
            var theirs = new MemoryStream();
            using (var stream = new DeflateStream(theirs, CompressionLevel.Fastest, true)) stream.Write(raw.ToArray());
            byte[] ours = RoundTrips(raw.ToArray(), DeflateLevel.Fast);
            Assert.True(ours.Length < 1.1 * theirs.Length, $"{ours.Length} and {theirs.Length} bytes");
        }
    }
}
