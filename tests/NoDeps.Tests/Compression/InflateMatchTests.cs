using Xunit;
using static NoDeps.Tests.Compression.InflateTrial;

namespace NoDeps.Tests.Compression;

/// <summary>Matches of every length and distance.</summary>
public sealed class InflateMatchTests
{
    [Fact]
    public void EveryDistanceOfTheWindowCopiesRight()
    {
        // Noise as it is, then a match at each distance, of a length that goes through all of them.
        byte[] noise = new byte[32768];
        new Random(9).NextBytes(noise);
        for (int from = 1; from <= 32768; from += 2048)
        {
            DeflateBits bits = new DeflateBits().Put(0, 1).Put(0, 2).Align().Put(noise.Length, 16).Put(~noise.Length & 0xFFFF, 16);
            foreach (byte b in noise) bits.Put(b, 8);
            bits.Put(1, 1).Put(1, 2);
            var expected = new List<byte>(noise);
            for (int distance = from; distance < from + 2048; distance += distance < 300 ? 1 : 37)
            {
                int length = 3 + distance % 256;
                bits.Match(length, distance);
                for (int i = 0; i < length; i++) expected.Add(expected[^distance]);
            }
            byte[] input = bits.Fixed(256).ToArray();
            byte[] data = [.. expected];
            Assert.Equal(data, DotNetInflated(input));
            InflateOutcome result = Inflated(input, data.Length);
            Assert.Null(result.Wrong);
            Assert.Equal(data, result.Data);
        }
    }

    [Fact]
    public void EveryLengthCopiesRightAtShortDistances()
    {
        for (int distance = 1; distance <= 40; distance++)
        {
            DeflateBits bits = new DeflateBits().Put(1, 1).Put(1, 2);
            var expected = new List<byte>();
            for (int i = 0; i < 40; i++)
            {
                bits.Fixed('A' + i);
                expected.Add((byte)('A' + i));
            }
            for (int length = 3; length <= 258; length++)
            {
                bits.Match(length, distance).Fixed(length % 256);
                for (int i = 0; i < length; i++) expected.Add(expected[^distance]);
                expected.Add((byte)length);
            }
            byte[] input = bits.Fixed(256).ToArray();
            byte[] data = [.. expected];
            Assert.Equal(data, DotNetInflated(input));
            InflateOutcome result = Inflated(input, data.Length);
            Assert.Null(result.Wrong);
            Assert.Equal(data, result.Data);
        }
    }

    [Fact]
    public void MatchesWithTheLongestCodesAndExtraBits()
    {
        // The most bits that a round of the fast loop can use up, in every order: up to 15 + 5 for a length, 15 + 13 for a
        // distance, 11 for each literal before them, after noise that fills the window.
        byte[] noise = new byte[32768];
        var random = new Random(12);
        random.NextBytes(noise);
        for (int round = 0; round < 150; round++)
        {
            DeflateBits bits = new DeflateBits().Put(0, 1).Put(0, 2).Align().Put(noise.Length, 16).Put(~noise.Length & 0xFFFF, 16);
            foreach (byte b in noise) bits.Put(b, 8);
            int[] symbols = [.. Enumerable.Range(0, 256).OrderBy(_ => random.Next()).Take(9), 281, 282, 283, 284, 285, 257, 256];
            int[] lengths = [.. Enumerable.Range(1, 15), 15];
            if (round % 3 != 0) random.Shuffle(lengths);
            int[] distances = [.. Enumerable.Range(14, 16)];
            int[] distanceLengths = [.. Enumerable.Range(1, 15), 15];
            if (round % 2 != 0) random.Shuffle(distanceLengths);
            int[] all = [.. new int[14], .. distanceLengths];
            DeflateBits.Dynamic(286, 30, symbols, lengths, all, bits);
            var expected = new List<byte>(noise);
            for (int i = 0; i < 400; i++)
            {
                int k = random.Next(15);
                bits.Code(DeflateBits.CodeOf(symbols, lengths, k), lengths[k]);
                if (k < 9)
                {
                    expected.Add((byte)symbols[k]);
                    continue;
                }
                int extra = random.Next(31);
                int length = symbols[k] == 285 ? 258 : symbols[k] == 257 ? 3 : 131 + 32 * (symbols[k] - 281) + extra;
                if (length is > 3 and < 258) bits.Put(extra, 5);
                int d = random.Next(16), distanceBits = distances[d] / 2 - 1;
                bits.Code(DeflateBits.CodeOf(distances, distanceLengths, d), distanceLengths[d]);
                extra = random.Next(1 << distanceBits);
                bits.Put(extra, distanceBits);
                int distance = (2 + distances[d] % 2 << distanceBits) + 1 + extra;
                for (int n = 0; n < length; n++) expected.Add(expected[^distance]);
            }
            byte[] input = bits.Code(DeflateBits.CodeOf(symbols, lengths, 15), lengths[15]).ToArray();
            byte[] data = [.. expected];
            Assert.Equal(data, DotNetInflated(input));
            InflateOutcome result = Inflated(input, data.Length);
            Assert.Null(result.Wrong);
            Assert.True(data.AsSpan().SequenceEqual(result.Data));
        }
    }
}
