using System.Runtime.Versioning;
using System.Text;
using NoDeps.Platform;
using NoDeps.Primitives;
using Xunit;

namespace NoDeps.Tests.Platform;

/// <summary>Output files: what is followed, kept, refused and cleaned up.</summary>
[SupportedOSPlatform("linux")]
public sealed unsafe class OutputFileTests : IDisposable
{
    private const string Stale = ".model.0123456789abcdef.nodeps-tmp";

    private readonly string _folder = Directory.CreateTempSubdirectory("nodeps").FullName;

    public void Dispose() => Directory.Delete(_folder, true);

    private string At(string name) => Path.Combine(_folder, name);

    private string[] Names =>
        [.. Directory.GetFileSystemEntries(_folder).Select(path => Path.GetFileName(path)!).Order(StringComparer.Ordinal)];

    private static byte[] Utf8(string text) => Encoding.UTF8.GetBytes(text);

    private static string Check(string path, long length = 0) => Text(OutputFile.Check(Utf8(path), length, out _));

    private static OutputMethod Method(string path)
    {
        Assert.True(OutputFile.Check(Utf8(path), 0, out OutputMethod method).IsNone);
        return method;
    }

    private static string Replace(string path, params byte[] content)
    {
        fixed (byte* start = content) return Text(OutputFile.Replace(Utf8(path), start, content.Length));
    }

    private static string Text(Fault fault) => Encoding.UTF8.GetString(fault.What);

    [Fact]
    public void ALinkIsFollowedAndStays()
    {
        Directory.CreateDirectory(At("there"));
        File.WriteAllBytes(At("there/model"), [0]);
        File.CreateSymbolicLink(At("there/second"), "model");
        File.CreateSymbolicLink(At("first"), "there/second");
        Assert.Equal("", Check(At("first")));
        Assert.Equal("", Replace(At("first"), 1, 2));
        Assert.Equal([1, 2], File.ReadAllBytes(At("there/model")));
        Assert.Equal("there/second", new FileInfo(At("first")).LinkTarget);
        Assert.Equal("model", new FileInfo(At("there/second")).LinkTarget);
        Assert.Equal(2, Directory.GetFileSystemEntries(At("there")).Length);
    }

    [Fact]
    public void ALinkToNothingMakesWhatItNames()
    {
        File.CreateSymbolicLink(At("link"), At("model"));
        Assert.Equal("", Check(At("link")));
        Assert.Equal(["link"], Names);
        Assert.Equal("", Replace(At("link"), 1));
        Assert.Equal([1], File.ReadAllBytes(At("model")));
        Assert.NotNull(new FileInfo(At("link")).LinkTarget);
    }

    [Fact]
    public void ALinkThatGoesInCirclesIsAFault()
    {
        File.CreateSymbolicLink(At("a"), "b");
        File.CreateSymbolicLink(At("b"), "a");
        Assert.Equal("too many levels of symbolic links", Check(At("a")));
    }

    [Fact]
    public void ThePathOfAnOpenFileIsWrittenInPlace()
    {
        using FileStream open = new(At("open"), FileMode.Create, FileAccess.ReadWrite);
        open.Write(new byte[10]);
        open.Flush();
        File.Delete(At("open"));
        string path = $"/proc/self/fd/{open.SafeFileHandle.DangerousGetHandle()}";
        Assert.Equal(OutputMethod.InPlace, Method(path));
        Assert.Equal("", Replace(path, 1, 2, 3));
        open.Position = 0;
        byte[] content = new byte[10];
        Assert.Equal(3, open.Read(content));
        Assert.Equal([1, 2, 3], content[..3]);
        Assert.Empty(Names);
    }

    [Fact]
    public void AnExistingFileKeepsItsMode()
    {
        const UnixFileMode Mode = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherExecute;
        File.WriteAllBytes(At("model"), [0]);
        File.SetUnixFileMode(At("model"), Mode);
        Assert.Equal("", Replace(At("model"), 1));
        Assert.Equal(Mode, File.GetUnixFileMode(At("model")));
    }

    [Fact]
    public void AReadOnlyFileIsRefusedAsRootToo()
    {
        File.WriteAllBytes(At("model"), [0]);
        File.SetUnixFileMode(At("model"), UnixFileMode.UserRead);
        Assert.Equal("is read-only", Check(At("model")));
        Assert.Equal([0], File.ReadAllBytes(At("model")));
    }

    [Fact]
    public void NamesThatOnlyDirectoriesHaveAreRefused()
    {
        Assert.Equal("is a directory", Check(_folder));
        Assert.Equal("is a directory", Check(_folder + "/"));
        Assert.Equal("is a directory", Check("."));
        Assert.Equal("only a directory's name ends in a slash", Check(At("model/")));
        File.WriteAllBytes(At("model"), [0]);
        Assert.Equal("only a directory's name ends in a slash", Check(At("model/")));
        Assert.Equal("a part of the path is not a directory", Check(At("model/x")));
    }

    [Theory]
    [InlineData(255)]
    [InlineData(227)]
    [InlineData(226)]
    public void ALongNameWorks(int length)
    {
        // Of two bytes each, so that a cut could go through one.
        string name = (length % 2 == 0 ? "" : "x") + new string('ä', length / 2);
        Assert.Equal(length, Utf8(name).Length);
        Assert.Equal("", Check(At(name)));
        Assert.Equal("", Replace(At(name), 1));
        Assert.Equal([name], Names);
        Assert.Equal("file name too long", Check(At(name + new string('x', 256 - length))));
    }

