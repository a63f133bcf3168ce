using System.IO.Pipes;
using System.Runtime.InteropServices;
using System.Text;
using FsCheck.Xunit;
using NoDeps.Platform;
using NoDeps.Primitives;
using Xunit;

namespace NoDeps.Tests.Platform;

/// <summary>Lines out of a pipe, however they are cut on their way, against splitting the whole text.</summary>
public sealed class InputStreamTests
{
    /// <summary>Sends a text in pieces of random sizes and reads its lines.</summary>
    private static List<byte[]> LinesOf(byte[] text, int seed)
    {
        using AnonymousPipeServerStream server = new(PipeDirection.Out);
        Thread writer = new(() =>
        {
            Random random = new(seed);
            for (int at = 0; at < text.Length;)
            {
                int part = Math.Min(text.Length - at, 1 + random.Next(random.Next(2) == 0 ? 10 : 100_000));
                server.Write(text, at, part);
                at += part;
            }
            server.Dispose();
        });
        using AnonymousPipeClientStream client = new(PipeDirection.In, server.ClientSafePipeHandle);
        writer.Start();
        Assert.True(InputStream.Of((int)client.SafePipeHandle.DangerousGetHandle(), out InputStream stream).IsNone);
        List<byte[]> lines = [];
        while (true)
        {
            while (stream.TryLine(out ReadOnlySpan<byte> line))
            {
                AssertZeroFollows(line);
                lines.Add(line.ToArray());
            }
            if (stream.HasEnded) break;
            Assert.True(stream.Fill().IsNone);
        }
        writer.Join();
        return lines;
    }

    private static unsafe void AssertZeroFollows(ReadOnlySpan<byte> line)
    {
        fixed (byte* start = &MemoryMarshal.GetReference(line)) Assert.Equal(0, start[line.Length]);
    }

    private static string[] Expected(byte[] text)
    {
        string[] parts = Encoding.Latin1.GetString(text).Split('\n');
        return parts[^1].Length == 0 ? parts[..^1] : parts;
    }

    [Property(MaxTest = 60)]
    public void LinesAreThoseOfTheWholeText(string[] words, bool endsWithLineFeed, int seed)
    {
        byte[] text = Encoding.UTF8.GetBytes(string.Join('\n', words) + (endsWithLineFeed ? "\n" : ""));
        Assert.Equal(Expected(text), LinesOf(text, seed).Select(Encoding.Latin1.GetString));
    }

    /// <summary>The buffer of 64 KiB grows, more than once, and lines before and after a long one are whole.</summary>
    [Theory]
    [InlineData(65_534)]
    [InlineData(65_535)]
    [InlineData(65_536)]
    [InlineData(500_000)]
    public void LongLinesAreReadWhole(int length)
    {
        byte[] line = new byte[length];
        new Random(length).NextBytes(line);
        line.AsSpan().Replace((byte)'\n', (byte)0);
        byte[] text = [.. "first\n\n"u8, .. line, (byte)'\n', .. "next\n"u8, .. line];
        Assert.Equal(Expected(text), LinesOf(text, length).Select(Encoding.Latin1.GetString));
    }

    [Fact]
    public void ANumberThatIsNoOpenFileIsAFault()
    {
        Assert.True(InputStream.Of(-1, out InputStream stream).IsNone);
        Assert.False(stream.TryLine(out _));
        Fault fault = stream.Fill();
        Assert.Equal((FaultKind.InputOutput, "bad file descriptor"), (fault.Kind, Encoding.UTF8.GetString(fault.What)));
    }
}
