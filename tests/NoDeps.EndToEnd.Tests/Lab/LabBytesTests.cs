using System.Diagnostics;
using System.Globalization;
using System.IO.Compression;
using System.Text;
using FsCheck;
using FsCheck.Xunit;
using NoDeps.EndToEnd.Tests.Harness;
using Xunit;

namespace NoDeps.EndToEnd.Tests.Lab;

/// <summary>Strings, memory, checksums, UTF-8, random numbers and compression in the shipped binary, every form.</summary>
public sealed class LabBytesTests
{
    private static readonly CultureInfo Invariant = CultureInfo.InvariantCulture;

    [Fact]
    public void EverySubjectIsTested() => Assert.Equal(
        [
            "adler32", "clz", "compare", "copy", "crc32", "ctz", "exp", "fill", "format-double", "format-fixed", "format-float",
            "format-general", "format-integer", "format-scientific", "gunzip", "gzip", "index-of", "inflate", "log", "log2",
            "parse-double", "parse-float", "parse-integer", "popcount", "random", "sigmoid", "strlen", "sweep", "tanh", "utf8",
            "utf8-decode", "utf8-encode",
        ],
        LabPipe.Subjects.Keys.Order(StringComparer.Ordinal));

    /// <summary>Each is tried wherever the processor has it, as every variant is.</summary>
    [Fact]
    public void EveryAvx512FormIsAVariant() => Assert.Equal(
        ["compare", "copy", "crc32", "exp", "fill", "index-of", "log", "random", "sigmoid", "strlen", "tanh"],
        LabPipe.Subjects.Where(subject => subject.Value.Contains("avx512")).Select(subject => subject.Key).Order(StringComparer.Ordinal));

    [Property(MaxTest = 20, StartSize = 50, EndSize = 400)]
    public void StringsAndMemory(byte[][] random, byte value)
    {
        byte[][] lines = Prepared(random);
        LabCases.Agree("strlen", [], lines, line => Number(line.AsSpan().IndexOf((byte)0) is var at && at < 0 ? line.Length : at));
        LabCases.Agree("index-of", [value.ToString(Invariant)], lines, line => Number(line.AsSpan().IndexOf(value)));
        LabCases.Agree("compare", [], lines, line =>
            Number(line.AsSpan(0, line.Length / 2).CommonPrefixLength(line.AsSpan(line.Length / 2))));
        LabCases.Agree("copy", [value.ToString(Invariant)], lines, line =>
        {
            byte[] moved = [.. line];
            int by = Math.Min(value, line.Length);
            line.AsSpan(0, line.Length - by).CopyTo(moved.AsSpan(by));
            return moved;
        });
        LabCases.Agree("fill", [value.ToString(Invariant)], lines, line =>
        {
            byte[] filled = [.. line];
            if (value < line.Length) filled.AsSpan(value).Fill(line[0]);
            return filled;
        });
    }

    [Property(MaxTest = 20, StartSize = 50, EndSize = 400)]
    public void Checksums(byte[][] random)
    {
        byte[][] lines = Prepared(random);
        LabCases.Agree("crc32", [], lines, line => Text(Crc32(line).ToString("x8", Invariant)));
        LabCases.Agree("adler32", [], lines, line => Text(Adler32(line).ToString("x8", Invariant)));
    }

    [Property(MaxTest = 20, StartSize = 20, EndSize = 200)]
    public void Utf8(byte[][] random, string[] texts, byte[] damage)
    {
        byte[][] encoded = [.. texts.Select((text, i) => Encoding.UTF8.GetBytes((text ?? "") + "aé€😀"[(i % 4)..]))];
        byte[][] damaged = [.. encoded.Select((text, i) =>
        {
            byte[] copy = [.. text];
            if (damage.Length > 0 && copy.Length > 0) copy[damage[i % damage.Length] % copy.Length] ^= damage[0];
            return copy;
        })];
        byte[][] lines = Prepared([.. random, .. encoded, .. damaged]);
        LabCases.Agree("utf8", [], lines, line =>
        {
            int valid = 0;
            while (valid < line.Length && Rune.DecodeFromUtf8(line.AsSpan(valid), out _, out int taken) == 0) valid += taken;
            return Number(valid);
        });
        LabCases.Agree("utf8-decode", [], lines, line =>
            Text(string.Join(' ', Encoding.UTF8.GetString(line).EnumerateRunes().Select(rune => rune.Value.ToString("x6", Invariant)))));
        LabCases.Agree("utf8-encode", [], [.. lines.SelectMany(line => Encoding.UTF8.GetString(line).EnumerateRunes())
            .Where(rune => rune.Value != '\n').Select(rune => Text(rune.Value.ToString("x", Invariant)))],
            line => Encoding.UTF8.GetBytes(new Rune(int.Parse(line, NumberStyles.HexNumber, Invariant)).ToString()));
    }

