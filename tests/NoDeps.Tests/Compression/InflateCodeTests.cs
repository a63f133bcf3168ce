using Xunit;
using static NoDeps.Tests.Compression.InflateTrial;

namespace NoDeps.Tests.Compression;

/// <summary>Prefix codes: complete, incomplete, over-subscribed, and blocks made by hand.</summary>
public sealed class InflateCodeTests
{
    [Fact]
    public void CodesOfAnyLengthUpTo15Bits()
    {
        // Complete codes: lengths 1, 2, …, n − 1 and n twice, on symbols in any order.
        var random = new Random(10);
        for (int n = 2; n <= 15; n++)
            for (int round = 0; round < 20; round++)
            {
                int[] symbols = [.. Enumerable.Range(0, 256).OrderBy(_ => random.Next()).Take(n), 256];
                random.Shuffle(symbols);
                int[] lengths = [.. Enumerable.Range(1, n), n];
                DeflateBits bits = DeflateBits.Dynamic(257, 1, symbols, lengths, []);
                var expected = new List<byte>();
                for (int i = 0; i < 300; i++)
                {
                    int k = random.Next(n + 1);
                    if (symbols[k] == 256) continue;
                    Put(k);
                    expected.Add((byte)symbols[k]);
                }
                Put(Array.IndexOf(symbols, 256));
                Check(bits, System.Text.Encoding.Latin1.GetString([.. expected]));

                void Put(int k) => bits.Code(DeflateBits.CodeOf(symbols, lengths, k), lengths[k]);
            }
    }

    [Fact]
    public void OverSubscribedAndIncompleteCodesAreJudgedAsNETJudgesThem()
    {
        var random = new Random(11);
        int accepted = 0, rejected = 0;
        for (int i = 0; i < 4000; i++)
        {
            int literals = random.Next(257, 287), distances = random.Next(1, 31);
            int count = random.Next(1, 8);
            int[] symbols = [.. Enumerable.Range(0, 256).OrderBy(_ => random.Next()).Take(count), 256];
            int most = random.Next(1, 5);
            int[] lengths = [.. symbols.Select(_ => random.Next(i % 8 == 0 ? 0 : 1, most + 1))];
            int[] distanceLengths = [.. Enumerable.Range(0, distances).Select(_ => random.Next(3) == 0 ? random.Next(most + 1) : 0)];
            DeflateBits bits = DeflateBits.Dynamic(literals, distances, symbols, lengths, distanceLengths);
            for (int k = 0; k < 40; k++) bits.Put(random.Next(256), 8);
            Judge(bits.ToArray(), ref accepted, ref rejected);
        }
        Assert.True(accepted > 30 && rejected > 30, $"{accepted} accepted, {rejected} rejected");
    }

    [Fact]
    public void HandMadeBlocks()
    {
        Check(new DeflateBits().Put(1, 1).Put(0, 2).Align().Put(0, 16).Put(0xFFFF, 16), "");
        Check(new DeflateBits().Put(1, 1).Put(0, 2).Align().Put(3, 16).Put(0xFFFC, 16).Text("abc"), "abc");
        Check(new DeflateBits().Put(0, 1).Put(0, 2).Align().Put(1, 16).Put(0xFFFE, 16).Text("a")
            .Put(1, 1).Put(1, 2).Fixed('b').Fixed(256), "ab");
        // A run: a match that repeats what it writes itself, longest length, code 285.
        Check(new DeflateBits().Put(1, 1).Put(1, 2).Fixed('x').Fixed(285).Code(0, 5).Fixed(256), new string('x', 259));
        // Length 258 as 284 with all extra bits set, which some decoders reject.
        Check(new DeflateBits().Put(1, 1).Put(1, 2).Fixed('x').Fixed(284).Put(31, 5).Code(0, 5).Fixed(256),
            new string('x', 259));

        Bad(new DeflateBits().Put(1, 1).Put(3, 2), "invalid deflate block type", 0);
        Bad(new DeflateBits().Put(1, 1).Put(0, 2).Align().Put(3, 16).Put(0xFFFD, 16).Text("abc"),
            "stored block's two lengths disagree", 1);
        Bad(new DeflateBits().Put(1, 1).Put(1, 2).Fixed('x').Fixed(257).Code(1, 5).Fixed(256),
            "distance reaches back before the start of the data", 2);
        Bad(new DeflateBits().Put(1, 1).Put(1, 2).Fixed('x').Fixed(257).Code(30, 5).Fixed(256), "invalid distance code", 2);
        Bad(new DeflateBits().Put(1, 1).Put(1, 2).Fixed(286), "invalid literal or length code", 0);
        Bad(new DeflateBits().Put(1, 1).Put(1, 2).Fixed(287), "invalid literal or length code", 0);
        Bad(new DeflateBits().Put(1, 1).Put(2, 2).Put(30, 5).Put(0, 5).Put(0, 4),
            "too many literal or distance codes in a deflate block", 0);
        Bad(new DeflateBits().Put(1, 1).Put(2, 2).Put(0, 5).Put(30, 5).Put(0, 4),
            "too many literal or distance codes in a deflate block", 0);
    }

