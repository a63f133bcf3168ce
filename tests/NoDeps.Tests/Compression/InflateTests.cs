using System.IO.Compression;
using FsCheck;
using FsCheck.Fluent;
using NoDeps.Primitives;
using Xunit;

namespace NoDeps.Tests.Compression;

public class InflateTests
{
    private sealed record Result(string? Wrong, long Offset, byte[] Data, int Consumed);

    private const int Guard = 64;
    private const byte GuardByte = 0xA5;

    /// <summary>Decodes into exactly that much room between guards, by both forms, which must agree.</summary>
    private static Result Inflated(byte[] input, int room)
    {
        Result fast = Run(input, room, true);
        Result scalar = Run(input, room, false);
        Assert.Equal(scalar.Wrong, fast.Wrong);
        Assert.Equal(scalar.Offset, fast.Offset);
        Assert.Equal(scalar.Consumed, fast.Consumed);
        Assert.True(scalar.Data.AsSpan().SequenceEqual(fast.Data));

        var tables = new InflateTables();
        Fault measured = Inflate.Measure(input, ref tables, out int consumed, out long size);
        if (fast.Wrong != "more decompressed data than expected")
        {
            Assert.Equal(fast.Wrong, Text(measured));
            Assert.Equal(fast.Data.Length, size);
            Assert.Equal(fast.Consumed, consumed);
        }
        return fast;
    }

    private static string? Text(Fault fault) =>
        fault.IsNone ? null : System.Text.Encoding.UTF8.GetString(fault.What);

    private static Result Run(byte[] input, int room, bool fast)
    {
        byte[] buffer = new byte[room + 2 * Guard];
        buffer.AsSpan().Fill(GuardByte);
        var tables = new InflateTables();
        Fault fault = fast
            ? Inflate.Decode(input, buffer.AsSpan(Guard, room), ref tables, out int consumed, out int written)
            : Inflate.DecodeScalar(input, buffer.AsSpan(Guard, room), ref tables, out consumed, out written);
        Assert.True(buffer.AsSpan(0, Guard).IndexOfAnyExcept(GuardByte) < 0, "wrote before the output");
        Assert.True(buffer.AsSpan(Guard + room).IndexOfAnyExcept(GuardByte) < 0, "wrote after the output");
        Assert.InRange(written, 0, room);
        Assert.InRange(consumed, 0, input.Length);
        if (!fault.IsNone) Assert.InRange(fault.Offset, 0, input.Length);
        return new Result(Text(fault), fault.Offset, buffer.AsSpan(Guard, written).ToArray(), consumed);
    }

    private static byte[] Deflated(byte[] data, CompressionLevel level)
    {
        var to = new MemoryStream();
        using (var stream = new DeflateStream(to, level, true)) stream.Write(data);
        return Stream(to);
    }

    private static byte[] Deflated(byte[] data, ZLibCompressionStrategy strategy, int level)
    {
        var to = new MemoryStream();
        var options = new ZLibCompressionOptions { CompressionLevel = level, CompressionStrategy = strategy };
        using (var stream = new DeflateStream(to, options, true)) stream.Write(data);
        return Stream(to);
    }

    /// <summary>.NET writes nothing at all for no data; the empty stream is a fixed block without symbols.</summary>
    private static byte[] Stream(MemoryStream written) => written.Length == 0 ? [3, 0] : written.ToArray();

    /// <summary>What .NET makes of it; null when it rejects it.</summary>
    private static byte[]? Reference(byte[] input)
    {
        try
        {
            using var stream = new DeflateStream(new MemoryStream(input), CompressionMode.Decompress);
            var to = new MemoryStream();
            stream.CopyTo(to);
            return to.ToArray();
        }
        catch (InvalidDataException)
        {
            return null;
        }
    }