    [Property(MaxTest = 5, StartSize = 100, EndSize = 500)]
    public void RandomNumbers(DoNotSize<ulong>[] blocks, DoNotSize<long> seed)
    {
        ulong key = (ulong)seed.Item & long.MaxValue;
        LabCases.Agree("random", [key.ToString(Invariant)], [.. blocks.Select(x => x.Item.ToString(Invariant))],
            line => Philox(ulong.Parse(line, Invariant), key));
    }

    [Property(MaxTest = 20, StartSize = 20, EndSize = 20000)]
    public void Compression(byte[] random, byte mask, PositiveInt repeats)
    {
        // Fewer different bytes, and the whole again and again: matches near and far.
        byte[] piece = [.. random.Select(x => (byte)(x & mask))];
        byte[] data = [.. Enumerable.Repeat(piece, 1 + repeats.Get % 9).SelectMany(x => x)];
        foreach (string[] form in LabPipe.Forms("gzip"))
        {
            byte[] file = LabPipe.Bytes(data, ["gzip", .. form]);
            using var zip = new GZipStream(new MemoryStream(file), CompressionMode.Decompress);
            Assert.Equal(data, ReadAll(zip));
            Assert.Equal(data, LabPipe.Bytes(file, "gunzip"));
        }
        CompressionLevel[] levels = [CompressionLevel.Fastest, CompressionLevel.SmallestSize, CompressionLevel.NoCompression];
        foreach (CompressionLevel level in levels)
        {
            Assert.Equal(data, LabPipe.Bytes(Written(stream => new GZipStream(stream, level), data), "gunzip"));
            foreach (string[] form in LabPipe.Forms("inflate"))
                Assert.Equal(data, LabPipe.Bytes(Written(stream => new DeflateStream(stream, level), data), ["inflate", .. form]));
        }
    }

    [Property(MaxTest = 20, StartSize = 100, EndSize = 5000)]
    public void DamagedDataIsToldTheSameByBothForms(NonEmptyArray<byte> data, DoNotSize<uint> place, byte change)
    {
        byte[] file = Written(stream => new DeflateStream(stream, CompressionLevel.Optimal), data.Get);
        file[place.Item % file.Length] ^= change;
        ProcessResult fast = LabPipe.Run(file, "inflate"), scalar = LabPipe.Run(file, "inflate", "--variant", "scalar");
        Assert.True(fast.ExitCode is Nodeps.Success or Nodeps.Data, fast.ToString());
        Assert.Equal(scalar.OutputBytes, fast.OutputBytes);
        Assert.Equal(scalar.Error, fast.Error);
    }

    /// <summary>Every number of a short sweep, on one thread and on two.</summary>
    [Theory]
    [InlineData("1")]
    [InlineData("2")]
    public void ASweepFindsNothing(string threads)
    {
        string[] lines = Nodeps.Succeed("lab", "sweep", "65537", "--threads", threads).OutputLines;
        Assert.Equal(8, lines.Length);
        Assert.All(lines, line => Assert.Matches(@"^[a-z ]+: [\d,]+ numbers, 0 wrong$", line));
        Assert.StartsWith("float round trip: 61,440 numbers", lines[0], StringComparison.Ordinal);
    }

    /// <summary>A line is answered before the next is written, and the last one needs no line feed.</summary>
    [Fact]
    public async Task AConversationThroughPipes()
    {
        var start = new ProcessStartInfo(Repository.Binary, ["lab", "ctz"])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        using Process process = Process.Start(start)!;
        try
        {
            foreach ((string line, string answer) in new[] { ("40\n", "3"), ("0\n7\n", "64"), ("", "0"), ("0x8000\n", "15") })
            {
                process.StandardInput.Write(line);
                process.StandardInput.Flush();
                Assert.Equal(answer, await process.StandardOutput.ReadLineAsync().WaitAsync(TimeSpan.FromSeconds(20)));
            }
            process.StandardInput.Write("2");
            process.StandardInput.Close();
            Assert.Equal("1\n", await process.StandardOutput.ReadToEndAsync());
            Assert.True(process.WaitForExit(20_000));
            Assert.Equal(0, process.ExitCode);
        }
        finally
        {
            if (!process.HasExited) process.Kill();
        }
    }

