using System.Security.Cryptography;
using NoDeps.EndToEnd.Tests.Harness;
using Xunit;

namespace NoDeps.EndToEnd.Tests;

/// <summary>The JPEG decoder in the bare world, by a program that writes a file's pixels and nothing else.</summary>
public sealed class BareJpegTests(BareJpegTests.Program program) : IClassFixture<BareJpegTests.Program>
{
    private const int DataExitCode = 65;

    private const string Source = """
        using System;
        using System.Runtime.InteropServices;
        using NoDeps.Formats;
        using NoDeps.Platform;
        using NoDeps.Primitives;

        internal static unsafe class Entry
        {
            [UnmanagedCallersOnly(EntryPoint = "nd_main")]
            private static int Start(nint* block, int level)
            {
                ProcessorLevel.Set(level);
                byte* path = (byte*)block[2];
                int length = 0;
                while (path[length] != 0) length++;
                Fault fault = InputFile.Read(new ReadOnlySpan<byte>(path, length), out byte* data, out long bytes);
                if (!fault.IsNone) return (int)fault.Kind;
                ReadOnlySpan<byte> file = new(data, (int)bytes);
                fault = JpegFile.ReadHeader(file, 1 << 28, out JpegInfo info);
                if (!fault.IsNone) return (int)fault.Kind;
                fault = PageMemory.Take(info.OutputBytes, out byte* output);
                if (!fault.IsNone) return (int)fault.Kind;
                fault = PageMemory.Take(info.ScratchBytes, out byte* scratch);
                if (fault.IsNone) fault = JpegFile.Decode(file, info, output, scratch);
                if (!fault.IsNone) return (int)fault.Kind;
                OutputStream stream = OutputStream.Standard();
                stream.Write(new ReadOnlySpan<byte>(output, (int)info.OutputBytes));
                return (int)stream.Flush().Kind;
            }

            private static void Main()
            {
            }
        }
        """;

    /// <summary>Built once for all tests.</summary>
    public sealed class Program : IDisposable
    {
        private readonly TestFolder _folder = new();

        public Program()
        {
            ProcessResult build = BareBuild.Run(_folder, "Release", $"-p:EntrySource={_folder.Write("Entry.cs", Source)}");
            Assert.True(build.ExitCode == 0, build.ToString());
        }

        internal ProcessResult Run(string file) => Command.Run(Path.Combine(_folder["out"], "nodeps"), [file]);

        internal string Write(string name, byte[] content)
        {
            string path = _folder[name];
            File.WriteAllBytes(path, content);
            return path;
        }

        public void Dispose() => _folder.Dispose();
    }

    private static string Corpus => Path.Combine(Repository.Root, "tests", "Corpus", "jpeg");

    /// <summary>Names with the sums of the pixels.</summary>
    public static IEnumerable<object[]> Files =>
        from line in File.ReadLines(Path.Combine(Corpus, "expected.txt"))
        where !line.StartsWith('#')
        select line.Split(' ') into word
        select new object[] { word[0], word[5] };

    [Theory]
    [MemberData(nameof(Files))]
    public void EachFileDecodesToTheExpectedPixels(string name, string sum)
    {
        ProcessResult result = program.Run(Path.Combine(Corpus, name));
        Assert.True(result.ExitCode == 0, result.ToString());
        Assert.Equal(sum, Convert.ToHexStringLower(SHA256.HashData(result.OutputBytes)));
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void HalfAFileIsRefused(string name, string sum)
    {
        byte[] file = File.ReadAllBytes(Path.Combine(Corpus, name));
        ProcessResult result = program.Run(program.Write(sum, file[..(file.Length / 2)]));
        Assert.Equal(DataExitCode, result.ExitCode);
        Assert.Equal("", result.Output);
    }
}