    [Theory]
    [InlineData("model", Stale, true)]
    [InlineData("model", ".model.0123456789abcdef.nodeps-tmp2", false)]
    [InlineData("model", "model.0123456789abcdef.nodeps-tmp", false)]
    [InlineData("model", ".mode.0123456789abcdef.nodeps-tmp", false)]
    [InlineData("model", ".model.0123456789abcdeF.nodeps-tmp", false)]
    [InlineData("model", ".model.123456789abcdef.nodeps-tmp", false)]
    [InlineData("model", ".0123456789abcdef.nodeps-tmp", false)]
    [InlineData("model", "", false)]
    public void ATemporaryNameIsKnown(string target, string name, bool isKnown) =>
        Assert.Equal(isKnown, TemporaryFile.IsTemporaryOf(Utf8(name), Utf8(target)));

    [Fact]
    public void WhatAKilledProcessLeftIsRemovedByTheNextCheck()
    {
        string other = ".other.0123456789abcdef.nodeps-tmp";
        File.WriteAllBytes(At(Stale), [1]);
        File.WriteAllBytes(At(other), [1]);
        Assert.Equal("", Check(At("model")));
        Assert.Equal([other], Names);
    }

    [Fact]
    public void WhatALivingProcessIsWritingStays()
    {
        using (new FileStream(At(Stale), FileMode.Create, FileAccess.Write, FileShare.None))
        {
            Assert.Equal("", Check(At("model")));
            Assert.Equal([Stale], Names);
        }
        Assert.Equal("", Check(At("model")));
        Assert.Empty(Names);
    }

    [Fact]
    public void ALinkInTheFormOfATemporaryFileIsNotFollowed()
    {
        File.WriteAllBytes(At("precious"), [1]);
        File.CreateSymbolicLink(At(Stale), At("precious"));
        Assert.Equal("", Check(At("model")));
        Assert.Equal("", Replace(At("model"), 2));
        Assert.Equal([1], File.ReadAllBytes(At("precious")));
    }

    [Fact]
    public void ManyAtOnceLeaveOneWholeFile()
    {
        Parallel.For(0, 200, i =>
        {
            byte[] content = new byte[1000 + i];
            Array.Fill(content, (byte)i);
            Assert.Equal("", Check(At("model"), content.Length));
            Assert.Equal("", Replace(At("model"), content));
        });
        byte[] left = File.ReadAllBytes(At("model"));
        Assert.Equal(1000 + left[0], left.Length);
        Assert.All(left, value => Assert.Equal(left[0], value));
        Assert.Equal(["model"], Names);
    }

    [Fact]
    public void ACheckFindsThatThereIsNoRoomAndLeavesNothing()
    {
        Assert.Contains(Check(At("model"), 1L << 60), (string[])["file too large", "no space left on device"]);
        Assert.Equal("", Check(At("model"), 1 << 20));
        Assert.Empty(Names);
    }

    [Fact]
    public void ADeviceStaysADevice()
    {
        Assert.Equal(OutputMethod.Stream, Method("/dev/null"));
        Assert.Equal("", Replace("/dev/null", 1));
        Assert.Equal(0, new FileInfo("/dev/null").Length);
    }

    [Fact]
    public void TwoPathsToOneFileAreTheSame()
    {
        File.WriteAllBytes(At("a"), [1]);
        File.WriteAllBytes(At("b"), [1]);
        File.CreateSymbolicLink(At("link"), "a");
        Assert.True(InputFile.IsSame(Utf8(At("a")), Utf8(At("link"))));
        Assert.True(InputFile.IsSame(Utf8(At("a")), Utf8(At("./a"))));
        Assert.False(InputFile.IsSame(Utf8(At("a")), Utf8(At("b"))));
        Assert.False(InputFile.IsSame(Utf8(At("c")), Utf8(At("c"))));
    }

    [Fact]
    public void ARescuedFileHasANameOfItsOwn()
    {
        byte[] content = [1, 2, 3];
        for (int i = 0; i < 2; i++)
        {
            Utf8Writer path = new(new byte[4096]);
            fixed (byte* start = content)
                Assert.True(OutputFile.Rescue(Utf8(_folder), "model.safetensors"u8, start, content.Length, ref path).IsNone);
            string rescued = Encoding.UTF8.GetString(path.Written);
            Assert.EndsWith("-model.safetensors", rescued, StringComparison.Ordinal);
            Assert.Equal(content, File.ReadAllBytes(rescued));
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(rescued));
        }
        Assert.Equal(2, Names.Length);
    }

    [Fact]
    public void ThereMayBeNoPlaceToRescueTo()
    {
        Utf8Writer path = new(new byte[4096]);
        byte content = 1;
        Assert.Equal("no such file or directory", Text(OutputFile.Rescue(Utf8(At("no")), "model"u8, &content, 1, ref path)));
        Utf8Writer shortPath = new(new byte[10]);
        Assert.Equal("not a usable path", Text(OutputFile.Rescue(Utf8(_folder), "model"u8, &content, 1, ref shortPath)));
        Assert.Empty(Names);
    }
}