    [Fact]
    public void LinesMayBeLong()
    {
        byte[][] lines = [new byte[3_000_000], new byte[100], new byte[65_536], new byte[65_535], [], new byte[1 << 20]];
        foreach (byte[] line in lines) line.AsSpan().Fill((byte)'x');
        Assert.Equal(lines.Select(line => Text(line.Length.ToString(Invariant))), LabPipe.Lines(lines, "strlen"));
        Assert.Equal(lines, LabPipe.Lines(lines, "copy", "1"));
    }

    [Fact]
    public void NoInputIsNoResult() => Assert.Empty(LabPipe.Bytes([], "strlen"));

    [Theory]
    [InlineData("cow")]
    [InlineData("ctz --variant cow")]
    [InlineData("ctz 33")]
    [InlineData("random")]
    [InlineData("format-fixed 1101")]
    [InlineData("crc32 7")]
    public void WrongCommandLines(string arguments) =>
        Nodeps.AssertFault(LabPipe.Run([], arguments.Split(' ')), Nodeps.Usage, "lab --help");

    /// <summary>No line feeds; lines of every length up to 300 and some up to 2,000, and every fourth with a zero byte.</summary>
    private static byte[][] Prepared(byte[][] random)
    {
        IEnumerable<int> lengths = Enumerable.Range(0, 320).Select(i => i <= 300 ? i : i * 83 % 2001);
        byte[][] lines = [.. random.Select(line => line ?? []), .. lengths.Select(length => Enumerable.Range(1, length)
            .Select(i => (byte)(i % 4 == 0 && length % 4 == 0 ? length % 7 * 10 + 1 : 1 + i % 9)).ToArray())];
        return [.. lines.Select(line => line.Select(x => x == '\n' ? (byte)0 : x).ToArray())];
    }

    private static byte[] Number(long value) => Text(value.ToString(Invariant));

    private static byte[] Text(string text) => Encoding.ASCII.GetBytes(text);

    private static uint Crc32(byte[] data)
    {
        uint crc = uint.MaxValue;
        foreach (byte x in data)
        {
            crc ^= x;
            for (int bit = 0; bit < 8; bit++) crc = (crc & 1) != 0 ? crc >> 1 ^ 0xEDB88320 : crc >> 1;
        }
        return ~crc;
    }

    private static uint Adler32(byte[] data)
    {
        uint a = 1, b = 0;
        foreach (byte x in data)
        {
            a = (a + x) % 65521;
            b = (b + a) % 65521;
        }
        return b << 16 | a;
    }

    /// <summary>Philox 4x32-10 (Salmon and others, 2011): the seed is the key, the block the counter's lower half.</summary>
    private static string Philox(ulong first, ulong key) =>
        string.Join(' ', Enumerable.Range(0, 16).Select(i => PhiloxBlock(first + (ulong)i, key)));

    private static string PhiloxBlock(ulong block, ulong key)
    {
        uint[] x = [(uint)block, (uint)(block >> 32), 0, 0];
        uint k0 = (uint)key, k1 = (uint)(key >> 32);
        for (int round = 0; round < 10; round++, k0 += 0x9E3779B9, k1 += 0xBB67AE85)
        {
            ulong a = 0xD2511F53UL * x[0], b = 0xCD9E8D57UL * x[2];
            x = [(uint)(b >> 32) ^ x[1] ^ k0, (uint)b, (uint)(a >> 32) ^ x[3] ^ k1, (uint)a];
        }
        return string.Join(' ', x.Select(word => word.ToString("x8", Invariant)));
    }

    private static byte[] Written(Func<Stream, Stream> wrap, byte[] data)
    {
        using var memory = new MemoryStream();
        using (Stream stream = wrap(memory)) stream.Write(data);
        return memory.ToArray();
    }

    private static byte[] ReadAll(Stream stream)
    {
        using var memory = new MemoryStream();
        stream.CopyTo(memory);
        return memory.ToArray();
    }
}