    /// <summary>Data of many kinds: noise, runs, few symbols, repetitions at every distance, text-like.</summary>
    internal static byte[] Sample(Random random, int length)
    {
        byte[] data = new byte[length];
        int alphabet = 1 << random.Next(0, 9);
        for (int i = 0; i < length;)
        {
            switch (random.Next(4))
            {
                case 0:
                    for (int n = random.Next(1, 40); n > 0 && i < length; n--) data[i++] = (byte)random.Next(alphabet);
                    break;
                case 1:
                    byte value = (byte)random.Next(alphabet);
                    for (int n = random.Next(1, 600); n > 0 && i < length; n--) data[i++] = value;
                    break;
                default:
                    int back = 1 + (int)Math.Min(i - 1, Math.Pow(2, random.NextDouble() * 15));
                    for (int n = random.Next(3, 300); n > 0 && i < length; n--, i++)
                        data[i] = i >= back && back > 0 ? data[i - back] : (byte)n;
                    break;
            }
        }
        return data;
    }

    private static void RoundTrips(byte[] data, byte[] compressed)
    {
        Result result = Inflated(compressed, data.Length);
        Assert.Null(result.Wrong);
        Assert.Equal(compressed.Length, result.Consumed);
        Assert.True(data.AsSpan().SequenceEqual(result.Data));
    }

    [Fact]
    public void Round_trips_what_NET_compresses() => Prop.ForAll<byte[]>(data =>
    {
        foreach (CompressionLevel level in Enum.GetValues<CompressionLevel>()) RoundTrips(data, Deflated(data, level));
    }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData(ZLibCompressionStrategy.Default)]
    [InlineData(ZLibCompressionStrategy.Fixed)]
    [InlineData(ZLibCompressionStrategy.HuffmanOnly)]
    [InlineData(ZLibCompressionStrategy.RunLengthEncoding)]
    [InlineData(ZLibCompressionStrategy.Filtered)]
    public void Round_trips_every_kind_of_block(ZLibCompressionStrategy strategy)
    {
        var random = new Random(2);
        for (int i = 0; i < 150; i++)
        {
            byte[] data = Sample(random, random.Next(1 << random.Next(1, 18)));
            RoundTrips(data, Deflated(data, strategy, random.Next(0, 10)));
        }
    }

    [Fact]
    public void Round_trips_noise_of_any_bias()
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
    public void Leaves_what_follows_the_stream()
    {
        byte[] data = Sample(new Random(4), 5000);
        byte[] compressed = Deflated(data, CompressionLevel.Optimal);
        Result result = Inflated([.. compressed, .. new byte[100]], data.Length);
        Assert.Null(result.Wrong);
        Assert.Equal(compressed.Length, result.Consumed);
    }

    [Fact]
    public void Too_little_room_is_a_fault_for_every_size()
    {
        foreach (CompressionLevel level in Enum.GetValues<CompressionLevel>())
        {
            byte[] data = Sample(new Random(5), 900);
            byte[] compressed = Deflated(data, level);
            for (int room = 0; room < data.Length; room++)
            {
                Result result = Inflated(compressed, room);
                Assert.Equal("more decompressed data than expected", result.Wrong);
                Assert.True(data.AsSpan(0, result.Data.Length).SequenceEqual(result.Data));
            }
        }
    }

    [Fact]
    public void Every_truncation_is_a_fault_at_the_end()
    {
        var random = new Random(6);
        foreach (CompressionLevel level in Enum.GetValues<CompressionLevel>())
            for (int i = 0; i < 5; i++)
            {
                byte[] data = Sample(random, 700);
                byte[] compressed = Deflated(data, level);
                for (int length = 0; length < compressed.Length; length++)
                {
                    Result result = Inflated(compressed[..length], data.Length);
                    Assert.Equal("the compressed data ends too early", result.Wrong);
                    Assert.Equal(length, result.Offset);
                    Assert.True(data.AsSpan(0, result.Data.Length).SequenceEqual(result.Data));
                }
            }
    }

    [Fact]
    public void Damaged_streams_are_judged_as_NET_judges_them()
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
    public void Noise_is_judged_as_NET_judges_it()
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

