using System.IO.Compression;
using NoDeps.Primitives;
using Xunit;

namespace NoDeps.Tests.Compression;

/// <summary>What the tests of inflate share: both forms between guards, .NET's answer, and data of many kinds.</summary>
internal static class InflateTrial
{
    public sealed record InflateOutcome(string? Wrong, long Offset, byte[] Data, int Consumed);

    private const int Guard = 64;
    private const byte GuardByte = 0xA5;

    /// <summary>Decodes into exactly that much room between guards, by both forms, which must agree.</summary>
    public static InflateOutcome Inflated(byte[] input, int room)
    {
        InflateOutcome fast = Run(input, room, true);
        InflateOutcome scalar = Run(input, room, false);
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

    private static InflateOutcome Run(byte[] input, int room, bool fast)
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
        return new InflateOutcome(Text(fault), fault.Offset, buffer.AsSpan(Guard, written).ToArray(), consumed);
    }

    public static byte[] Deflated(byte[] data, CompressionLevel level)
    {
        var to = new MemoryStream();
        using (var stream = new DeflateStream(to, level, true)) stream.Write(data);
        return Stream(to);
    }

    public static byte[] Deflated(byte[] data, ZLibCompressionStrategy strategy, int level)
    {
        var to = new MemoryStream();
        var options = new ZLibCompressionOptions { CompressionLevel = level, CompressionStrategy = strategy };
        using (var stream = new DeflateStream(to, options, true)) stream.Write(data);
        return Stream(to);
    }

    /// <summary>.NET writes nothing at all for no data; the empty stream is a fixed block without symbols.</summary>
    private static byte[] Stream(MemoryStream written) => written.Length == 0 ? [3, 0] : written.ToArray();

    /// <summary>What .NET makes of it; null when it rejects it.</summary>
    public static byte[]? DotNetInflated(byte[] input)
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
    public static byte[] Sample(Random random, int length)
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

    public static void RoundTrips(byte[] data, byte[] compressed)
    {
        InflateOutcome result = Inflated(compressed, data.Length);
        Assert.Null(result.Wrong);
        Assert.Equal(compressed.Length, result.Consumed);
        Assert.True(data.AsSpan().SequenceEqual(result.Data));
    }

    public static void Judge(byte[] input, ref int accepted, ref int rejected)
    {
        InflateOutcome ours = Inflated(input, 20_000);
        byte[]? theirs = DotNetInflated(input);
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
            if (theirs != null) theirs = DotNetInflated([.. input, .. new byte[1000]]);
            Assert.True(theirs == null, $"we say: {ours.Wrong}; .NET accepts {Convert.ToHexString(input)}");
        }
    }
}