    [Fact]
    public void HandMadeDynamicBlocks()
    {
        // 'a' and the end of the block, a bit each, and no distance code at all.
        Check(DeflateBits.Dynamic(257, 1, ['a', 256], [1, 1], []).Put(0, 1).Put(0, 1).Put(1, 1), "aa");
        // Only the end of the block, a single code of one bit.
        Check(DeflateBits.Dynamic(257, 1, [256], [1], []).Put(0, 1), "");
        Bad(DeflateBits.Dynamic(257, 1, [256], [1], []).Put(1, 1), "invalid literal or length code");
        // One distance code of one bit: distance 1.
        Check(DeflateBits.Dynamic(258, 1, ['a', 256, 257], [1, 2, 2], [1]).Put(0, 1).Code(3, 2).Put(0, 1).Code(2, 2), "aaaa");
        Bad(DeflateBits.Dynamic(258, 1, ['a', 256, 257], [1, 2, 2], [1]).Put(0, 1).Code(3, 2).Put(1, 1), "invalid distance code");
        Bad(DeflateBits.Dynamic(258, 1, ['a', 256, 257], [1, 2, 2], []).Put(0, 1).Code(3, 2).Put(0, 1), "invalid distance code");
        Bad(DeflateBits.Dynamic(257, 1, ['a', 'b'], [1, 1], []), "deflate block has no code for its end");
        Bad(DeflateBits.Dynamic(257, 1, ['a', 'b', 256], [1, 1, 1], []), "literal and length codes are no prefix code");
        Bad(DeflateBits.Dynamic(257, 1, ['a', 256], [1, 2], []), "literal and length codes are no prefix code");
        Bad(DeflateBits.Dynamic(257, 1, [256], [2], []), "literal and length codes are no prefix code");
        Bad(DeflateBits.Dynamic(257, 3, ['a', 256], [1, 1], [1, 1, 1]), "distance codes are no prefix code");
        Bad(DeflateBits.Dynamic(257, 2, ['a', 256], [1, 1], [2, 2]), "distance codes are no prefix code");
    }

    [Fact]
    public void DamagedCodeLengths()
    {
        // All nineteen code lengths zero; one alone; three of one bit.
        Bad(new DeflateBits().Put(1, 1).Put(2, 2).Put(0, 5).Put(0, 5).Put(0, 4).Put(0, 12),
            "invalid code length code in a deflate block");
        Bad(new DeflateBits().Put(1, 1).Put(2, 2).Put(0, 5).Put(0, 5).Put(0, 4).Put(1, 12),
            "invalid code length code in a deflate block");
        Bad(new DeflateBits().Put(1, 1).Put(2, 2).Put(0, 5).Put(0, 5).Put(0, 4).Put(0b001_001_001, 12),
            "invalid code length code in a deflate block");
        // 16 (repeat the one before) first of all; 18 beyond the end.
        Bad(new DeflateBits().Put(1, 1).Put(2, 2).Put(0, 5).Put(0, 5).Put(0, 4).Put(0b001_001, 12).Put(0, 1).Put(0, 2),
            "invalid repetition of code lengths in a deflate block");
        Bad(new DeflateBits().Put(1, 1).Put(2, 2).Put(0, 5).Put(0, 5).Put(0, 4).Put(0b001_001_000_000, 12)
            .Put(1, 1).Put(127, 7).Put(1, 1).Put(127, 7), "invalid repetition of code lengths in a deflate block");
    }

    private static void Check(DeflateBits bits, string expected)
    {
        byte[] input = bits.ToArray();
        byte[] data = System.Text.Encoding.Latin1.GetBytes(expected);
        Assert.Equal(data, DotNetInflated(input));
        // Alone, by the careful loop, and with bytes after it and room, so that the fast loop runs.
        InflateOutcome alone = Inflated(input, data.Length);
        Assert.Null(alone.Wrong);
        Assert.Equal(data, alone.Data);
        Assert.Equal(input.Length, alone.Consumed);
        InflateOutcome roomy = Inflated([.. input, .. new byte[64]], data.Length + 1000);
        Assert.Null(roomy.Wrong);
        Assert.Equal(data, roomy.Data);
        Assert.Equal(input.Length, roomy.Consumed);
    }

    private static void Bad(DeflateBits bits, string fault, long offset = -1)
    {
        byte[] input = [.. bits.ToArray(), .. new byte[64]];
        Assert.Null(DotNetInflated(input));
        InflateOutcome result = Inflated(input, 1000);
        Assert.Equal(fault, result.Wrong);
        if (offset >= 0) Assert.Equal(offset, result.Offset);
    }
}
