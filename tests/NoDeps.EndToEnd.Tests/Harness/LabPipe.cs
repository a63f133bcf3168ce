using System.Diagnostics;
using System.Text;
using Xunit;

namespace NoDeps.EndToEnd.Tests.Harness;

/// <summary>Primitives of the shipped binary: <c>nodeps lab</c>, many lines a process.</summary>
internal static class LabPipe
{
    /// <summary>Runs <c>nodeps lab</c> with these arguments on these bytes.</summary>
    public static ProcessResult Run(byte[] input, params string[] arguments)
    {
        var start = new ProcessStartInfo(Repository.Binary, ["lab", .. arguments])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using Process process = Process.Start(start)!;
        Task<byte[]> output = ReadAll(process.StandardOutput.BaseStream), error = ReadAll(process.StandardError.BaseStream);
        try
        {
            process.StandardInput.BaseStream.Write(input);
            process.StandardInput.Close();
        }
        catch (IOException)
        {
            // It ended before it had read everything.
        }
        if (!process.WaitForExit(Command.Patience))
        {
            process.Kill();
            throw new TimeoutException($"nodeps lab {string.Join(" ", arguments)}: not finished");
        }
        return new ProcessResult($"nodeps lab {string.Join(" ", arguments)}", process.ExitCode, output.Result, error.Result);
    }

    /// <summary>The whole output; asserts success.</summary>
    public static byte[] Bytes(byte[] input, params string[] arguments)
    {
        ProcessResult result = Run(input, arguments);
        Assert.True(result.ExitCode == 0, result.ToString());
        return result.OutputBytes;
    }

    /// <summary>The result of every line, which may be any bytes but a line feed.</summary>
    public static byte[][] Lines(IEnumerable<byte[]> lines, params string[] arguments)
    {
        using var input = new MemoryStream();
        int count = 0;
        foreach (byte[] line in lines)
        {
            input.Write(line);
            input.WriteByte((byte)'\n');
            count++;
        }
        byte[] output = Bytes(input.ToArray(), arguments);
        var results = new List<byte[]>(count);
        for (int at = 0; at < output.Length;)
        {
            int length = output.AsSpan(at).IndexOf((byte)'\n');
            Assert.True(length >= 0, "the last line has no end");
            results.Add(output[at..(at + length)]);
            at += length + 1;
        }
        Assert.Equal(count, results.Count);
        return [.. results];
    }

    /// <summary>The same of lines of text.</summary>
    public static string[] Lines(IEnumerable<string> lines, params string[] arguments) =>
        [.. Lines(lines.Select(Encoding.UTF8.GetBytes), arguments).Select(Encoding.UTF8.GetString)];

    /// <summary>The primitives that the lab lists, with their variants.</summary>
    public static IReadOnlyDictionary<string, string[]> Subjects { get; } = Listed.ToDictionary(line => line.Split(' ')[0],
        line => line.EndsWith(']') ? line[(line.LastIndexOf('[') + 1)..^1].Split(' ') : []);

    /// <summary>The variants of a primitive that this processor has, as arguments; the first is the default, unnamed.</summary>
    public static IEnumerable<string[]> Forms(string subject)
    {
        yield return [];
        bool needsNumber = Listed.Single(line => line.Split(' ')[0] == subject).Split(' ')[1] == "N";
        foreach (string form in Subjects[subject])
        {
            string[] chosen = ["--variant", form];
            if (Run([], [subject, .. needsNumber ? new[] { "1" } : [], .. chosen]).ExitCode != Nodeps.Usage) yield return chosen;
            else Assert.Equal("avx512", form);
        }
    }

    /// <summary>One text per primitive: its name, its argument, what it does, its variants.</summary>
    private static string[] Listed
    {
        get
        {
            string page = Command.Run(Repository.Binary, ["lab"]).Output;
            page = page[(page.IndexOf(":\n", page.IndexOf("\nPrimitives", StringComparison.Ordinal), StringComparison.Ordinal) + 2)..];
            page = page[..page.IndexOf("\n\n", StringComparison.Ordinal)].Replace("\n   ", " ", StringComparison.Ordinal);
            return [.. page.Split('\n').Select(row => string.Join(' ', row.Split(' ', StringSplitOptions.RemoveEmptyEntries)))];
        }
    }

    private static async Task<byte[]> ReadAll(Stream stream)
    {
        using var memory = new MemoryStream();
        await stream.CopyToAsync(memory);
        return memory.ToArray();
    }
}