    [Fact]
    public void Mutated_streams_are_judged_as_NET_judges_them() => Prop.ForAll<byte[], int[], byte>((data, changes, kind) =>
    {
        // Repeated with gaps, so that there are matches.
        byte[] more = [.. data, .. data.Reverse(), .. data, .. data.Where((_, i) => i % 3 != 0), .. data];
        byte[] compressed = Deflated(more, (ZLibCompressionStrategy)(kind % 5), kind / 5 % 10);
        int accepted = 0, rejected = 0;
        Judge(Mutated(compressed, changes), ref accepted, ref rejected);
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(2000));

    [Fact]
    public void Every_distance_of_the_window_copies_right()
    {
        // Noise as it is, then a match at each distance, of a length that goes through all of them.
        byte[] noise = new byte[32768];
        new Random(9).NextBytes(noise);
        for (int from = 1; from <= 32768; from += 2048)
        {
            Bits bits = new Bits().Put(0, 1).Put(0, 2).Align().Put(noise.Length, 16).Put(~noise.Length & 0xFFFF, 16);
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
            Assert.Equal(data, Reference(input));
            Result result = Inflated(input, data.Length);
            Assert.Null(result.Wrong);
            Assert.Equal(data, result.Data);
        }
    }

    [Fact]
    public void Every_length_copies_right_at_short_distances()
    {
        for (int distance = 1; distance <= 40; distance++)
        {
            Bits bits = new Bits().Put(1, 1).Put(1, 2);
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
            Assert.Equal(data, Reference(input));
            Result result = Inflated(input, data.Length);
            Assert.Null(result.Wrong);
            Assert.Equal(data, result.Data);
        }
    }

    [Fact]
    public void Codes_of_any_length_up_to_15_bits()
    {
        // Complete codes: lengths 1, 2, …, n − 1 and n twice, on symbols in any order.
        var random = new Random(10);
        for (int n = 2; n <= 15; n++)
            for (int round = 0; round < 20; round++)
            {
                int[] symbols = [.. Enumerable.Range(0, 256).OrderBy(_ => random.Next()).Take(n), 256];
                random.Shuffle(symbols);
                int[] lengths = [.. Enumerable.Range(1, n), n];
                Bits bits = Dynamic(257, 1, symbols, lengths, []);
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

                void Put(int k) => bits.Code(CodeOf(symbols, lengths, k), lengths[k]);
            }
    }

    /// <summary>RFC 1951 section 3.2.2: shorter codes first, those of a length by symbol.</summary>
    private static int CodeOf(int[] symbols, int[] lengths, int k)
    {
        int code = 0;
        for (int other = 0; other < lengths.Length; other++)
            if (lengths[other] < lengths[k] || (lengths[other] == lengths[k] && symbols[other] < symbols[k]))
                code += 1 << (lengths[k] - lengths[other]);
        return code;
    }

    [Fact]
    public void Matches_with_the_longest_codes_and_extra_bits()
    {
        // The most bits that a round of the fast loop can use up, in every order: up to 15 + 5 for a length, 15 + 13 for a
        // distance, 11 for each literal before them, after noise that fills the window.
        byte[] noise = new byte[32768];
        var random = new Random(12);
        random.NextBytes(noise);
        for (int round = 0; round < 150; round++)
        {
            Bits bits = new Bits().Put(0, 1).Put(0, 2).Align().Put(noise.Length, 16).Put(~noise.Length & 0xFFFF, 16);
            foreach (byte b in noise) bits.Put(b, 8);
            int[] symbols = [.. Enumerable.Range(0, 256).OrderBy(_ => random.Next()).Take(9), 281, 282, 283, 284, 285, 257, 256];
            int[] lengths = [.. Enumerable.Range(1, 15), 15];
            if (round % 3 != 0) random.Shuffle(lengths);
            int[] distances = [.. Enumerable.Range(14, 16)];
            int[] distanceLengths = [.. Enumerable.Range(1, 15), 15];
            if (round % 2 != 0) random.Shuffle(distanceLengths);
            int[] all = [.. new int[14], .. distanceLengths];
            Dynamic(286, 30, symbols, lengths, all, bits);
            var expected = new List<byte>(noise);
            for (int i = 0; i < 400; i++)
            {
                int k = random.Next(15);
                bits.Code(CodeOf(symbols, lengths, k), lengths[k]);
                if (k < 9)
                {
                    expected.Add((byte)symbols[k]);
                    continue;
                }
                int extra = random.Next(31);
                int length = symbols[k] == 285 ? 258 : symbols[k] == 257 ? 3 : 131 + 32 * (symbols[k] - 281) + extra;
                if (length is > 3 and < 258) bits.Put(extra, 5);
                int d = random.Next(16), distanceBits = distances[d] / 2 - 1;
                bits.Code(CodeOf(distances, distanceLengths, d), distanceLengths[d]);
                extra = random.Next(1 << distanceBits);
                bits.Put(extra, distanceBits);
                int distance = (2 + distances[d] % 2 << distanceBits) + 1 + extra;
                for (int n = 0; n < length; n++) expected.Add(expected[^distance]);
            }
            byte[] input = bits.Code(CodeOf(symbols, lengths, 15), lengths[15]).ToArray();
            byte[] data = [.. expected];
            Assert.Equal(data, Reference(input));
            Result result = Inflated(input, data.Length);
            Assert.Null(result.Wrong);
            Assert.True(data.AsSpan().SequenceEqual(result.Data));
        }
    }

    [Fact]
    public void Over_subscribed_and_incomplete_codes_are_judged_as_NET_judges_them()
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
            Bits bits = Dynamic(literals, distances, symbols, lengths, distanceLengths);
            for (int k = 0; k < 40; k++) bits.Put(random.Next(256), 8);
            Judge(bits.ToArray(), ref accepted, ref rejected);
        }
        Assert.True(accepted > 30 && rejected > 30, $"{accepted} accepted, {rejected} rejected");
    }

    private static int Biased(Random random, int length) =>
        random.Next(2) == 0 ? random.Next(length) : random.Next(Math.Min(length, 60));

    private static void Judge(byte[] input, ref int accepted, ref int rejected)
    {
        Result ours = Inflated(input, 20_000);
        byte[]? theirs = Reference(input);
        // .NET takes a stream that merely ends too early for a short one.
        if (ours.Wrong == "the compressed data ends too early")
        {
            rejected++;
            if (theirs != null) Assert.True(ours.Data.AsSpan().StartsWith(theirs));
            return;
        }
        if (ours.Wrong == "more decompressed data than expected") return;
        if (ours.Wrong == null)
        {
            accepted++;
            Assert.NotNull(theirs);
            Assert.True(theirs.AsSpan().SequenceEqual(ours.Data));
        }
        else
        {
            rejected++;
            // Where it ends too early for zlib to have seen the fault, .NET takes it for a short one: zlib puts off its
            // verdict on a code without symbols. With more after it, it has to see it.
            if (theirs != null) theirs = Reference([.. input, .. new byte[1000]]);
            Assert.True(theirs == null, $"we say: {ours.Wrong}; .NET accepts {Convert.ToHexString(input)}");
        }
    }

    [Fact]
    public void Hand_made_blocks()
    {
        Check(new Bits().Put(1, 1).Put(0, 2).Align().Put(0, 16).Put(0xFFFF, 16), "");
        Check(new Bits().Put(1, 1).Put(0, 2).Align().Put(3, 16).Put(0xFFFC, 16).Text("abc"), "abc");
        Check(new Bits().Put(0, 1).Put(0, 2).Align().Put(1, 16).Put(0xFFFE, 16).Text("a")
            .Put(1, 1).Put(1, 2).Fixed('b').Fixed(256), "ab");
        // A run: a match that repeats what it writes itself, longest length, code 285.
        Check(new Bits().Put(1, 1).Put(1, 2).Fixed('x').Fixed(285).Code(0, 5).Fixed(256), new string('x', 259));
        // Length 258 as 284 with all extra bits set, which some decoders reject.
        Check(new Bits().Put(1, 1).Put(1, 2).Fixed('x').Fixed(284).Put(31, 5).Code(0, 5).Fixed(256),
            new string('x', 259));

        Bad(new Bits().Put(1, 1).Put(3, 2), "invalid deflate block type", 0);
        Bad(new Bits().Put(1, 1).Put(0, 2).Align().Put(3, 16).Put(0xFFFD, 16).Text("abc"),
            "stored block's two lengths disagree", 1);
        Bad(new Bits().Put(1, 1).Put(1, 2).Fixed('x').Fixed(257).Code(1, 5).Fixed(256),
            "distance reaches back before the start of the data", 2);
        Bad(new Bits().Put(1, 1).Put(1, 2).Fixed('x').Fixed(257).Code(30, 5).Fixed(256), "invalid distance code", 2);
        Bad(new Bits().Put(1, 1).Put(1, 2).Fixed(286), "invalid literal or length code", 0);
        Bad(new Bits().Put(1, 1).Put(1, 2).Fixed(287), "invalid literal or length code", 0);
        Bad(new Bits().Put(1, 1).Put(2, 2).Put(30, 5).Put(0, 5).Put(0, 4),
            "too many literal or distance codes in a deflate block", 0);
        Bad(new Bits().Put(1, 1).Put(2, 2).Put(0, 5).Put(30, 5).Put(0, 4),
            "too many literal or distance codes in a deflate block", 0);
    }

    [Fact]
    public void Hand_made_dynamic_blocks()
    {
        // 'a' and the end of the block, a bit each, and no distance code at all.
        Check(Dynamic(257, 1, ['a', 256], [1, 1], []).Put(0, 1).Put(0, 1).Put(1, 1), "aa");
        // Only the end of the block, a single code of one bit.
        Check(Dynamic(257, 1, [256], [1], []).Put(0, 1), "");
        Bad(Dynamic(257, 1, [256], [1], []).Put(1, 1), "invalid literal or length code");
        // One distance code of one bit: distance 1.
        Check(Dynamic(258, 1, ['a', 256, 257], [1, 2, 2], [1]).Put(0, 1).Code(3, 2).Put(0, 1).Code(2, 2), "aaaa");
        Bad(Dynamic(258, 1, ['a', 256, 257], [1, 2, 2], [1]).Put(0, 1).Code(3, 2).Put(1, 1), "invalid distance code");
        Bad(Dynamic(258, 1, ['a', 256, 257], [1, 2, 2], []).Put(0, 1).Code(3, 2).Put(0, 1), "invalid distance code");
        Bad(Dynamic(257, 1, ['a', 'b'], [1, 1], []), "deflate block has no code for its end");
        Bad(Dynamic(257, 1, ['a', 'b', 256], [1, 1, 1], []), "literal and length codes are no prefix code");
        Bad(Dynamic(257, 1, ['a', 256], [1, 2], []), "literal and length codes are no prefix code");
        Bad(Dynamic(257, 1, [256], [2], []), "literal and length codes are no prefix code");
        Bad(Dynamic(257, 3, ['a', 256], [1, 1], [1, 1, 1]), "distance codes are no prefix code");
        Bad(Dynamic(257, 2, ['a', 256], [1, 1], [2, 2]), "distance codes are no prefix code");
    }

    [Fact]
    public void Damaged_code_lengths()
    {
        // All nineteen code lengths zero; one alone; three of one bit.
        Bad(new Bits().Put(1, 1).Put(2, 2).Put(0, 5).Put(0, 5).Put(0, 4).Put(0, 12),
            "invalid code length code in a deflate block");
        Bad(new Bits().Put(1, 1).Put(2, 2).Put(0, 5).Put(0, 5).Put(0, 4).Put(1, 12),
            "invalid code length code in a deflate block");
        Bad(new Bits().Put(1, 1).Put(2, 2).Put(0, 5).Put(0, 5).Put(0, 4).Put(0b001_001_001, 12),
            "invalid code length code in a deflate block");
        // 16 (repeat the one before) first of all; 18 beyond the end.
        Bad(new Bits().Put(1, 1).Put(2, 2).Put(0, 5).Put(0, 5).Put(0, 4).Put(0b001_001, 12).Put(0, 1).Put(0, 2),
            "invalid repetition of code lengths in a deflate block");
        Bad(new Bits().Put(1, 1).Put(2, 2).Put(0, 5).Put(0, 5).Put(0, 4).Put(0b001_001_000_000, 12)
            .Put(1, 1).Put(127, 7).Put(1, 1).Put(127, 7), "invalid repetition of code lengths in a deflate block");
    }

    /// <summary>A block header that sends each code length, 0 to 15, as a code of four bits.</summary>
    private static Bits Dynamic(int literals, int distances, int[] symbols, int[] lengths, int[] distanceLengths,
        Bits? before = null)
    {
        Bits bits = (before ?? new Bits()).Put(1, 1).Put(2, 2).Put(literals - 257, 5).Put(distances - 1, 5).Put(15, 4);
        int[] order = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15];
        foreach (int symbol in order) bits.Put(symbol < 16 ? 4 : 0, 3);
        int[] all = new int[literals + distances];
        for (int i = 0; i < symbols.Length; i++) all[symbols[i]] = lengths[i];
        distanceLengths.CopyTo(all, literals);
        foreach (int length in all) bits.Code(length, 4);
        return bits;
    }

    private static void Check(Bits bits, string expected)
    {
        byte[] input = bits.ToArray();
        byte[] data = System.Text.Encoding.Latin1.GetBytes(expected);
        Assert.Equal(data, Reference(input));
        // Alone, by the careful loop, and with bytes after it and room, so that the fast loop runs.
        Result alone = Inflated(input, data.Length);
        Assert.Null(alone.Wrong);
        Assert.Equal(data, alone.Data);
        Assert.Equal(input.Length, alone.Consumed);
        Result roomy = Inflated([.. input, .. new byte[64]], data.Length + 1000);
        Assert.Null(roomy.Wrong);
        Assert.Equal(data, roomy.Data);
        Assert.Equal(input.Length, roomy.Consumed);
    }

    private static void Bad(Bits bits, string fault, long offset = -1)
    {
        byte[] input = [.. bits.ToArray(), .. new byte[64]];
        Assert.Null(Reference(input));
        Result result = Inflated(input, 1000);
        Assert.Equal(fault, result.Wrong);
        if (offset >= 0) Assert.Equal(offset, result.Offset);
    }

    [SharedFact]
    public void Mnist_files_equal_what_GZipStream_reads()
    {
        foreach (string path in Directory.GetFiles(SharedFiles.Path("data", "mnist"), "*.gz"))
        {
            byte[] file = File.ReadAllBytes(path);
            var to = new MemoryStream();
            using (var stream = new GZipStream(new MemoryStream(file), CompressionMode.Decompress)) stream.CopyTo(to);
            int header = 10;
            if ((file[3] & 8) != 0) header = Array.IndexOf(file, (byte)0, header) + 1;
            Result result = Inflated(file[header..], (int)to.Length);
            Assert.Null(result.Wrong);
            Assert.Equal(file.Length - header - 8, result.Consumed);
            Assert.True(to.ToArray().AsSpan().SequenceEqual(result.Data));
        }
    }

    /// <summary>A stream of bits, lowest first; codes highest first, as RFC 1951 section 3.1.1 packs them.</summary>
    private sealed class Bits
    {
        private readonly List<byte> _bytes = [];
        private int _used = 8;

        public Bits Put(int value, int count)
        {
            for (int i = 0; i < count; i++)
            {
                if (_used == 8) { _bytes.Add(0); _used = 0; }
                _bytes[^1] |= (byte)((value >> i & 1) << _used++);
            }
            return this;
        }

        public Bits Code(int code, int count)
        {
            for (int i = count - 1; i >= 0; i--) Put(code >> i & 1, 1);
            return this;
        }

        public Bits Fixed(int symbol) =>
            symbol < 144 ? Code(0x30 + symbol, 8)
            : symbol < 256 ? Code(0x190 + symbol - 144, 9)
            : symbol < 280 ? Code(symbol - 256, 7)
            : Code(0xC0 + symbol - 280, 8);

        /// <summary>A match in the fixed code.</summary>
        public Bits Match(int length, int distance)
        {
            // RFC 1951 section 3.2.5: after the first eight lengths (four distances), four (two) symbols for each power of 2.
            int symbol = 257, extra = 0, first = 3;
            while (first + (1 << extra) <= length)
            {
                first += 1 << extra;
                if (++symbol > 264 && symbol % 4 == 1) extra++;
            }
            if (length == 258) (symbol, extra, first) = (285, 0, 258);
            Fixed(symbol).Put(length - first, extra);
            symbol = extra = 0;
            first = 1;
            while (first + (1 << extra) <= distance)
            {
                first += 1 << extra;
                if (++symbol > 3 && symbol % 2 == 0) extra++;
            }
            return Code(symbol, 5).Put(distance - first, extra);
        }

        public Bits Align() { _used = 8; return this; }

        public Bits Text(string text) { foreach (char c in text) Put(c, 8); return this; }

        public byte[] ToArray() => [.. _bytes];
    }
}
