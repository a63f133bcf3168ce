using System.IO.Pipes;
using System.Runtime.InteropServices;
using System.Text;
using NoDeps.Platform;
using NoDeps.Primitives;
using Xunit;

namespace NoDeps.Tests.Platform;

/// <summary>Files through the platform layer, compared with .NET's own.</summary>
public sealed unsafe class FileTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("nodeps").FullName;

    public void Dispose() => Directory.Delete(_folder, true);

    private string At(string name) => Path.Combine(_folder, name);

    private static byte[] Utf8(string text) => Encoding.UTF8.GetBytes(text);

    private static (FaultKind Kind, string What, byte[]? Content) Read(string path)
    {
        Fault fault = InputFile.Read(Utf8(path), out byte* data, out long length);
        byte[]? content = fault.IsNone ? new ReadOnlySpan<byte>(data, (int)length).ToArray() : null;
        return (fault.Kind, Encoding.UTF8.GetString(fault.What), content);
    }

    private static (FaultKind Kind, string What) ReadFault(string path)
    {
        var (kind, what, _) = Read(path);
        return (kind, what);
    }

    private static (FaultKind Kind, string What) Replace(string path, byte[] content)
    {
        fixed (byte* start = content)
        {
            Fault fault = OutputFile.Replace(Utf8(path), start, content.Length);
            return (fault.Kind, Encoding.UTF8.GetString(fault.What));
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(4096)]
    [InlineData(1_000_003)]
    public void ReadsWhatIsThere(int length)
    {
        byte[] content = new byte[length];
        new Random(length).NextBytes(content);
        File.WriteAllBytes(At("file"), content);
        var (kind, _, read) = Read(At("file"));
        Assert.Equal(FaultKind.None, kind);
        Assert.Equal(content, read);
    }

    [Fact]
    public void ReadsAFileThatHasNoSize()
    {
        var (kind, _, read) = Read("/proc/self/maps");
        Assert.Equal(FaultKind.None, kind);
        Assert.Contains("[stack]", Encoding.UTF8.GetString(read!));
    }

    [Fact]
    public void SaysWhyItCannotRead()
    {
        Assert.Equal((FaultKind.NoInput, "no such file or directory"), ReadFault(At("absent")));
        Assert.Equal((FaultKind.NoInput, "is a directory"), ReadFault(_folder));
        Assert.Equal((FaultKind.NoInput, "not a usable path"), ReadFault(""));
        Assert.Equal((FaultKind.NoInput, "not a usable path"), ReadFault("a\0b"));
        Assert.Equal((FaultKind.NoInput, "not a usable path"), ReadFault(new string('x', 5000)));
        Assert.Equal((FaultKind.NoInput, "file name too long"), ReadFault(At(new string('x', 300))));
    }

    [Fact]
    public void ReplacesAFileWhole()
    {
        byte[] content = new byte[300_000];
        new Random(1).NextBytes(content);
        Assert.Equal(FaultKind.None, Replace(At("model"), content).Kind);
        Assert.Equal(content, File.ReadAllBytes(At("model")));
        Assert.Equal(FaultKind.None, Replace(At("model"), [1, 2, 3]).Kind);
        Assert.Equal([1, 2, 3], File.ReadAllBytes(At("model")));
        Assert.Single(Directory.GetFiles(_folder));
    }

    [Fact]
    public void SaysWhyItCannotWriteAndLeavesNothing()
    {
        Assert.Equal((FaultKind.CannotCreate, "no such file or directory"), Replace(At("no/model"), [1]));
        Assert.Equal((FaultKind.CannotCreate, "is a directory"), Replace(_folder, [1]));
        Assert.Equal((FaultKind.InputOutput, "no space left on device"), Replace("/dev/full", [1]));
        Assert.Equal(FaultKind.None, Replace("/dev/null", [1]).Kind);
        Assert.Empty(Directory.GetFiles(_folder));
        Assert.Equal(FaultKind.CannotCreate, OutputFile.Check(Utf8(At("no/model"))).Kind);
        Assert.Equal(FaultKind.None, OutputFile.Check(Utf8(At("model"))).Kind);
        Assert.Empty(Directory.GetFiles(_folder));
    }

    [Fact]
    public void AFileIsToldFromAFolderADeviceAndNothing()
    {
        File.WriteAllText(At("file"), "x");
        File.CreateSymbolicLink(At("link"), At("file"));
        File.CreateSymbolicLink(At("broken"), At("absent"));
        (string Path, bool Exists, bool IsRegular)[] cases = [(At("file"), true, true), (At("link"), true, true), (_folder, true, false),
            ("/dev/null", true, false), (At("absent"), false, false), (At("broken"), false, false), ("", false, false),
            ("a\0b", false, false), (new string('x', 5000), false, false)];
        foreach (var (path, exists, isRegular) in cases)
            Assert.Equal((path, exists, isRegular), (path, InputFile.Exists(Utf8(path)), InputFile.IsRegular(Utf8(path))));
    }

    /// <summary>What has no size is read through a buffer that doubles from 64 KiB.</summary>
    [Theory]
    [InlineData(0)]
    [InlineData(65_535)]
    [InlineData(65_536)]
    [InlineData(300_000)]
    public void ReadsAPipeToItsEnd(int length)
    {
        byte[] content = new byte[length];
        new Random(length).NextBytes(content);
        using AnonymousPipeServerStream server = new(PipeDirection.Out);
        using AnonymousPipeClientStream client = new(PipeDirection.In, server.ClientSafePipeHandle);
        Thread writer = new(() =>
        {
            server.Write(content);
            server.Dispose();
        });
        writer.Start();
        var (kind, _, read) = Read($"/proc/self/fd/{client.SafePipeHandle.DangerousGetHandle()}");
        writer.Join();
        Assert.Equal(FaultKind.None, kind);
        Assert.Equal(content, read);
    }

    /// <summary>The files of sysfs have a size and cannot be mapped.</summary>
    [Fact]
    public void ReadsAFileThatCannotBeMapped()
    {
        var (kind, _, read) = Read("/sys/devices/system/cpu/online");
        Assert.Equal(FaultKind.None, kind);
        Assert.Equal(File.ReadAllText("/sys/devices/system/cpu/online"), Encoding.UTF8.GetString(read!));
    }

    [Fact]
    public void AnEndlessDeviceIsRefused()
    {
        var (kind, what) = ReadFault("/dev/zero");
        Assert.Equal(FaultKind.Data, kind);
        Assert.Contains("1 GiB", what);
    }

    [DllImport("libc", EntryPoint = "fcntl")]
    private static extern int ControlFile(int file, int command, int argument);

    /// <summary>Another process may make a shared pipe or terminal non-blocking at any time.</summary>
    [Fact]
    public void AnswersOfNonBlockingPipesAreWaitedFor()
    {
        const int SetFlags = 4, NonBlocking = 0x800, Bytes = 1_000_000;
        using AnonymousPipeServerStream server = new(PipeDirection.Out);
        using AnonymousPipeClientStream client = new(PipeDirection.In, server.ClientSafePipeHandle);
        int from = (int)client.SafePipeHandle.DangerousGetHandle(), to = (int)server.SafePipeHandle.DangerousGetHandle();
        Assert.Equal((0, 0), (ControlFile(from, SetFlags, NonBlocking), ControlFile(to, SetFlags, NonBlocking)));
        byte[] sent = new byte[Bytes], received = new byte[Bytes];
        new Random(1).NextBytes(sent);
        nint written = -1;
        Thread writer = new(() =>
        {
            Thread.Sleep(20);
            fixed (byte* start = sent) written = Kernel.WriteFully(to, start, Bytes);
        });
        writer.Start();
        // Pauses, so that the pipe is empty at times and full at others.
        for (int at = 0; at < Bytes; at += 100_000)
        {
            fixed (byte* start = received) Assert.Equal(100_000, Kernel.ReadFully(from, start + at, 100_000));
            Thread.Sleep(5);
        }
        writer.Join();
        Assert.Equal(0, written);
        Assert.Equal(sent, received);
    }

    [Fact]
    public void ReleasedMemoryIsGone()
    {
        byte[] content = new byte[1 << 20];
        content[^1] = 1;
        File.WriteAllBytes(At("file"), content);
        Assert.True(InputFile.Read(Utf8(At("file")), out byte* data, out long length).IsNone);
        string address = $"{(long)data:x}-";
        Assert.Contains(File.ReadLines("/proc/self/maps"), line => line.StartsWith(address, StringComparison.Ordinal)
            && line.EndsWith(At("file"), StringComparison.Ordinal));
        InputFile.Release(data, length);
        Assert.DoesNotContain(File.ReadLines("/proc/self/maps"), line => line.EndsWith(At("file"), StringComparison.Ordinal));
        InputFile.Release(null, 0);
    }

    [Fact]
    public void RemovesAFileAndLeavesFolders()
    {
        File.WriteAllText(At("file"), "x");
        Directory.CreateDirectory(At("folder"));
        OutputFile.Remove(Utf8(At("file")));
        OutputFile.Remove(Utf8(At("folder")));
        OutputFile.Remove(Utf8(At("absent")));
        OutputFile.Remove(Utf8("a\0b"));
        Assert.False(File.Exists(At("file")));
        Assert.True(Directory.Exists(At("folder")));
    }

    [Fact]
    public void APathOfAlmostTheLongestIsWritten()
    {
        string path = _folder + string.Concat(Enumerable.Repeat("/.", (4080 - _folder.Length) / 2)) + "/model";
        Assert.Equal(FaultKind.None, Replace(path, [1, 2]).Kind);
        Assert.Equal([1, 2], File.ReadAllBytes(At("model")));
        Assert.Equal((FaultKind.CannotCreate, "not a usable path"), Replace(path + new string('x', 20), [3]));
        Assert.Single(Directory.GetFiles(_folder));
    }
}
