using System.IO.Pipes;
using System.Runtime.InteropServices;
using System.Text;
using Microsoft.Win32.SafeHandles;
using NoDeps.Platform;
using NoDeps.Primitives;
using Xunit;

namespace NoDeps.Tests.Platform;

/// <summary>What is written arrives whole and in order; the first failure is kept; a terminal is told from a file.</summary>
public sealed unsafe class OutputStreamTests : IDisposable
{
    private const int SetWindowSize = 0x5414;

    private readonly string _path = Path.GetTempFileName();

    public void Dispose() => File.Delete(_path);

    private static int NumberOf(SafeHandle handle) => (int)handle.DangerousGetHandle();

    private static (FaultKind Kind, string What) Record(Fault fault) => (fault.Kind, Encoding.UTF8.GetString(fault.What));

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void EverythingArrivesInOrder(int seed)
    {
        Random random = new(seed);
        List<byte> expected = [];
        using (SafeFileHandle file = File.OpenHandle(_path, FileMode.Create, FileAccess.Write))
        {
            OutputStream stream = new(NumberOf(file));
            for (int i = 0; i < 200; i++)
            {
                // Pieces below, at and far above the 8 KiB of the buffer.
                byte[] piece = new byte[random.Next(4) switch { 0 => 8192, 1 => random.Next(30_000), _ => random.Next(100) }];
                random.NextBytes(piece);
                stream.Write(piece);
                expected.AddRange(piece);
                if (random.Next(10) == 0) Assert.True(stream.Flush().IsNone);
            }
            Assert.True(stream.Flush().IsNone);
        }
        Assert.Equal(expected, File.ReadAllBytes(_path));
    }

    [Fact]
    public void NothingGoesOutBeforeItMust()
    {
        using SafeFileHandle file = File.OpenHandle(_path, FileMode.Create, FileAccess.Write, FileShare.ReadWrite);
        OutputStream stream = new(NumberOf(file));
        stream.Write(new byte[8191]);
        Assert.Equal(0, new FileInfo(_path).Length);
        stream.Write(new byte[2]);
        Assert.Equal(8192, new FileInfo(_path).Length);
        Assert.True(stream.Flush().IsNone);
        Assert.Equal(8193, new FileInfo(_path).Length);
    }

    [Fact]
    public void AFullDeviceIsAFaultThatStays()
    {
        using SafeFileHandle full = File.OpenHandle("/dev/full", FileMode.Open, FileAccess.Write, FileShare.ReadWrite);
        OutputStream stream = new(NumberOf(full));
        Assert.True(stream.Flush().IsNone); // nothing to write
        stream.Write(new byte[20_000]);
        for (int i = 0; i < 2; i++) Assert.Equal((FaultKind.InputOutput, "no space left on device"), Record(stream.Flush()));
    }

    [Fact]
    public void AReaderThatHasGoneIsABrokenPipe()
    {
        using AnonymousPipeServerStream server = new(PipeDirection.Out);
        OutputStream stream = new(NumberOf(server.SafePipeHandle));
        server.ClientSafePipeHandle.Dispose();
        stream.Write("lost"u8);
        Assert.Equal((FaultKind.InputOutput, "broken pipe"), Record(stream.Flush()));
    }

    [Fact]
    public void AFileIsNoTerminal()
    {
        using SafeFileHandle file = File.OpenHandle(_path, FileMode.Create, FileAccess.Write);
        OutputStream stream = new(NumberOf(file));
        Assert.False(stream.IsTerminal);
        Assert.Equal(80, stream.Columns);
    }

    [Fact]
    public void ATerminalSaysHowWideItIs()
    {
        using SafeFileHandle terminal = File.OpenHandle("/dev/ptmx", FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite);
        OutputStream stream = new(NumberOf(terminal));
        Assert.True(stream.IsTerminal);
        Assert.Equal(80, stream.Columns); // a new one knows no size
        ushort* size = stackalloc ushort[4] { 50, 132, 0, 0 };
        Assert.Equal(0, Kernel.DeviceControl(NumberOf(terminal), SetWindowSize, size));
        Assert.Equal(132, stream.Columns);
    }
}
