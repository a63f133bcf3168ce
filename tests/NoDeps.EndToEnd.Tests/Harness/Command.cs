using System.Diagnostics;

namespace NoDeps.EndToEnd.Tests.Harness;

/// <summary>Runs any program to its end.</summary>
internal static class Command
{
    /// <summary>The longest that any run may take unless a test says otherwise.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    /// <summary>
    /// Runs a program with closed stdin. <paramref name="watch"/> is called every few milliseconds while it runs.
    /// Longer than <paramref name="timeout"/>: the process and its children are killed and the test fails.
    /// </summary>
    public static ProcessResult Run(string program, IEnumerable<string> arguments, string? workingDirectory = null,
        IReadOnlyDictionary<string, string>? environment = null, TimeSpan? timeout = null,
        Action<Process>? watch = null)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = workingDirectory ?? "",
        };
        foreach ((string name, string value) in environment ?? new Dictionary<string, string>())
        {
            start.Environment[name] = value;
        }
        using Process process = Process.Start(start)!;
        process.StandardInput.Close();
        Task<byte[]> output = ReadAll(process.StandardOutput.BaseStream);
        Task<byte[]> error = ReadAll(process.StandardError.BaseStream);
        string line = $"{program} {string.Join(" ", start.ArgumentList)}";
        TimeSpan limit = timeout ?? Patience;
        var clock = Stopwatch.StartNew();
        while (!process.WaitForExit(watch is null ? limit : TimeSpan.FromMilliseconds(5)))
        {
            if (clock.Elapsed >= limit)
            {
                process.Kill(entireProcessTree: true);
                throw new TimeoutException($"{line}: not finished after {limit.TotalSeconds} s");
            }
            watch?.Invoke(process);
        }
        return new ProcessResult(line, process.ExitCode, output.Result, error.Result);
    }

    /// <summary>Runs a shell script; <c>$1</c>… are the arguments.</summary>
    public static ProcessResult Shell(string script, params string[] arguments) =>
        Run("/bin/sh", ["-c", script, "sh", .. arguments]);

    /// <summary>Whether a program of that name is on the path.</summary>
    public static bool Exists(string program) => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':')
        .Any(folder => folder.Length > 0 && File.Exists(Path.Combine(folder, program)));

    private static async Task<byte[]> ReadAll(Stream stream)
    {
        using var memory = new MemoryStream();
        await stream.CopyToAsync(memory);
        return memory.ToArray();
    }
}
